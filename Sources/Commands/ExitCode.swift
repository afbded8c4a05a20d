/// How a command came out, as scripts see it.
package enum ExitCode: Int32, CaseIterable, Sendable {
  /// Done, and nothing found.
  case done = 0
  /// Done, and something was found: errors in the policy, a rejected message, a failing scenario.
  case found = 1
  /// Not done: wrong usage, or a file that cannot be read or written.
  case notDone = 2

  /// What help and manual say of it.
  var meaning: String {
    switch self {
    case .done: "done, and nothing found"
    case .found: "done, and something was found"
    case .notDone: "not done"
    }
  }
}

/// Why a command could not be carried out.
package enum Failure: Error {
  /// The words of the command line do not fit the command.
  case usage(UsageError)
  /// A file could not be read or written: what happened, and what to do about it.
  case problem(String, help: String? = nil)
  /// Nobody reads the output any more. Nothing needs to be said about that.
  case outputClosed
}

/// Words of a command line that cannot be understood.
package struct UsageError: Error, Hashable, Sendable {
  package let message: String
  package let help: String?

  package init(_ message: String, help: String? = nil) {
    self.message = message
    self.help = help
  }
}
