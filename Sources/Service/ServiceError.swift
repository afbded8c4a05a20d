import Engine
import JSON
import Program

/// Why the service does not answer a message, or ends a connection; none says what is in a message.
package enum ServiceError: String, CaseIterable, Sendable {
  case logUnavailable = "log-unavailable"
  case badClock = "bad-clock"
  case idle
  case tooSlow = "too-slow"
  case tooManyConnections = "too-many-connections"
  case tooMuch = "too-much"

  var message: String {
    switch self {
    case .logUnavailable:
      "nothing is decided, because the log of decisions cannot be written; send the message again later"
    case .badClock:
      "nothing is decided, because this computer's clock is not in the years 2000 to 2099"
    case .idle: "the connection is closed, because no message came for a long time"
    case .tooSlow:
      "the connection is closed, because a message was begun and its end did not come, or the answers were not taken"
    case .tooManyConnections:
      "the connection is closed, because there are as many as there may be; try again later"
    case .tooMuch:
      "the connection is closed, because too many long messages are coming at once; try again later"
    }
  }

  /// The record of the error, a JSON object.
  func record(id: String?, line: Int?) -> [UInt8] {
    ErrorRecord.record(id: id, line: line) { writer in
      writer.key("code")
      writer.string(rawValue)
      writer.key("message")
      writer.string(message)
    }
  }

  /// Puts this error in the place of every answer of a range; gives how long the range is then.
  @discardableResult
  func replaceAnswers(in output: ByteBuffer, _ range: Range<Int>) -> Int {
    let answers = Array(output.bytes[range])
    let later = Array(output.bytes[range.upperBound...])
    output.truncate(to: range.lowerBound)
    for answer in answers.split(separator: UInt8(ascii: "\n")) {
      var id: String?
      if let value = (try? JSONReader.read(answer))?["id"] {
        var writer = JSONWriter()
        writer.value(value)
        id = writer.text
      }
      output.append(record(id: id, line: nil) + [UInt8(ascii: "\n")])
    }
    defer { output.append(later) }
    return output.count - range.lowerBound
  }
}
