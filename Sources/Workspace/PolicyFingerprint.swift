/// How a policy's files look from outside, to see whether they may have changed.
package struct PolicyFingerprint: Hashable, Sendable {
  private struct Entry: Hashable {
    let path: String
    let status: FileStatus
  }

  private let entries: [Entry]

  /// No more names are looked at: a policy has fewer.
  private static let mostNames = 10_000

  /// Looks at the file at a path, or at everything in the folder and below it; files that begin with a full stop
  /// left out. Reads nothing but names, sizes and times.
  package init(of path: String) {
    guard let status = try? System.status(path, followingLinks: true) else {
      entries = []
      return
    }
    var found = [Entry(path: path, status: status)]
    var folders = status.kind == .folder ? [path] : []
    while let folder = folders.popLast(), found.count < PolicyFingerprint.mostNames {
      for name in (try? System.names(inFolder: folder)) ?? [] where name.first != 0x2E {
        let inner = folder + "/" + String(decoding: name, as: UTF8.self)
        guard let status = try? System.status(inner) else { continue }
        found.append(Entry(path: inner, status: status))
        if status.kind == .folder { folders.append(inner) }
        // What a link leads to may change as well.
        if status.kind == .link, let target = try? System.status(inner, followingLinks: true) {
          found.append(Entry(path: inner, status: target))
        }
      }
    }
    entries = found.sorted { ($0.path, $0.status.size) < ($1.path, $1.status.size) }
  }
}
