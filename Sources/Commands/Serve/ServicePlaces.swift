import Service
import Synchronization
import Workspace

/// Where a service listens.
struct ServicePlaces {
  private enum Place {
    case path(String)
    case address(host: String, port: UInt16)
  }

  private let decisions: [Place]
  private let status: Place?
  private let mails: Place?
  private let passed: [(name: String, socket: Descriptor)]
  /// The sockets that were made, and are to be deleted.
  private let made = Made()

  private final class Made: Sendable {
    let paths = Mutex<[(path: String, identity: FileStatus.Identity)]>([])
  }

  init(_ arguments: Arguments) throws(UsageError) {
    var decisions: [Place] = []
    if let path = arguments["--socket"] { decisions.append(.path(path)) }
    if let text = arguments["--listen"] {
      decisions.append(try ServicePlaces.address(text, of: "--listen"))
    }
    passed = System.passedSockets()
    self.decisions = decisions
    status = try ServicePlaces.place(arguments, "--status")
    mails = try ServicePlaces.place(arguments, "--milter")
    let isPassed = passed.contains { $0.name != "status" }
    guard !decisions.isEmpty || isPassed || mails != nil else {
      throw UsageError(
        "`rulec serve` needs --socket PATH or --listen HOST:PORT, to know where to listen",
        help: "for example: rulec serve rules --socket /tmp/rulec.sock")
    }
  }

  private static func place(
    _ arguments: Arguments, _ option: String
  ) throws(UsageError) -> Place? {
    guard let text = arguments[option] else { return nil }
    let isPath = text.contains("/") || !text.contains(":")
    return isPath ? .path(text) : try address(text, of: option)
  }

  private static func address(_ text: String, of option: String) throws(UsageError) -> Place {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...])
    else {
      throw UsageError(
        "\(option) needs an address and a port, and `\(text)` is none",
        help: "for example: \(option) 127.0.0.1:7000")
    }
    var host = String(text[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    if host == "localhost" { host = "127.0.0.1" }
    let isLocal = host.hasPrefix("127.") || host == "::1"
    guard isLocal else {
      throw UsageError(
        "\(option) listens to this machine alone, and `\(host)` is open to others",
        help: "use 127.0.0.1, and let something that knows who may ask stand before it")
    }
    return .address(host: host, port: port)
  }

  // MARK: - Listening

  /// Listens, and says where.
  func listen() throws(Failure) -> (listeners: [Service.Listener], said: [String]) {
    var listeners: [Service.Listener] = []
    var said: [String] = []
    for (name, socket) in passed {
      listeners.append(name == "status" ? .status(socket) : .decisions(socket))
      said.append("a socket that was passed on" + (name.isEmpty ? "" : ", `\(name)`"))
    }
    for place in decisions {
      let (socket, words) = try listen(on: place)
      listeners.append(.decisions(socket))
      said.append(words)
    }
    if let status {
      let (socket, words) = try listen(on: status)
      listeners.append(.status(socket))
      said.append(words + ", for /metrics and /health")
    }
    return (listeners, said)
  }

  /// Listens for mails, if that is asked for, and says where.
  func listenForMails() throws(Failure) -> (socket: Descriptor, said: String)? {
    guard let mails else { return nil }
    let (socket, said) = try listen(on: mails)
    return (socket, said)
  }

  private func listen(on place: Place) throws(Failure) -> (Descriptor, String) {
    switch place {
    case .address(let host, let port):
      do throws(SystemError) {
        let socket = try System.listen(host: host, port: port)
        return (socket, "\(host):\(socket.port ?? port)")
      } catch {
        throw .problem("cannot listen on \(host):\(port): \(error.reason)")
      }
    case .path(let path):
      try clear(path)
      do throws(SystemError) {
        let socket = try System.listen(atPath: path)
        let identity = try System.status(path).identity
        made.paths.withLock { $0.append((path, identity)) }
        return (socket, "`\(path)`")
      } catch {
        let reason = error.isMissing ? "there is no such folder" : error.reason
        throw .problem("cannot listen on `\(path)`: \(reason)")
      }
    }
  }

  /// Deletes a socket that a service has left behind; one that is answered on, and anything else, stays.
  private func clear(_ path: String) throws(Failure) {
    guard (try? System.status(path)) != nil else { return }
    guard FileStatus.isSocket(path) else {
      throw .problem(
        "cannot listen on `\(path)`: there is a file of that name, and it is no socket")
    }
    guard !System.isAnswering(atPath: path) else {
      throw .problem(
        "cannot listen on `\(path)`: another program does", help: "end that one first")
    }
    System.delete(path)
  }

  /// Deletes the sockets that were made, unless others stand in their place.
  func remove() {
    for (path, identity) in made.paths.withLock({ $0 })
    where (try? System.status(path))?.identity == identity {
      System.delete(path)
    }
  }
}
