package import Syntax

/// Reads whole files, within bounds.
package enum FileContents {
  /// The bytes of an ordinary file of at most `limit` bytes. Pipes and devices are not opened.
  package static func read(
    _ path: String, limit: Int = PolicyFolder.largestFile
  ) -> Result<[UInt8], PolicyText.Problem> {
    do throws(SystemError) {
      let status = try System.status(path, followingLinks: true)
      guard status.kind == .file else { return .failure(problem(ofKind: status.kind)) }
      guard status.size <= limit else { return .failure(.tooLarge(bytes: status.size)) }
      let file = try System.openForReading(path)
      defer { try? file.closeFile() }
      return try bytes(of: file, limit: limit)
    } catch {
      return .failure(error.isMissing ? .missing : .unreadable(error.reason))
    }
  }

  private static func problem(ofKind kind: FileStatus.Kind) -> PolicyText.Problem {
    kind == .folder ? .unreadable("it is a folder") : .notAFile
  }

  /// Looks at the open file again: another may have taken its name in between.
  private static func bytes(
    of file: Descriptor, limit: Int
  ) throws(SystemError) -> Result<[UInt8], PolicyText.Problem> {
    let status = try System.status(of: file)
    guard status.kind == .file else { return .failure(problem(ofKind: status.kind)) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(status.size, limit) + 1)
    var chunk = [UInt8](repeating: 0, count: min(max(status.size, 4_096), 1 << 20))
    while true {
      let count = try chunk.readBytes(from: file)
      guard count > 0 else { return .success(bytes) }
      bytes += chunk[..<count]
      guard bytes.count <= limit else { return .failure(.tooLarge(bytes: bytes.count)) }
    }
  }
}

extension [UInt8] {
  /// Fills the front of the array from a file, and gives how much there was: 0 at its end.
  package mutating func readBytes(from file: Descriptor) throws(SystemError) -> Int {
    let result = withUnsafeMutableBytes { buffer in
      Result { () throws(SystemError) in try file.readBytes(into: buffer) }
    }
    return try result.get()
  }
}
