package import JSON
package import Values

/// A record of a log, read.
package struct LogRecord {
  package enum Kind: String, Sendable {
    case decision, refusal, note
  }

  package let number: Int
  package let kind: Kind
  /// When it was written, as it is written there.
  package let time: String
  private let json: JSONValue

  /// Reads a line, given without its end; nil if it is no record.
  package init?(_ line: UnsafeRawBufferPointer) {
    guard let json = try? JSONReader.read(line), let number = json["n"]?.whole,
      let kind = json["kind"]?.text.flatMap(Kind.init), let time = json["time"]?.text
    else { return nil }
    (self.number, self.kind, self.time, self.json) = (number, kind, time, json)
  }

  /// The day on which it was written.
  package var day: Day? { Day.parseISO(time.utf8.prefix(10)) }
  /// What counted as today for a message that does not say `on`.
  package var today: Day? { json["on"]?.text.flatMap { Day.parseISO($0.utf8) } }
  /// What was asked, if it was a message.
  package var message: JSONValue? { json["message"] }
  /// What was answered.
  package var answer: JSONValue? { json["answer"] }
  /// The policy that decided.
  package var policy: String? { (answer?["policy"] ?? json["policy"])?.text }
  package var engine: String? { json["engine"]?.text }
  /// The name of a note, and what it says.
  package var note: String? { json["note"]?.text }
  package subscript(name: String) -> JSONValue? { json[name] }

  /// The decisions that the answer holds: one, or one for each element.
  package var decisions: [JSONValue] {
    guard let answer else { return [] }
    if let inner = answer["decisions"]?.elements { return inner }
    return [answer]
  }

  /// The chain before the first line of a file, as the line itself says; nil if it does not.
  static func chainBefore(_ line: LogLine) -> Chain? {
    if line.number == 1 { return .first }
    var text = Array(line.body)
    text.append(UInt8(ascii: "}"))
    guard let json = try? JSONReader.read(text), json["note"]?.text == "continued" else {
      return nil
    }
    return json["before"]?.text.flatMap { Chain(Array($0.utf8)) }
  }
}
