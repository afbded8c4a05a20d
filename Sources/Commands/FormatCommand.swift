import Findings
import Loading
import Reports
import Syntax
import Workspace

/// `rulec fmt`: the one layout.
struct FormatCommand: Command {
  static let description = CommandDescription(
    name: "fmt", summary: "give the rule files the one layout",
    details: [
      "Writes every rule file anew with the same layout, and in the first form of every sentence "
        + "that can be said in several ways. What the rules mean stays the same, and so do comments. "
        + "A file that cannot be read as rules stays as it is: `rulec check` says why."
    ],
    arguments: [.policy],
    options: [
      OptionDescription(
        name: "--check", help: "change nothing; list the files that would change, with exit code 1"),
      OptionDescription(
        name: "--stdout", help: "change nothing; write what the files would be to standard output"),
    ],
    examples: ["rulec fmt rules", "rulec fmt rules --check"])

  private let policy: String
  private let checks: Bool
  private let writesOut: Bool

  init(_ arguments: Arguments) throws(UsageError) {
    policy = arguments.policy
    checks = arguments.has("--check")
    writesOut = arguments.has("--stdout")
    guard !checks || !writesOut else {
      throw UsageError("--check and --stdout do not go together", help: "leave one of them out")
    }
  }

  func run(_ console: Console) throws(Failure) -> ExitCode {
    let source = try PolicyLoading.source(policy)
    let text = source.text
    let folder = checks || writesOut ? nil : try PolicyLoading.loaded(try source.folder(at: policy))
    let formatted = Formatter.formatted(text)
    let old = Dictionary(
      text.ruleFiles.map { ($0.path, $0.bytes) }, uniquingKeysWith: { first, _ in first })
    let changed = formatted.filter { old[$0.path] != $0.bytes }
    if writesOut {
      try show(formatted, console)
    } else {
      for (path, bytes) in changed {
        if let folder { try replace(path, with: bytes, in: folder) }
        try console.write("\(source.prefix)\(path)\n")
      }
    }
    let unreadable = unreadable(text).subtracting(changed.map(\.path))
    for path in unreadable.sorted() {
      console.say("\(source.prefix)\(path) has errors and stays as it is; `rulec check` shows them")
    }
    if !writesOut {
      console.say(summary(changed.count, unreadable.count, of: formatted.count))
    }
    return unreadable.isEmpty && (changed.isEmpty || !checks) ? .done : .found
  }

  /// The files that hold something that cannot be read as rules.
  private func unreadable(_ text: PolicyText) -> Set<String> {
    let syntax = read(text)
    let errors = syntax.findings.filter { $0.severity == .error }
    return Set(errors.map { syntax.files[$0.span.file].path })
  }

  /// Several files are told apart by comments, so that all together are rules again.
  private func show(
    _ files: [(path: String, bytes: [UInt8])], _ console: Console
  ) throws(Failure) {
    for (index, file) in files.enumerated() {
      if files.count > 1 { try console.write("\(index > 0 ? "\n" : "")# \(file.path)\n\n") }
      try console.write(file.bytes)
    }
  }

  private func replace(
    _ path: String, with bytes: [UInt8], in folder: PolicyFolder
  ) throws(Failure) {
    do throws(SystemError) {
      try FileReplacement.replace(folder.location(of: path), with: bytes)
    } catch {
      throw .problem("cannot write `\(folder.prefix)\(path)`: \(error.reason)")
    }
  }

  /// `3 files: 1 changed, 1 with errors`
  private func summary(_ changed: Int, _ unreadable: Int, of count: Int) -> String {
    var parts: [String] = []
    if changed > 0 { parts.append("\(changed) \(checks ? "would change" : "changed")") }
    if unreadable > 0 { parts.append("\(unreadable) with errors") }
    if parts.isEmpty { parts = [count == 1 ? "it has the one layout" : "all have the one layout"] }
    return "\(counted(count, "file")): \(parts.joined(separator: ", "))"
  }
}
