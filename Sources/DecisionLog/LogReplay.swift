package import Engine
package import JSON
import Program
import Values

/// Decides the messages of a log anew, and says which come out otherwise.
package struct LogReplay {
  /// A record whose message is now decided otherwise, or was not refused then and is now.
  package struct Difference: Sendable {
    package let record: LogRecord
    /// What is decided now.
    package let answer: JSONValue
  }

  package private(set) var decidedCount = 0
  package private(set) var differentCount = 0
  /// Records that cannot be decided anew, because facts are there as hashes alone.
  package private(set) var hashedCount = 0
  /// Records that were refused because they were no messages.
  package private(set) var lineCount = 0
  private let setup: (String?) -> DecisionSetup
  private var each: String?
  private var stream: DecisionStream
  private let output = ByteBuffer()

  /// Decides by what `setup` gives for the field whose elements are decided one by one.
  package init(_ setup: @escaping (_ each: String?) -> DecisionSetup) {
    self.setup = setup
    stream = DecisionStream(setup(nil))
  }

  /// Decides the message of the next record anew; gives what differs.
  package mutating func replay(_ record: LogRecord) -> Difference? {
    if record.note == "started", record["each"]?.text != each {
      each = record["each"]?.text
      stream = DecisionStream(setup(each))
    }
    guard record.kind != .note else { return nil }
    guard let message = record.message, let today = record.today else {
      lineCount += 1
      return nil
    }
    guard !LogReplay.holdsHashes(message) else {
      hashedCount += 1
      return nil
    }
    decidedCount += 1
    stream.today = today
    var writer = JSONWriter()
    writer.value(message)
    output.removeAll()
    writer.bytes.withUnsafeBytes { stream.decide(line: $0, number: nil, into: output) }
    let answer = (try? JSONReader.read(output.bytes)) ?? .null
    guard LogReplay.essence(answer) != record.answer.map(LogReplay.essence) else { return nil }
    differentCount += 1
    return Difference(record: record, answer: answer)
  }

  /// What a decision comes to: without what names the policy, the rules, or only adds to it.
  private static func essence(_ answer: JSONValue) -> JSONValue {
    if let inner = answer["decisions"]?.elements { return .array(inner.map(essence)) }
    if let code = answer[path: "error", "code"] {
      return .object([.init(name: "error", value: code)])
    }
    let told = ["outcome", "notes", "sure"].compactMap { name in
      answer[name].map { JSONValue.Member(name: name, value: $0) }
    }
    return .object(told)
  }

  private static func holdsHashes(_ value: JSONValue) -> Bool {
    switch value {
    case .string(let text): text.hasPrefix(FactHashing.mark)
    case .array(let elements): elements.contains(where: holdsHashes)
    case .object(let members): members.contains { holdsHashes($0.value) }
    case .null, .bool, .number: false
    }
  }
}
