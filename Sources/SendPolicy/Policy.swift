import Analysis
import Engine
import Findings
import Model
import Syntax
import Values
import Workspace

/// A policy that was read, checked and found free of errors: ask it how a message is to be sent.
///
/// It is proved, for every message on every day from 2000 to 2099, that its rules contradict each other
/// nowhere, leave no message out, and keep its promises.
///
/// A policy never changes and may be asked by any number of tasks at once.
///
/// ```swift
/// let policy = try Policy(contentsOf: "rules")
/// let decision = try policy.decide(message, on: PolicyDate(year: 2026, month: 11, day: 23))
/// print(decision.outcome, decision.notes, decision.rules)
/// ```
public struct Policy: Sendable {
  private let meaning: Model.Policy
  private let evaluator: Evaluator
  private let decoder: MessageDecoder

  /// The SHA-256 of the policy's text, which names this version of it in every decision.
  public var hash: String { meaning.hash }

  /// Reads the folder or the single `.rules` file at a path.
  ///
  /// Throws `PolicyErrors` if it cannot be read or has an error: a conflict, a broken promise and a
  /// failing scenario among them, and what could not be proved.
  public init(contentsOf path: String) throws(PolicyErrors) {
    let folder: PolicyFolder
    do throws(PolicyFolderError) {
      folder = try PolicyFolder.read(path)
    } catch {
      throw PolicyErrors(problem: error.message, help: error.help)
    }
    if let (file, _) = folder.text.problems.first {
      throw PolicyErrors(problem: "the file `\(file)` of the policy cannot be read", help: nil)
    }
    // Only warnings ask for the day, and they keep nobody from deciding.
    let result = check(folder.text, today: .firstProved)
    guard let policy = result.policy, result.errorCount == 0 else {
      throw PolicyErrors(result.findings.filter { $0.severity == .error }, result.files)
    }
    meaning = policy
    evaluator = Evaluator(policy)
    decoder = MessageDecoder(policy.vocabulary)
  }

  /// Decides about a message given as the UTF-8 bytes of one JSON object. `date` is today, unless the
  /// message says `on`.
  ///
  /// Throws `MessageError` if a field of the message holds what it must not; then nothing is decided.
  public func decide(_ json: [UInt8], on date: PolicyDate) throws(MessageError) -> Decision {
    let result = json.withUnsafeBytes { decoder.decode($0) }
    let decoded: DecodedMessage
    switch result {
    case .success(let message): decoded = message
    case .failure(let error): throw MessageError(error)
    }
    let message = decoded.message(today: date.day)
    switch evaluator.decide(message) {
    case .success(let decision): return Decision(decision, message, meaning)
    case .failure(let disagreement): throw MessageError(disagreement, meaning)
    }
  }

  /// Decides about a message given as the text of one JSON object.
  public func decide(_ json: String, on date: PolicyDate) throws(MessageError) -> Decision {
    try decide(Array(json.utf8), on: date)
  }
}

/// A day of the calendar, from 1 January 2000 to 31 December 2099: the days for which a policy is
/// proved.
public struct PolicyDate: Hashable, Comparable, Sendable {
  let day: Day

  /// Nil for a date that does not exist, or that lies outside the years 2000 to 2099.
  public init?(year: Int, month: Int, day: Int) {
    guard let day = Day(year: year, month: month, day: day),
      (Day.firstProved...Day.lastProved).contains(day)
    else { return nil }
    self.day = day
  }

  /// A date written `2026-11-23`.
  public init?(_ text: String) {
    guard let day = Day.parseISO(text.utf8), (Day.firstProved...Day.lastProved).contains(day) else {
      return nil
    }
    self.day = day
  }

  /// Whether a day comes before another.
  public static func < (a: PolicyDate, b: PolicyDate) -> Bool {
    a.day < b.day
  }
}
