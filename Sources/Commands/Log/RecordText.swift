import DecisionLog
import JSON

/// A record of a log for people: a line of when and what, and below it why and on which facts.
struct RecordText {
  private let record: LogRecord

  init(_ record: LogRecord) { self.record = record }

  var text: String {
    let head = "\(record.number)  \(record.time)  "
    switch record.kind {
    case .note: return head + note + "\n"
    case .refusal:
      let error = record.answer?["error"]
      let code = error?["code"]?.text ?? "no reason given"
      var lines = ["refused: \(named)\(code)"]
      if let message = error?["message"]?.text { lines.append(message) }
      return head + lines.joined(separator: "\n    ") + facts
    case .decision:
      var lines = [head + named.trimmed(" ")]
      for decision in record.decisions { lines += RecordText.lines(of: decision) }
      lines.append("by policy \(record.policy ?? "") and rulec \(record.engine ?? "")")
      return lines.joined(separator: "\n    ") + facts
    }
  }

  /// `m-1: `, or nothing.
  private var named: String {
    switch record.answer?["id"] ?? record.message?["id"] {
    case .string(let id)?: "\(id): "
    case .number(let digits)?: "\(digits): "
    default: ""
    }
  }

  private static func lines(of decision: JSONValue) -> [String] {
    guard let outcome = decision["outcome"]?.text else {
      return ["refused: \(decision[path: "error", "message"]?.text ?? "")"]
    }
    let notes = texts(decision["notes"])
    var lines = [outcome + (notes.isEmpty ? "" : ", with " + notes.joined(separator: ", "))]
    if decision["sure"]?.flag == false {
      lines.append("not sure, for want of " + texts(decision["missing"]).joined(separator: ", "))
    }
    return lines + texts(decision["rules"]).map { "by “\($0)”" }
  }

  private static func texts(_ value: JSONValue?) -> [String] {
    value?.elements?.compactMap(\.text) ?? []
  }

  private var facts: String {
    guard let message = record.message else { return "\n" }
    var writer = JSONWriter()
    writer.value(message)
    return "\n    on \(writer.text)\n"
  }

  private var note: String {
    func said(_ name: String) -> String {
      switch record[name] {
      case .string(let text)?: text
      case .number(let digits)?: digits
      default: "?"
      }
    }
    switch record.note {
    case "started": return "started, with policy \(said("policy"))"
    case "policy taken up":
      return "policy \(said("policy")) taken up, in place of \(said("before"))"
    case "continued": return "continued from \(said("file"))"
    case "repaired":
      return "repaired: \(said("bytes")) bytes of a line that was not whole are in \(said("file"))"
    case "resumed":
      return "resumed: the log could not be written since \(said("since")) (\(said("reason"))); "
        + "\(said("unrecorded")) decisions were given without a record"
    case "clock set back": return "the clock was set back, from \(said("from"))"
    case let name: return name ?? "a note"
    }
  }
}

extension String {
  /// Without the colon and the spaces at its end.
  fileprivate func trimmed(_ space: Character) -> String {
    var text = self
    while let last = text.last, last == space || last == ":" { text.removeLast() }
    return text.isEmpty ? "a message without id" : text
  }
}
