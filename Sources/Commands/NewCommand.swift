import Workspace

/// `rulec new`: a small policy to start from.
struct NewCommand: Command {
  static let description = CommandDescription(
    name: "new", summary: "write a small policy to start from",
    details: [
      "Makes the folder, if it is not there yet, and writes a policy of one page into it that shows "
        + "what most policies need. It passes `rulec check`; change it into your own. A folder that "
        + "holds anything already is left alone."
    ],
    arguments: [
      ArgumentDescription(
        name: "FOLDER", help: "the new policy's folder, such as `rules`", isRequired: true)
    ],
    examples: ["rulec new rules"])

  private let folder: String

  init(_ arguments: Arguments) throws(UsageError) {
    folder = arguments.argument(0) ?? ""
    guard !folder.isEmpty, folder != "-" else {
      throw UsageError("a folder needs a name", help: "for example: rulec new rules")
    }
  }

  func run(_ console: Console) throws(Failure) -> ExitCode {
    try makeFolder()
    for (name, text) in StarterPolicy.files {
      let path = "\(folder)/\(name)"
      do throws(SystemError) {
        try FileReplacement.create(path, with: Array(text.utf8))
      } catch {
        throw .problem("cannot write `\(path)`: \(error.reason)")
      }
      try console.write("\(path)\n")
    }
    console.say("A policy to start from is in `\(folder)`. Read it, then try:")
    console.say("  rulec check \(folderAsTyped)")
    console.say("  rulec explain \(folderAsTyped) --message '\(StarterPolicy.message)'")
    return .done
  }

  /// The folder as a shell takes it for one word.
  private var folderAsTyped: String {
    let isPlain = folder.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "."), UInt8(ascii: "/"):
        true
      default: false
      }
    }
    return isPlain ? folder : "'" + folder.map { $0 == "'" ? #"'\''"# : String($0) }.joined() + "'"
  }

  /// A folder that is there already must be empty.
  private func makeFolder() throws(Failure) {
    do throws(SystemError) {
      try System.makeFolder(folder)
    } catch {
      guard error.isExisting else {
        throw .problem(
          "cannot make the folder `\(folder)`: \(error.reason)",
          help: error.isMissing ? "the folder that it should lie in must be there already" : nil)
      }
      try expectEmpty()
    }
  }

  private func expectEmpty() throws(Failure) {
    let names: [[UInt8]]
    do throws(SystemError) {
      names = try System.names(inFolder: folder)
    } catch {
      throw .problem("cannot use `\(folder)`: \(error.reason)")
    }
    guard names.isEmpty else {
      throw .problem(
        "the folder `\(folder)` is not empty, so nothing was written",
        help: "name a folder that is not there yet")
    }
  }
}
