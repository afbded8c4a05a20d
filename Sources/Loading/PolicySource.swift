package import Program
package import Syntax
package import Workspace

/// What stands at the path that a person names as a policy.
package enum PolicySource {
  case files(PolicyFolder)
  case built(Program)

  /// Reads what stands at a path; a file that `rulec build` wrote shows by how it begins, whatever its name is.
  package static func read(_ path: String) throws(LoadingProblem) -> PolicySource {
    if isBuilt(path) { return .built(try program(path)) }
    return .files(try folder(path))
  }

  package static func isBuilt(_ path: String) -> Bool {
    Program.isBegun(by: FileMemory.beginning(of: path, count: Program.beginning) ?? [])
  }

  /// The policy's files. One that cannot be read is a problem of the whole: without it the others would mean
  /// something else.
  private static func folder(_ path: String) throws(LoadingProblem) -> PolicyFolder {
    let folder: PolicyFolder
    do throws(PolicyFolderError) {
      folder = try PolicyFolder.read(path)
    } catch {
      throw LoadingProblem(error.message, help: error.help)
    }
    guard folder.text.problems.isEmpty else {
      let lines = folder.text.problems.map { path, problem in
        "cannot read `\(folder.prefix)\(path)`: \(problem.reason)"
      }
      throw LoadingProblem(
        lines.joined(separator: "\n"),
        help: "nothing was done, because the other files mean something else without this one")
    }
    return folder
  }

  /// Reads a policy that was proved and built; its text is kept only where it is asked for.
  package static func program(
    _ path: String, keepsText: Bool = true
  ) throws(LoadingProblem) -> Program {
    let result = FileMemory.read(path, limit: Program.mostBytes) { beginning in
      keepsText ? .max : Program.countWithoutSources(beginning)
    }
    let memory: FileMemory
    switch result {
    case .failure(let problem):
      throw LoadingProblem("cannot read `\(path)`: \(problem.reason)")
    case .success(let read): memory = read
    }
    let program: Program
    do throws(ImageError) {
      program = try Program(
        reading: memory.bytes, wholeCount: memory.wholeCount, rest: memory.readRest,
        release: { _ in withExtendedLifetime(memory) {} })
    } catch {
      if let reason = memory.error?.reason {
        throw LoadingProblem("cannot read `\(path)`: \(reason)")
      }
      throw LoadingProblem("`\(path)` cannot be used: \(error.reason)", help: error.help)
    }
    guard program.isProved else {
      throw LoadingProblem(
        "`\(path)` cannot be used: nobody has proved that its rules are without error",
        help: "build it with `rulec build`, from the folder that holds the rules")
    }
    guard program.tool == Version.number else {
      throw LoadingProblem(
        "`\(path)` cannot be used: it was built by rulec \(program.tool), and this is "
          + Version.number, help: ImageError.otherVersion.help)
    }
    return program
  }

  /// The rule files and list files, as they are or as they were when the policy was built.
  package var text: PolicyText {
    switch self {
    case .files(let folder): folder.text
    case .built(let program): program.source ?? PolicyText(ruleFiles: [])
    }
  }

  /// What stands before the path of a file of the policy where people are told of it.
  package var prefix: String {
    switch self {
    case .files(let folder): folder.prefix
    case .built: ""
    }
  }

  /// The folder with files to write to; `path` is what names the policy.
  package func folder(at path: String) throws(LoadingProblem) -> PolicyFolder {
    switch self {
    case .files(let folder): return folder
    case .built:
      throw LoadingProblem(
        "`\(path)` is a built policy, and its rules cannot be changed in it",
        help: "change them in the folder that it was built from, and build it again")
    }
  }
}
