import Model
import Program
import Syntax
import Values

/// A policy that is proved and can decide messages: as a program, and as what it means.
///
/// One of them is at hand from the beginning, and the other is made of it when it is first asked for.
final class LoadedPolicy {
  private(set) lazy var program = known.program
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

  init(_ policy: Policy) { known = .meaning(policy) }

  /// A program that was read from a file, where the text that it was built from stands.
  init(_ program: Program, from path: String) { known = .program(program, path: path) }

  /// What the policy means;of a program it is read, each time, from the text that the program
  /// was built from.
  func meaning() throws(Failure) -> Policy {
    switch known {
    case .meaning(let policy): return policy
    case .program(let program, let path):
      let text = try PolicySource.read(path).text
      // Only warnings ask for the day, and nobody is shown them.
      let policy = resolve(read(text), text, today: .firstProved).policy
      guard let policy, policy.hash == program.hash else {
        throw .problem(
          "`\(path)` is no longer what it was when it was read", help: "try again")
      }
      return policy
    }
  }
}
