import Program
import Syntax
import Workspace

/// What a command line names as a policy.
enum PolicySource {
  case files(PolicyFolder)
  case built(Program)

  /// Reads what stands at a path; a file that `rulec build` wrote shows by how it begins, whatever its name is.
  static func read(_ path: String) throws(Failure) -> PolicySource {
    if isBuilt(path) { return .built(try program(path)) }
    return .files(try PolicyLoading.folder(path))
  }

  static func isBuilt(_ path: String) -> Bool {
    Program.isBegun(by: FileMemory.beginning(of: path, count: Program.beginning) ?? [])
  }

  /// Reads a built policy; its text is kept only where it is asked for.
  static func program(_ path: String, keepsText: Bool = true) throws(Failure) -> Program {
    let result = FileMemory.read(path, limit: Program.mostBytes) { beginning in
      keepsText ? .max : Program.countWithoutSources(beginning)
    }
    let memory: FileMemory
    switch result {
    case .failure(let problem): throw .problem("cannot read `\(path)`: \(problem.reason)")
    case .success(let read): memory = read
    }
    let program: Program
    do throws(ImageError) {
      program = try Program(
        reading: memory.bytes, wholeCount: memory.wholeCount, rest: memory.readRest,
        release: { _ in withExtendedLifetime(memory) {} })
    } catch {
      if let reason = memory.error?.reason { throw .problem("cannot read `\(path)`: \(reason)") }
      throw .problem("`\(path)` cannot be used: \(error.reason)", help: error.help)
    }
    guard program.tool == CommandLineTool.version else {
      throw .problem(
        "`\(path)` cannot be used: it was built by rulec \(program.tool), and this is "
          + CommandLineTool.version, help: ImageError.otherVersion.help)
    }
    return program
  }

  /// The rule files and list files, as they are or as they were when the policy was built.
  var text: PolicyText {
    switch self {
    case .files(let folder): folder.text
    case .built(let program): program.source ?? PolicyText(ruleFiles: [])
    }
  }

  /// What stands before the path of a file of the policy where people are told of it.
  var prefix: String {
    switch self {
    case .files(let folder): folder.prefix
    case .built: ""
    }
  }

  /// The folder with files to write to; `path` is what the command line names.
  func folder(at path: String) throws(Failure) -> PolicyFolder {
    switch self {
    case .files(let folder): return folder
    case .built:
      throw .problem(
        "`\(path)` is a built policy, and its rules cannot be changed in it",
        help: "change them in the folder that it was built from, and build it again")
    }
  }
}
