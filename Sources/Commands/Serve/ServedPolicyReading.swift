import Analysis
import Engine
import Findings
import Loading
import Model
import Program
import Reports
import Service
import Values
import Workspace

/// How the policy of a service is read: the first time, and whenever it has changed.
struct ServedPolicyReading: Sendable {
  let path: String
  let day: Day?
  let each: String?
  let texts: Bool
  let isExplained: Bool
  /// How mails are put to the policy; nil where there are none.
  let mail: MailReading?

  /// Reads and checks the policy.
  func read() throws(LoadingProblem) -> PolicyWatch.Outcome {
    let system = Day(clamping: System.dayNumber)
    let today = min(max(day ?? system, Day.firstProved), Day.lastProved)
    // The text of a built policy is kept for explanations: its file may be replaced at any time.
    switch try LoadedPolicy.read(path, today: today, keepsText: isExplained) {
    case .faulty(let result):
      let errors = result.findings.filter { $0.severity == .error }
      return .refused(CheckReport.text(of: errors, result.files, isColoured: false))
    case .ready(let loaded):
      guard let mail else { return .policy(try served(loaded, today, nil)) }
      switch try mail.read(loaded.program.vocabulary) {
      case .ready(let companion): return .policy(try served(loaded, today, companion))
      case .refused(let findings): return .refused(findings)
      }
    }
  }

  /// Reads the policy anew; what is wrong is told in words.
  func readAgain() -> PolicyWatch.Outcome {
    do throws(LoadingProblem) {
      return try read()
    } catch {
      return .refused("rulec: \(error.message)\n" + (error.help.map { "       \($0)\n" } ?? ""))
    }
  }

  private func served(
    _ loaded: LoadedPolicy, _ today: Day, _ companion: (any Sendable)?
  ) throws(LoadingProblem) -> ServedPolicy {
    let meaning = isExplained ? try loaded.meaning() : nil
    var options = DecisionStream.Options(each: each, texts: texts)
    if let phrasing = meaning.map(Phrasing.init) {
      options.explain = { ExplanationReport($0, phrasing).write(to: &$1) }
    }
    let program = loaded.program
    let setup = DecisionSetup(
      program, program.vocabulary, meaning: meaning, options: options, defaultDay: today)
    return ServedPolicy(
      hash: program.hash, ruleCount: program.ruleCount, setup: setup, companion: companion)
  }
}
