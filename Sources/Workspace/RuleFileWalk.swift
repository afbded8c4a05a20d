import Findings
import Syntax

/// Finds the rule files of a folder.
///
/// What is really in the folder comes first, then what links lead to, in path order. Every folder is
/// walked once and every file read once, so links that go round in a circle come to an end, and a
/// rule that is reached in two ways is not said twice.
struct RuleFileWalk {
  private(set) var files: [SourceFile] = []
  private(set) var problems: [(path: String, problem: PolicyText.Problem)] = []

  private let root: String
  private var found: [(path: String, location: String)] = []
  /// Links that are still to be followed.
  private var links: [String] = []
  /// The real paths of the folders and files that have been met.
  private var seen: Set<String> = []

  static let ending = Array(".rules".utf8)

  /// How many names may still be looked at.
  private var left: Int

  init(root: String, mostNames: Int = .max) {
    self.root = root
    left = mostNames
  }

  mutating func run() {
    walk(folder: "", at: root)
    while !links.isEmpty {
      let batch = links.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      links = []
      for link in batch { follow(link) }
    }
    let contents = RuleFileWalk.contents(of: found)
    files = contents.files
    problems = (problems + contents.problems).sorted {
      $0.path.utf8.lexicographicallyPrecedes($1.path.utf8)
    }
  }

  /// Walks a folder and all below it; `path` is relative to the policy's folder.
  private mutating func walk(folder path: String, at location: String) {
    var pending = [(path: path, location: location)]
    while let folder = pending.popLast() {
      guard seen.insert(folder.location).inserted else { continue }
      let names: [[UInt8]]
      do throws(SystemError) {
        names = try System.names(inFolder: folder.location)
      } catch {
        problems.append((folder.path, .unreadable(error.reason)))
        continue
      }
      left -= names.count
      guard left >= 0 else {
        problems.append(("", .unreadable("the folder holds too many files to be a policy's")))
        return
      }
      for name in names where name.first != UInt8(ascii: ".") {
        let prefix = folder.path.isEmpty ? "" : folder.path + "/"
        guard let text = String(validating: name, as: UTF8.self) else {
          meetUnreadableName(prefix, name)
          continue
        }
        let location = folder.location == "/" ? "/" + text : "\(folder.location)/\(text)"
        if let below = meet(prefix + text, at: location) { pending.append(below) }
      }
    }
  }

  /// Takes note of one entry of a folder; gives it back if it is a folder itself.
  private mutating func meet(
    _ path: String, at location: String
  ) -> (path: String, location: String)? {
    do throws(SystemError) {
      switch try System.status(location).kind {
      case .folder: return (path, location)
      case .link: links.append(path)
      case .file where isRuleFile(path): meetFile(path, at: location)
      case .other where isRuleFile(path): problems.append((path, .notAFile))
      case .file, .other: break
      }
    } catch {
      if isRuleFile(path) { problems.append((path, .unreadable(error.reason))) }
    }
    return nil
  }

  private mutating func meetFile(_ path: String, at location: String) {
    guard seen.insert(location).inserted else { return }
    found.append((path, location))
  }

  private mutating func meetUnreadableName(_ prefix: String, _ name: [UInt8]) {
    guard name.reversed().starts(with: RuleFileWalk.ending.reversed()) else { return }
    let shown = prefix + String(decoding: name, as: UTF8.self)
    problems.append((shown, .unreadable("its name is not UTF-8: give it another")))
  }

  /// Follows a link, if it stays in the policy's folder.
  private mutating func follow(_ path: String) {
    let location = "\(root)/\(path)"
    do throws(SystemError) {
      let target = try System.realPath(location)
      guard FilePath.lies(target, in: root) else { return }
      switch try System.status(target).kind {
      case .folder: walk(folder: path, at: target)
      case .file where isRuleFile(path): meetFile(path, at: target)
      case .other where isRuleFile(path): problems.append((path, .notAFile))
      case .file, .link, .other: break
      }
    } catch {
      guard isRuleFile(path) else { return }
      let reason = error.isMissing ? "it is a link to a file that is not there" : error.reason
      problems.append((path, .unreadable(reason)))
    }
  }

  private func isRuleFile(_ path: String) -> Bool {
    path.utf8.reversed().starts(with: RuleFileWalk.ending.reversed())
  }

  /// Reads files; those that cannot be read are problems.
  static func contents(
    of found: [(path: String, location: String)]
  ) -> (files: [SourceFile], problems: [(path: String, problem: PolicyText.Problem)]) {
    var files: [SourceFile] = []
    var problems: [(path: String, problem: PolicyText.Problem)] = []
    for (path, location) in found {
      switch FileContents.read(location) {
      case .success(let bytes): files.append(SourceFile(path: path, bytes: bytes))
      case .failure(let problem): problems.append((path, problem))
      }
    }
    return (files, problems)
  }
}

extension PolicyText.Problem {
  /// Pipes and devices are not opened: they may never end.
  static let notAFile = PolicyText.Problem.unreadable("it is not an ordinary file")
}
