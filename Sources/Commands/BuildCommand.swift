import Analysis
import Loading
import Model
import Program
import Reports
import Syntax
import Values
import Workspace

/// `rulec build`: a policy as one file that decides at once.
struct BuildCommand: Command {
  static let description = CommandDescription(
    name: "build", summary: "put a checked policy into one file that is ready at once",
    details: [
      "Checks and proves the policy, as `rulec decide` does, and writes what decides its messages into "
        + "one file, together with the rules themselves. A policy with errors is not built.",
      "Every command that takes a POLICY takes the file too. `rulec decide` neither reads nor proves the "
        + "rules again, however many there are. A file that was damaged or altered on its way is "
        + "refused, and so is one that another version of rulec built.",
    ],
    arguments: [.policy],
    options: [
      OptionDescription(
        name: "-o", value: .one("FILE"),
        help:
          "where to write it, such as council.policy; what was built there before is replaced in "
          + "one step", isRequired: true)
    ],
    examples: [
      "rulec build rules -o council.policy",
      "rulec decide council.policy --messages messages.ndjson",
    ])

  private let policy: String
  private let path: String

  init(_ arguments: Arguments) throws(UsageError) {
    policy = arguments.policy
    path = arguments["-o"] ?? ""
    guard path != "-" else {
      throw UsageError(
        "-o takes the name of a file, and not standard output",
        help: "for example: -o council.policy")
    }
    guard !path.hasSuffix(".rules") else {
      throw UsageError(
        "`\(path)` would be read as rules, because of its name",
        help: "end it in another way, such as council.policy")
    }
  }

  func run(_ console: Console) throws(Failure) -> ExitCode {
    try checkPlace()
    let source = try PolicyLoading.source(policy)
    let day = PolicyLoading.someDay(console)
    let result = check(source.text, today: day)
    guard let meaning = result.flawless else {
      PolicyLoading.say(errorsOf: result, console)
      return .found
    }
    let program = Program.built(meaning, from: source.text, by: CommandLineTool.version)
    guard let program else {
      throw .problem("this policy cannot be built: it is larger than a built policy can be")
    }
    let bytes = program.withBytes { Array($0) }
    do throws(SystemError) {
      try FileReplacement.put(path, bytes)
    } catch {
      let reason = error.isMissing ? "there is no such folder" : error.reason
      throw .problem("cannot write `\(path)`: \(reason)")
    }
    console.say(
      "built `\(path)`: \(counted(program.ruleCount, "rule")), \(bytes.count) bytes; the policy is "
        + program.hash)
    return .done
  }

  /// A file that is no built policy is not written over.
  private func checkPlace() throws(Failure) {
    guard let status = try? System.status(path, followingLinks: true) else { return }
    guard status.kind == .file else {
      let kind = status.kind == .folder ? "a folder" : "no ordinary file"
      throw .problem("cannot write `\(path)`: it is \(kind)")
    }
    guard status.size == 0 || PolicySource.isBuilt(path) else {
      throw .problem(
        "`\(path)` is there already, and it is no built policy",
        help: "give another name, or delete it first")
    }
  }
}
