/// A policy that was read, checked and found free of errors: ask it how a message is to be sent.
///
/// It is proved, for every message on every day from 2000 to 2099, that its rules contradict each other
/// nowhere, leave no message out, and keep its promises.
///
/// A policy never changes and may be asked by any number of tasks at once.
///
/// ```swift
/// let policy = try Policy(contentsOf: "rules")
/// let decision = try policy.decide(message, on: today)
/// print(decision.outcome, decision.notes, decision.rules)
/// ```
///
/// Whoever has facts in hand and no JSON opens a `PolicySession`; a process that takes up changed policies
/// while it runs keeps them in a `PolicyStore`.
public struct Policy: Sendable {
  package let core: PolicyCore

  init(core: PolicyCore) { self.core = core }

  /// Reads the folder, the single `.rules` file or the file written by `rulec build` at a path. The last was
  /// proved when it was built, and is there at once.
  ///
  /// Throws `PolicyErrors` if it cannot be read or has an error: a conflict, a broken promise and a
  /// failing scenario among them, and what could not be proved.
  public init(contentsOf path: String) throws(PolicyErrors) {
    core = try PolicyCore.load(path)
  }

  /// The SHA-256 of the policy's text, which names this version of it in every decision.
  public var hash: String { core.words.hash }

  /// The names of all outcomes; an outcome's number is its place here.
  public var outcomes: [String] { core.words.outcomes }

  /// The names of all notes; a note's number is its place here.
  public var notes: [String] { core.words.notes }

  /// The names of all rules, guards and note rules, or their places where they have none, in the order of file
  /// and line; a rule's number is its place here.
  public var rules: [String] { core.words.rules }

  // MARK: - JSON

  /// Decides about a message given as the UTF-8 bytes of one JSON object. `date` is today, unless the
  /// message says `on`.
  ///
  /// Throws `MessageError` if a field of the message holds what it must not; then nothing is decided.
  public func decide(
    _ json: UnsafeRawBufferPointer, on date: PolicyDate
  ) throws(MessageError) -> Decision {
    let desk = core.desks.take(core)
    defer { core.desks.giveBack(desk) }
    return try desk.decide(json, today: date.day, core)
  }

  /// Decides about a message given as the UTF-8 bytes of one JSON object.
  public func decide(_ json: [UInt8], on date: PolicyDate) throws(MessageError) -> Decision {
    try json.withUnsafeBufferPointer { bytes throws(MessageError) in
      try decide(UnsafeRawBufferPointer(bytes), on: date)
    }
  }

  /// Decides about a message given as the text of one JSON object.
  public func decide(_ json: String, on date: PolicyDate) throws(MessageError) -> Decision {
    try decide(Array(json.utf8), on: date)
  }

  /// What `rulec decide` writes about a message: one JSON object without a line's end, which says what is
  /// decided, or why nothing is.
  public func record(_ json: UnsafeRawBufferPointer, on date: PolicyDate) -> [UInt8] {
    withRecord(of: json, on: date) { record, _ in Array(record) }
  }

  /// Hands on the record of a message, and what it says.
  package func withRecord<Result>(
    of json: UnsafeRawBufferPointer, on date: PolicyDate,
    _ body: (UnsafeRawBufferPointer, RecordKind) -> Result
  ) -> Result {
    let desk = core.desks.take(core)
    defer { core.desks.giveBack(desk) }
    return desk.withRecord(of: json, today: date.day, body)
  }

  /// Decides messages that stand one a line, and puts the records, each with a line's end, into `room`: as many as
  /// there is room for. A last line without an end counts as a whole one.
  package func decide(
    lines: UnsafeRawBufferPointer, on date: PolicyDate, into room: UnsafeMutableRawBufferPointer,
    _ progress: inout LineProgress
  ) {
    let desk = core.desks.take(core)
    defer { core.desks.giveBack(desk) }
    desk.decide(lines: lines, today: date.day, into: room, &progress)
  }
}

/// What the record of a message says.
package enum RecordKind: Sendable {
  case sure, unsure, rejected
}
