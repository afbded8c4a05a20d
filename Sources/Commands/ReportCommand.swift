import Analysis
import Coverage
import Findings
import Loading
import Model
import Page
import Reports
import Syntax
import Values
import Workspace

/// `rulec report`: the policy as a page for people who would rather look than read.
struct ReportCommand: Command {
  static let description = CommandDescription(
    name: "report", summary: "make a page to look at, search and try messages on",
    details: [
      "Writes one HTML file that any browser opens, with no network and from a memory stick too: the "
        + "rules with links between all their words, who overrides whom as a picture, every promise "
        + "with its proof, the scenarios with their results, a form that decides messages and "
        + "explains the decision, a map of outcomes over any two facts, and a search over everything.",
      "With --against it also shows which messages an older policy decides differently. The exit code "
        + "is 1 if the policy has errors; the page then shows them. Only a policy that cannot be "
        + "understood gets no page.",
    ],
    arguments: [.policy],
    options: [
      OptionDescription(
        name: "-o", value: .one("FILE"),
        help: "where to write the page, such as policy.html; a page that is there is replaced",
        isRequired: true),
      OptionDescription(
        name: "--against", value: .one("OLD"),
        help: "the policy as it was: a folder, a single .rules file, or a built policy"),
      OptionDescription(
        name: "--title", value: .one("TEXT"),
        help: "what the page is called; the name of the policy's folder if left out"),
      .day("the day that counts as today, as 2026-09-01; it decides which rules have expired"),
      OptionDescription(
        name: "--work-limit", value: .one("N"),
        help: "how much work one question may take before it is given up"),
    ],
    examples: [
      "rulec report rules -o policy.html", "rulec report proposal -o proposal.html --against rules",
    ])

  private let policy: String
  private let path: String
  private let title: String
  private let old: String?
  private let day: Day?
  private let workLimit: Int

  init(_ arguments: Arguments) throws(UsageError) {
    policy = arguments.policy
    path = arguments["-o"] ?? ""
    title = arguments["--title"] ?? ReportCommand.title(of: policy)
    old = arguments["--against"]
    day = try arguments.day("--on")
    workLimit = try arguments.count("--work-limit") ?? defaultWorkLimit
    guard path.hasSuffix(".html") || path.hasSuffix(".htm") else {
      throw UsageError(
        "`\(path)` is no name for a page", help: "end it in .html, such as policy.html")
    }
  }

  func run(_ console: Console) throws(Failure) -> ExitCode {
    let today = try PolicyLoading.today(day, console)
    let source = try PolicyLoading.source(policy)
    let result = check(source.text, today: today, workLimit: workLimit)
    guard let meaning = result.policy else {
      PolicyLoading.say(errorsOf: result, console)
      return .found
    }
    var difference: DifferenceReport?
    if let old {
      guard let before = try PolicyLoading.meaning(old, on: today, console) else { return .found }
      difference = DifferenceReport(
        Analysis.difference(from: before, to: meaning, workLimit: workLimit),
        names: (old: old, new: policy))
    }
    let contents = PageContents(
      title: title, syntax: read(source.text), check: result,
      difference: difference, coverage: coverage(result, meaning))
    guard let page = PolicyPage.html(contents) else { return .found }
    try write(page)
    console.say("wrote `\(path)`: " + CheckReport(result, prefix: source.prefix).summary)
    return result.errorCount == 0 ? .done : .found
  }

  /// What the scenarios leave untried; of a policy with errors there is nothing to measure.
  private func coverage(_ result: CheckResult, _ meaning: Policy) -> CoverageReport? {
    guard result.errorCount == 0, !result.scenarios.isEmpty else { return nil }
    var limits = CoverageLimits()
    limits.workLimit = workLimit
    return CoverageReport(Coverage.coverage(of: meaning, limits: limits))
  }

  private func write(_ page: String) throws(Failure) {
    do throws(SystemError) {
      try FileReplacement.put(path, Array(page.utf8))
    } catch {
      let reason = error.isMissing ? "there is no such folder" : error.reason
      throw .problem("cannot write `\(path)`: \(reason)")
    }
  }

  /// The last part of the policy's path, without its ending.
  private static func title(of path: String) -> String {
    var parts = path.split(separator: "/").map(String.init).filter { $0 != "." }
    guard var name = parts.popLast(), name != ".." else { return "Policy" }
    for ending in [".rules", ".policy"] where name.hasSuffix(ending) {
      name.removeLast(ending.count)
    }
    return name
  }
}
