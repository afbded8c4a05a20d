import Workspace

/// Which policy a text belongs to.
///
/// What the client's settings name comes first. Otherwise it is the folder of the text, or the highest folder above
/// it, if every folder in between holds rule files itself; never one above the folder that the client has opened. A
/// text without a place on the disk is a policy of its own.
enum PolicyRoot: Hashable {
  /// A folder, by its path as the client knows it.
  case folder(String)
  /// A policy of one rule file.
  case file(String)
  /// A text that is not on the disk, by its URI.
  case text(String)

  /// How many folders are looked at, from the text upwards.
  private static let mostSteps = 32

  static func of(
    _ uri: String, opened folders: [String], named policies: [String]
  ) -> PolicyRoot {
    guard let path = FileURI.path(uri) else { return .text(uri) }
    let named = policies.filter { FilePath.lies(path, in: $0) }.max { $0.count < $1.count }
    if let named { return named.hasSuffix(".rules") ? .file(named) : .folder(named) }
    let border = folders.filter { FilePath.lies(path, in: $0) }.max { $0.count < $1.count }
    return .folder(highest(above: path, within: border))
  }

  private static func highest(above path: String, within border: String?) -> String {
    let own = FilePath.split(path).folder
    let isRuleFile = path.utf8.reversed().starts(with: ".rules".utf8.reversed())
    var (folder, best) = (own, isRuleFile ? own : nil as String?)
    for _ in 0..<mostSteps {
      if folder != own || best == nil {
        if PolicyFolder.holdsRuleFiles(folder) { best = folder } else if best != nil { break }
      }
      if folder == border || folder == "/" || folder.isEmpty { break }
      folder = FilePath.split(folder).folder
    }
    return best ?? own
  }

  /// The folder to read.
  var folder: String? {
    switch self {
    case .folder(let path): path
    case .file(let path): FilePath.split(path).folder
    case .text: nil
    }
  }
}
