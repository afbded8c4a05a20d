import Analysis
import Findings
import Model
import Program
import Reports
import Syntax
import Values
import Workspace

/// The way from the policy that a command line names to what it means.
enum PolicyLoading {
  /// The policy's files. One that cannot be read ends the command: without it the others would mean
  /// something else.
  static func folder(_ path: String) throws(Failure) -> PolicyFolder {
    let folder: PolicyFolder
    do throws(PolicyFolderError) {
      folder = try PolicyFolder.read(path)
    } catch {
      throw .problem(error.message, help: error.help)
    }
    guard folder.text.problems.isEmpty else {
      let lines = folder.text.problems.map { path, problem in
        "cannot read `\(folder.prefix)\(path)`: \(problem.reason)"
      }
      throw .problem(
        lines.joined(separator: "\n       "),
        help: "nothing was done, because the other files mean something else without this one")
    }
    return folder
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
    check(try PolicySource.read(path).text, today: day, workLimit: nil)
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
    if PolicySource.isBuilt(path) {
      let program = try PolicySource.program(path, keepsText: false)
      if program.isProved { return LoadedPolicy(program, from: path) }
    }
    let text = try PolicySource.read(path).text
    return flawless(text, on: day, console).map { LoadedPolicy($0) }
  }

  /// The meaning of a policy without any error, which is proved to contradict itself nowhere, to leave
  /// no message out and to keep its promises; otherwise what is wrong is said, and the answer is
  /// nothing.
  static func flawless(_ text: PolicyText, on day: Day, _ console: Console) -> Policy? {
    let result = check(text, today: day)
    if let policy = result.policy, result.errorCount == 0 { return policy }
    say(errorsOf: result, console)
    return nil
  }

  /// The meaning of a policy of which nothing is proved and no scenario run; if it has errors that leave
  /// it without one they are said, and the answer is nothing.
  static func meaning(
    _ path: String, on day: Day, _ console: Console
  ) throws(Failure) -> Policy? {
    let text = try PolicySource.read(path).text
    let resolution = resolve(read(text), text, today: day)
    if let policy = resolution.policy { return policy }
    let errors = resolution.findings.filter { $0.severity == .error }
      .sorted(by: Finding.inReadingOrder)
    console.sayAsIs(
      CheckReport.text(of: errors, resolution.files, isColoured: console.hasColouredErrors))
    let count = errors.count == 1 ? "an error" : "\(errors.count) errors"
    console.say("rulec: `\(path)` has \(count), so it cannot be compared until that is put right")
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
