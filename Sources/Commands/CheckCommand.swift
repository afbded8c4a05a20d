import Analysis
import Findings
import Loading
import Reports
import Syntax
import Values
import Workspace

/// `rulec check`: everything that is wrong with a policy, or looks wrong.
struct CheckCommand: Command {
  static let description = CommandDescription(
    name: "check", summary: "find what is wrong with a policy",
    details: [
      "Reads every rule file of the policy, runs its scenarios, and says what is wrong, where, and "
        + "what to do about it. Errors must be put right before the policy can decide a message; "
        + "warnings show what is allowed, but probably not meant.",
      "It also proves, for every possible message on every day from 2000 to 2099, that no two rules "
        + "contradict each other, that every message gets a decision, and that promises are kept; "
        + "where that is not so, it shows a message. What it cannot find out within the bound on "
        + "work is `not-proved`, which is an error.",
    ],
    arguments: [.policy],
    options: [
      .choice(
        "--format", CheckFormat.self,
        help: "text for people, json for programs, sarif for tools that gather findings, github "
          + "for annotations in a workflow"),
      OptionDescription(
        name: "--deny-warnings", help: "count warnings as findings: the exit code is then 1"),
      OptionDescription(
        name: "--fix", help: "make the changes that are certain to keep what the author meant"),
      .day("the day that counts as today, as 2026-09-01; it decides which rules have expired"),
      OptionDescription(
        name: "--work-limit", value: .one("N"),
        help: "how many steps the search for one answer may take before it is given up; "
          + "\(defaultWorkLimit) if left out"),
    ],
    examples: ["rulec check rules", "rulec check rules --fix", "rulec check rules --format json"])

  private let policy: String
  private let format: CheckFormat
  private let deniesWarnings: Bool
  private let fixes: Bool
  private let day: Day?
  private let workLimit: Int

  init(_ arguments: Arguments) throws(UsageError) {
    policy = arguments.policy
    format = arguments.choice("--format", or: .text)
    deniesWarnings = arguments.has("--deny-warnings")
    fixes = arguments.has("--fix")
    day = try arguments.day("--on")
    workLimit = try arguments.count("--work-limit") ?? defaultWorkLimit
  }

  func run(_ console: Console) throws(Failure) -> ExitCode {
    let today = try PolicyLoading.today(day, console)
    let source = try PolicyLoading.source(policy)
    let result =
      fixes
      ? try fixed(try PolicyLoading.loaded(try source.folder(at: policy)), today, console)
      : check(source.text, today: today, workLimit: workLimit)
    let report = CheckReport(result, prefix: source.prefix)
    try console.write(
      report.text(
        as: format, isColoured: console.hasColouredOutput, toolVersion: CommandLineTool.version))
    console.say(report.summary)
    let isClean = result.errorCount == 0 && (result.warningCount == 0 || !deniesWarnings)
    return isClean ? .done : .found
  }

  /// Makes the safe changes, writes them, and says which they were.
  private func fixed(
    _ folder: PolicyFolder, _ today: Day, _ console: Console
  ) throws(Failure) -> CheckResult {
    var fixing = Fixing(folder.text)
    // No proof offers a safe change, so that only the last check has to prove anything.
    fixing.run { check($0, today: today, workLimit: nil) }
    for (path, bytes) in fixing.changedFiles.sorted(by: { $0.key < $1.key }) {
      do throws(SystemError) {
        try FileReplacement.replace(folder.location(of: path), with: bytes)
      } catch {
        throw .problem("cannot write `\(folder.prefix)\(path)`: \(error.reason)")
      }
    }
    for change in fixing.changes { console.say("fixed \(change)") }
    if fixing.changes.isEmpty { console.say("there was nothing to fix") }
    return check(fixing.text, today: today, workLimit: workLimit)
  }
}
