/// Paths as text, without a look at the disk.
package enum FilePath {
  /// The folder and the name that a path is made of: `a/b` and `c.rules`; the folder is empty where
  /// the path is a name alone.
  package static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return ("", path) }
    let folder = path[..<slash]
    let name = path[path.utf8.index(after: slash)...]
    return (folder.isEmpty ? "/" : String(folder), String(name))
  }

  /// A relative path without `.` and `..`; nil if it leads above where it begins, or begins at the
  /// root of the disk.
  package static func normalized(_ path: String) -> String? {
    guard !path.utf8.starts(with: "/".utf8) else { return nil }
    var steps: [Substring] = []
    for step in path.split(separator: "/") where step != "." {
      if step != ".." {
        steps.append(step)
      } else if steps.popLast() == nil {
        return nil
      }
    }
    return steps.joined(separator: "/")
  }

  /// A file's path relative to a folder, links followed; nil if it lies elsewhere. The file need not be
  /// there yet.
  package static func relative(_ path: String, to folder: String) -> String? {
    let (parent, name) = split(path)
    let newcomer = (try? System.realPath(parent)).map { "\($0)/\(name)" }
    let whole = (try? System.realPath(path)) ?? newcomer
    let root = (try? System.realPath(folder)) ?? folder
    let (inside, outside) = (whole ?? path, root == "/" ? "/" : root + "/")
    return inside.utf8.starts(with: outside.utf8) ? String(inside.dropFirst(outside.count)) : nil
  }

  /// Whether a path without links lies in a folder, or is it.
  package static func lies(_ path: String, in folder: String) -> Bool {
    folder == "/" || path == folder || path.utf8.starts(with: (folder + "/").utf8)
  }
}
