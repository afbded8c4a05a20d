package import Syntax

/// The contents of a file in memory of their own, which begins at the beginning of a page.
///
/// They are a copy: whatever becomes of the file, they stay what they were, and looking at them cannot fail.
package final class FileMemory: @unchecked Sendable {
  /// What is kept: all, or so much of the beginning as was wanted.
  package let bytes: UnsafeRawBufferPointer
  /// How many bytes the file has.
  package let wholeCount: Int
  /// What the system refused while the rest was read.
  package private(set) var error: SystemError?

  private let memory: UnsafeMutableRawBufferPointer
  private let file: Descriptor

  /// The first bytes of an ordinary file, as many as `count` or as there are; nil of anything else.
  package static func beginning(of path: String, count: Int) -> [UInt8]? {
    guard let status = try? System.status(path, followingLinks: true), status.kind == .file,
      let file = try? System.openForReading(path)
    else { return nil }
    defer { try? file.closeFile() }
    return try? beginning(of: file, count: count)
  }

  private static func beginning(
    of file: Descriptor, count: Int
  ) throws(SystemError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let read = try bytes.readBytes(from: file)
    return Array(bytes[..<read])
  }

  /// Reads an ordinary file of at most `limit` bytes. `kept` is shown the first kilobytes and says how many bytes
  /// of the whole are wanted.
  package static func read(
    _ path: String, limit: Int, keeping kept: (UnsafeRawBufferPointer) -> Int
  ) -> Result<FileMemory, PolicyText.Problem> {
    do throws(SystemError) {
      let file = try System.openForReading(path)
      do throws(SystemError) {
        let status = try System.status(of: file)
        guard status.kind == .file, status.size <= limit else {
          try? file.closeFile()
          return .failure(status.kind == .file ? .tooLarge(bytes: status.size) : .notAFile)
        }
        let beginning = try beginning(of: file, count: 4096)
        let count = beginning.withUnsafeBytes { kept($0) }
        return .success(
          try FileMemory(
            file, beginning, byteCount: min(status.size, max(count, beginning.count)),
            wholeCount: status.size))
      } catch {
        try? file.closeFile()
        throw error
      }
    } catch {
      return .failure(error.isMissing ? .missing : .unreadable(error.reason))
    }
  }

  private init(
    _ file: Descriptor, _ beginning: [UInt8], byteCount: Int, wholeCount: Int
  ) throws(SystemError) {
    self.file = file
    self.wholeCount = wholeCount
    memory = try System.memory(byteCount: max(byteCount, 1))
    let start = min(beginning.count, byteCount)
    memory.copyBytes(from: beginning[..<start])
    do throws(SystemError) {
      let rest = UnsafeMutableRawBufferPointer(rebasing: memory[start..<byteCount])
      let count = start + (try file.fill(rest))
      bytes = UnsafeRawBufferPointer(rebasing: memory[..<count])
    } catch {
      System.giveBack(memory)
      throw error
    }
  }

  /// Reads on in the file: fills the buffer, or so much of it as there is left.
  package func readRest(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    do throws(SystemError) {
      return try file.fill(buffer)
    } catch {
      self.error = error
      return 0
    }
  }

  deinit {
    try? file.closeFile()
    System.giveBack(memory)
  }
}

extension Descriptor {
  /// Reads until the buffer is full or the file has come to its end, and gives how much there was.
  fileprivate func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
    var count = 0
    while count < buffer.count {
      let read = try readBytes(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
      guard read > 0 else { break }
      count += read
    }
    return count
  }
}
