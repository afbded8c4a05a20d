/// Why nothing can be read at the path of a policy.
package struct LoadingProblem: Error, Hashable, Sendable {
  /// What is wrong, in one sentence that names the path; a line for each file of which it is so.
  package let message: String
  /// What to do about it.
  package let help: String?

  package init(_ message: String, help: String? = nil) {
    self.message = message
    self.help = help
  }
}
