package import Findings

/// The text of a policy, before anything is read: its rule files, and a way to the list files that
/// they name. Where the text comes from (a folder, an editor's buffers, a test) is not this module's
/// affair.
package struct PolicyText: Sendable {
  /// Why a list file could not be had.
  package enum Problem: Error, Hashable, Sendable {
    case missing
    /// The path leads out of the policy's folder.
    case outside
    /// What the system says.
    case unreadable(String)
    case tooLarge(bytes: Int)
  }

  /// The rule files, in path order; paths are relative to the policy's folder.
  package let ruleFiles: [SourceFile]
  /// What went wrong with single files while reading the folder, as findings without a file of their
  /// own would say it: path and sentence.
  package let problems: [(path: String, problem: Problem)]
  /// The bytes of a list file, by its path relative to the policy's folder.
  package let listFile: @Sendable (String) -> Result<[UInt8], Problem>

  package init(
    ruleFiles: [SourceFile], problems: [(path: String, problem: Problem)] = [],
    listFile: @escaping @Sendable (String) -> Result<[UInt8], Problem> = { _ in .failure(.missing) }
  ) {
    self.ruleFiles = ruleFiles.sorted {
      Array($0.path.utf8).lexicographicallyPrecedes($1.path.utf8)
    }
    self.problems = problems
    self.listFile = listFile
  }
}
