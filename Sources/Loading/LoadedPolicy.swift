package import Analysis
package import Model
package import Program
import Syntax
package import Values

/// A policy that is proved to be without error and may decide messages: as a program, and as what it means.
///
/// One of them is at hand from the beginning, and the other is made of it when it is first asked for.
package final class LoadedPolicy {
  package private(set) lazy var program = known.program
  private let known: Known

  private enum Known {
    case meaning(Policy)
    case program(Program, path: String)

    var program: Program {
      switch self {
      case .meaning(let policy): Program(policy)
      case .program(let program, _): program
      }
    }
  }

  private init(_ known: Known) { self.known = known }

  /// What comes of a policy that is to decide.
  package enum Answer {
    case ready(LoadedPolicy)
    /// It has errors, and decides nothing.
    case faulty(CheckResult)
  }

  /// Loads the policy at a path. One that was built was proved then, every other is proved now; only warnings
  /// ask for the day.
  package static func read(_ path: String, today: Day) throws(LoadingProblem) -> Answer {
    if PolicySource.isBuilt(path) {
      let program = try PolicySource.program(path, keepsText: false)
      return .ready(LoadedPolicy(.program(program, path: path)))
    }
    let result = check(try PolicySource.read(path).text, today: today)
    return result.flawless.map { .ready(LoadedPolicy(.meaning($0))) } ?? .faulty(result)
  }

  /// What the policy means; of a program it is read, each time, from the text that the program
  /// was built from.
  package func meaning() throws(LoadingProblem) -> Policy {
    switch known {
    case .meaning(let policy): return policy
    case .program(let program, let path):
      let text = try PolicySource.read(path).text
      // Only warnings ask for the day, and nobody is shown them.
      let policy = resolve(Syntax.read(text), text, today: .firstProved).policy
      guard let policy, policy.hash == program.hash else {
        throw LoadingProblem(
          "`\(path)` is no longer what it was when it was read", help: "try again")
      }
      return policy
    }
  }
}
