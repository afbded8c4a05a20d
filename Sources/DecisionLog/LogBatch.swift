import JSON
import Program
package import Values

/// Records that are to be written to a log together: what they say, without number, time and chain.
///
/// Not to be shared between threads. Where no facts are hashed, adding a decision allocates nothing once the
/// memory has grown to what is usual.
package final class LogBatch {
  /// The records' members one behind the other, and where each ends.
  let bytes = ByteBuffer()
  private(set) var ends: [Int] = []
  private let hashing: FactHashing?
  private var onMember: [UInt8] = []
  private var day: Day?

  package init(hashing: FactHashing? = nil) {
    self.hashing = hashing
    ends.reserveCapacity(1024)
  }

  package var isEmpty: Bool { ends.isEmpty }
  package var byteCount: Int { bytes.count }

  package func removeAll() {
    bytes.removeAll()
    ends.removeAll(keepingCapacity: true)
  }

  // MARK: - Decisions

  /// Adds a decision on the message that a line holds, and the answer that was given, without its line end.
  /// `today` is what counted as today for a message that does not say `on`.
  package func add(
    message line: UnsafeRawBufferPointer, answer: UnsafeRawBufferPointer, today: Day
  ) {
    bytes.append(#""kind":"decision","on":""#)
    add(today)
    bytes.append(#"","message":"#)
    if let hashing {
      add(hashing, line)
    } else {
      bytes.append(LogBatch.trimmed(line))
    }
    bytes.append(#","answer":"#)
    bytes.append(answer)
    ends.append(bytes.count)
  }

  /// Adds an answer that is no decision, and what it answers: the message where the line is one, otherwise how long
  /// the line is and how it begins.
  package func add(
    refused line: UnsafeRawBufferPointer, answer: UnsafeRawBufferPointer, policy: String,
    today: Day
  ) {
    bytes.append(#""kind":"refusal","on":""#)
    add(today)
    let members = line.count > LogBatch.longestLine ? nil : try? JSONReader.readObject(line)
    if let members {
      bytes.append(#"","message":"#)
      var writer = JSONWriter()
      writer.value(.object(hashing?.hashed(members) ?? members))
      bytes.append(writer.bytes)
    } else {
      bytes.append(#"","line":"#)
      addBeginning(of: line)
    }
    bytes.append(#","answer":"#)
    bytes.append(hashing == nil ? Array(answer) : LogBatch.withoutFacts(answer))
    bytes.append(#","policy":"#)
    bytes.append(JSONWriter.quoted(policy))
    ends.append(bytes.count)
  }

  private static let longestLine = 1 << 20

  private func add(_ hashing: FactHashing, _ line: UnsafeRawBufferPointer) {
    let members = (try? JSONReader.readObject(line)) ?? []
    var writer = JSONWriter()
    writer.value(.object(hashing.hashed(members)))
    bytes.append(writer.bytes)
  }

  private func add(_ today: Day) {
    if day != today {
      day = today
      onMember = Array(today.description.utf8)
    }
    onMember.withUnsafeBytes { bytes.append($0) }
  }

  /// What can be kept of a line that is no message.
  private func addBeginning(of line: UnsafeRawBufferPointer) {
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("bytes")
      writer.number(line.count)
      guard hashing == nil else { return }
      writer.key("beginning")
      writer.string(String(decoding: line.prefix(1_000), as: UTF8.self))
    }
    bytes.append(writer.bytes)
  }

  /// A refusal with its code and field alone: its sentence may say what a fact is.
  private static func withoutFacts(_ answer: UnsafeRawBufferPointer) -> [UInt8] {
    var writer = JSONWriter()
    guard let value = try? JSONReader.read(answer) else { return Array("null".utf8) }
    let told = ["code", "field"].compactMap { name in
      value[path: "error", name].map { JSONValue.Member(name: name, value: $0) }
    }
    let id = value["id"].map { [JSONValue.Member(name: "id", value: $0)] } ?? []
    writer.value(.object(id + [JSONValue.Member(name: "error", value: .object(told))]))
    return writer.bytes
  }

  /// Without a byte order mark and the white space round it, among which there may be what begins another line to
  /// some programs.
  private static func trimmed(_ line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var (start, end) = (0, line.count)
    while start < end, line[start] != UInt8(ascii: "{") { start += 1 }
    while end > start, line[end - 1] != UInt8(ascii: "}") { end -= 1 }
    return UnsafeRawBufferPointer(rebasing: line[start..<end])
  }

  // MARK: - Notes

  /// Adds something that has to be known about the log itself, or about what decided.
  package func add(_ note: LogNote) {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("kind")
    writer.string("note")
    writer.key("note")
    writer.string(note.name)
    for member in note.members {
      writer.key(member.name)
      writer.value(member.value)
    }
    bytes.append(writer.bytes.dropFirst())
    ends.append(bytes.count)
  }
}

/// Something that has to be known about a log itself, or about what decided.
package struct LogNote: Sendable {
  let name: String
  let members: [JSONValue.Member]

  private init(_ name: String, _ members: [(String, JSONValue)]) {
    self.name = name
    self.members = members.map { JSONValue.Member(name: $0.0, value: $0.1) }
  }

  /// Deciding begins, by this policy; with the field whose elements are decided one by one.
  package static func started(policy: String, each: String?, hashed: [String]) -> LogNote {
    var members: [(String, JSONValue)] = [("policy", .string(policy))]
    if let each { members.append(("each", .string(each))) }
    if !hashed.isEmpty { members.append(("hashed", .array(hashed.map(JSONValue.string)))) }
    return LogNote("started", members)
  }

  package static func stopped() -> LogNote { LogNote("stopped", []) }

  /// Another policy decides from now on.
  package static func policy(_ hash: String, before: String) -> LogNote {
    LogNote("policy taken up", [("policy", .string(hash)), ("before", .string(before))])
  }

  /// The file goes on from another: from a record with that chain.
  static func continued(from file: String?, _ head: LogHead) -> LogNote {
    LogNote(
      "continued",
      [
        ("file", file.map(JSONValue.string) ?? .null),
        ("before", .string(head.chain.description)),
      ])
  }

  /// A last line that was not whole has been set aside.
  static func repaired(bytes: Int, in file: String) -> LogNote {
    LogNote("repaired", [("bytes", .number(bytes)), ("file", .string(file))])
  }

  /// The log could not be written for a while, and how many decisions were given meanwhile without a record.
  static func resumed(since: String, reason: String, unrecorded: Int) -> LogNote {
    LogNote(
      "resumed",
      [
        ("since", .string(since)), ("reason", .string(reason)), ("unrecorded", .number(unrecorded)),
      ])
  }

  /// The clock shows an earlier time than before.
  static func clockSetBack(from time: String) -> LogNote {
    LogNote("clock set back", [("from", .string(time))])
  }
}
