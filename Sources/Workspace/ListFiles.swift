import Syntax

/// The way to the list files of a policy: files in its folder, and nowhere else.
struct ListFiles: Sendable {
  let root: String

  /// The bytes of a list file, by its path relative to the policy's folder.
  ///
  /// A path that leads out of the folder is refused before the disk is asked, and a link that does
  /// so before the file is opened.
  func contents(of path: String) -> Result<[UInt8], PolicyText.Problem> {
    guard !path.utf8.contains(0), let relative = FilePath.normalized(path) else {
      return .failure(.outside)
    }
    do throws(SystemError) {
      let location = try System.realPath("\(root)/\(relative)")
      guard FilePath.lies(location, in: root) else { return .failure(.outside) }
      return FileContents.read(location)
    } catch {
      return .failure(error.isMissing ? .missing : .unreadable(error.reason))
    }
  }
}
