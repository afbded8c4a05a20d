import Analysis
import Findings
import Loading
import Model
import Reports
import Syntax
import Values
import Workspace

/// The way from the policy that a command line names to what it means.
enum PolicyLoading {
  /// What is loaded; a policy that cannot be read ends the command.
  static func loaded<Value>(
    _ value: @autoclosure () throws(LoadingProblem) -> Value
  ) throws(Failure) -> Value {
    do throws(LoadingProblem) {
      return try value()
    } catch {
      let lines = error.message.split(separator: "\n")
      throw .problem(lines.joined(separator: "\n       "), help: error.help)
    }
  }

  static func source(_ path: String) throws(Failure) -> PolicySource {
    try loaded(try PolicySource.read(path))
  }

  /// The day that counts as today: what `--on` says, or the system's date.
  static func today(_ day: Day?, _ console: Console) throws(Failure) -> Day {
    let today = day ?? console.surroundings.today
    guard (Day.firstProved...Day.lastProved).contains(today) else {
      throw .problem(
        "this computer's clock says \(today), and a policy is proved for the years 2000 to 2099",
        help: "set the clock, or give the day with --on")
    }
    return today
  }

  /// A day for what is nearly the same on every day: which rules have expired is all that it tells.
  static func someDay(_ console: Console) -> Day {
    min(max(console.surroundings.today, Day.firstProved), Day.lastProved)
  }

  /// What a check of the policy gives without proofs: what its words and its scenarios show, enough for
  /// a command that decides nothing that counts.
  static func checked(_ path: String, on day: Day) throws(Failure) -> CheckResult {
    check(try source(path).text, today: day, workLimit: nil)
  }

  /// The meaning of a policy that can be read, whatever else is wrong with it, to look at; otherwise
  /// what is wrong is said, and the answer is nothing.
  static func readablePolicy(
    _ path: String, on day: Day, _ console: Console
  ) throws(Failure) -> Policy? {
    let result = try checked(path, on: day)
    if result.policy == nil { say(errorsOf: result, console) }
    return result.policy
  }

  /// A policy that may decide messages: one that was proved when it was built, or one that is proved to
  /// be without error; otherwise what is wrong is said, and the answer is nothing.
  static func flawlessPolicy(
    _ path: String, on day: Day, _ console: Console
  ) throws(Failure) -> LoadedPolicy? {
    switch try loaded(try LoadedPolicy.read(path, today: day)) {
    case .ready(let policy): return policy
    case .faulty(let result):
      say(errorsOf: result, console)
      return nil
    }
  }

  /// The meaning of a policy of which nothing is proved and no scenario run; if it has errors that leave
  /// it without one they are said, and the answer is nothing.
  static func meaning(
    _ path: String, on day: Day, _ console: Console
  ) throws(Failure) -> Policy? {
    let text = try source(path).text
    let resolution = resolve(read(text), text, today: day)
    if let policy = resolution.policy { return policy }
    let errors = resolution.findings.filter { $0.severity == .error }
      .sorted(by: Finding.inReadingOrder)
    console.sayAsIs(
      CheckReport.text(of: errors, resolution.files, isColoured: console.hasColouredErrors))
    let count = errors.count == 1 ? "an error" : "\(errors.count) errors"
    console.say(
      "rulec: `\(path)` has \(count), so nothing can be said about it until that is put right")
    return nil
  }

  /// Shows the errors of a policy that cannot be used.
  static func say(errorsOf result: CheckResult, _ console: Console) {
    let errors = result.findings.filter { $0.severity == .error }
    console.sayAsIs(
      CheckReport.text(of: errors, result.files, isColoured: console.hasColouredErrors))
    let count = errors.count == 1 ? "an error" : "\(errors.count) errors"
    console.say("rulec: the policy has \(count), so it decides nothing until that is put right")
  }
}
