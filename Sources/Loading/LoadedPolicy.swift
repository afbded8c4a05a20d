package import Analysis
package import Model
package import Program
import Syntax
package import Values

/// A policy that is proved to be without error and may decide messages: as a program, and as what it means.
///
/// One of them is at hand from the beginning, and the other is made of it when it is first asked for.
package final class LoadedPolicy {
  package private(set) lazy var program = origin.program
  package let origin: Origin

  /// What was at hand from the beginning.
  package enum Origin: Sendable {
    case meaning(Policy)
    case program(Program, path: String)

    fileprivate var program: Program {
      switch self {
      case .meaning(let policy): Program(policy)
      case .program(let program, _): program
      }
    }

    /// What the policy means; of a program it is read, each time, from the text that the program was built from.
    package func meaning() throws(LoadingProblem) -> Policy {
      switch self {
      case .meaning(let policy): return policy
      case .program(let program, let path):
        let text =
          if let text = program.source { text } else { try PolicySource.read(path).text }
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

  private init(_ origin: Origin) { self.origin = origin }

  /// What comes of a policy that is to decide.
  package enum Answer {
    case ready(LoadedPolicy)
    /// It has errors, and decides nothing.
    case faulty(CheckResult)
  }

  /// Loads the policy at a path. One that was built was proved then, every other is proved now; only warnings
  /// ask for the day. Where a built policy's text is kept, its meaning can be had whatever becomes of the file.
  package static func read(
    _ path: String, today: Day, keepsText: Bool = false
  ) throws(LoadingProblem) -> Answer {
    if PolicySource.isBuilt(path) {
      let program = try PolicySource.program(path, keepsText: keepsText)
      return .ready(LoadedPolicy(.program(program, path: path)))
    }
    let result = check(try PolicySource.read(path).text, today: today)
    return result.flawless.map { .ready(LoadedPolicy(.meaning($0))) } ?? .faulty(result)
  }

  /// What the policy means.
  package func meaning() throws(LoadingProblem) -> Policy { try origin.meaning() }
}
