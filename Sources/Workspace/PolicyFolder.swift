import Findings
package import Syntax

/// A policy on the disk: the folder it lies in, or the one rule file that it is.
package struct PolicyFolder: Sendable {
  /// The folder's path without links; of a single-file policy the folder that the file lies in.
  package let root: String
  /// What stands before the path of a file of the policy, seen from where the command was called:
  /// `rules/`, or nothing.
  package let prefix: String
  package let text: PolicyText

  /// The largest rule file or list file that is read.
  package static let largestFile = 64 << 20

  /// Reads the policy that a person named: a folder, or a single `.rules` file. A folder without rule files
  /// is none, unless `mayBeEmpty`: an editor may be about to write the first. Of a folder that is no policy's
  /// at all no more than `mostNames` names are looked at.
  package static func read(
    _ path: String, mayBeEmpty: Bool = false, mostNames: Int = .max
  ) throws(PolicyFolderError) -> PolicyFolder {
    let status: FileStatus
    do throws(SystemError) {
      status = try System.status(path, followingLinks: true)
    } catch {
      throw error.isMissing ? .missing(path) : .unreadable(path, error.reason)
    }
    switch status.kind {
    case .folder: return try folder(path, mayBeEmpty: mayBeEmpty, mostNames: mostNames)
    case .file where path.utf8.reversed().starts(with: RuleFileWalk.ending.reversed()):
      return try singleFile(path)
    case .file, .link, .other: throw .notARuleFile(path)
    }
  }

  /// Whether a folder holds a rule file itself, without a look into the folders below.
  package static func holdsRuleFiles(_ path: String) -> Bool {
    let names = (try? System.names(inFolder: path)) ?? []
    return names.contains { name in
      name.first != UInt8(ascii: ".") && name.suffix(6).elementsEqual(RuleFileWalk.ending)
    }
  }

  private static func folder(
    _ path: String, mayBeEmpty: Bool, mostNames: Int
  ) throws(PolicyFolderError) -> PolicyFolder {
    let root = try realPath(path)
    var walk = RuleFileWalk(root: root, mostNames: mostNames)
    walk.run()
    guard mayBeEmpty || !walk.files.isEmpty || !walk.problems.isEmpty else {
      throw .noRuleFiles(path)
    }
    return PolicyFolder(
      root: root, prefix: prefix(ofFolder: path), files: walk.files, problems: walk.problems)
  }

  private static func singleFile(_ path: String) throws(PolicyFolderError) -> PolicyFolder {
    let (folder, name) = FilePath.split(path)
    let root = try realPath(folder.isEmpty ? "." : folder)
    let (files, problems) = RuleFileWalk.contents(of: [(path: name, location: path)])
    return PolicyFolder(
      root: root, prefix: prefix(ofFolder: folder), files: files, problems: problems)
  }

  private init(
    root: String, prefix: String, files: [SourceFile],
    problems: [(path: String, problem: PolicyText.Problem)]
  ) {
    self.root = root
    self.prefix = prefix
    let lists = ListFiles(root: root)
    text = PolicyText(ruleFiles: files, problems: problems) { lists.contents(of: $0) }
  }

  private static func realPath(_ path: String) throws(PolicyFolderError) -> String {
    do throws(SystemError) {
      return try System.realPath(path)
    } catch {
      throw .unreadable(path, error.reason)
    }
  }

  /// `rules/` for `./rules`, and for the whole path of a folder `rules` in the working folder.
  private static func prefix(ofFolder path: String) -> String {
    var path = path
    if path.hasPrefix("/"), let working = System.workingFolder, working != "/" {
      if path == working { return "" }
      if path.hasPrefix(working + "/") { path.removeFirst(working.count + 1) }
    }
    let steps = path.split(separator: "/").filter { $0 != "." }
    let relative = steps.isEmpty ? "" : steps.joined(separator: "/") + "/"
    return path.hasPrefix("/") ? "/" + relative : relative
  }

  /// Where a file of the policy lies on the disk.
  package func location(of path: String) -> String {
    "\(root)/\(path)"
  }
}

/// Why there is no policy to be had at a path.
package enum PolicyFolderError: Error, Hashable, Sendable {
  case missing(String)
  case noRuleFiles(String)
  case notARuleFile(String)
  case unreadable(String, String)

  package var message: String {
    switch self {
    case .missing(let path): "there is no folder or file `\(path)`"
    case .noRuleFiles(let path): "the folder `\(path)` holds no file whose name ends in `.rules`"
    case .notARuleFile(let path):
      "`\(path)` is neither a folder, nor a file whose name ends in `.rules`, nor a built policy"
    case .unreadable(let path, let reason): "cannot read `\(path)`: \(reason)"
    }
  }

  package var help: String? {
    switch self {
    case .missing:
      "name the folder that holds your rules, or begin a new policy with `rulec new FOLDER`"
    case .noRuleFiles:
      "give your rule files names such as `letters.rules`; names that begin with a full stop, and "
        + "links that lead out of the folder, do not count"
    case .notARuleFile: "name the folder that holds your rules"
    case .unreadable: nil
    }
  }
}
