import JSON
import Program
import Workspace

// The second socket: how the service is, by HTTP/1.0 (RFC 1945).

extension Service {
  private static let longestRequest = 8 << 10

  /// Takes a part of a request; once its first line is there it is answered, and nothing more.
  func takeRequest(_ bytes: UnsafeRawBufferPointer, from connection: Connection) {
    guard !connection.isEnding else {
      if bytes.isEmpty { drop(connection) }
      return
    }
    connection.held.append(bytes)
    let request = Array(connection.held.bytes)
    let isOver = bytes.isEmpty || request.count > Service.longestRequest
    guard isOver || Service.hasEnd(request) else { return }
    let line = String(
      decoding: request.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") },
      as: UTF8.self)
    let words = line.split(separator: " ")
    desk.handInCounts()
    let page = StatusPage(context, connections: connections.count)
    let (status, body): (String, String)
    switch (words.first, words.dropFirst().first.map { $0.prefix { $0 != "?" } }) {
    case ("GET"?, "/metrics"?), ("HEAD"?, "/metrics"?): (status, body) = ("200 OK", page.metrics)
    case ("GET"?, "/health"?), ("HEAD"?, "/health"?):
      (status, body) = (page.isHealthy ? "200 OK" : "503 Service Unavailable", page.health)
    case ("GET"?, .some), ("HEAD"?, .some):
      (status, body) = ("404 Not Found", "there are /metrics and /health\n")
    default: (status, body) = ("400 Bad Request", "this answers GET /metrics and GET /health\n")
    }
    let head = [
      "HTTP/1.0 \(status)", "Content-Type: text/plain; version=0.0.4; charset=utf-8",
      "Content-Length: \(body.utf8.count)", "Connection: close", "", "",
    ].joined(separator: "\r\n")
    connection.end(with: nil)
    connection.output.append(Array(head.utf8))
    if words.first != "HEAD" { connection.output.append(Array(body.utf8)) }
    connection.lastMessage = System.nanoseconds
  }

  /// Whether a request has come to its end, an empty line.
  private static func hasEnd(_ request: [UInt8]) -> Bool {
    let text = request.filter { $0 != UInt8(ascii: "\r") }
    return text.suffix(2).elementsEqual([UInt8(ascii: "\n"), UInt8(ascii: "\n")])
  }
}
