import Workspace

/// The file of a decision log that is written to, and the files before it.
///
/// Only one thread at a time; another process cannot have the file open for writing.
final class LogFile {
  let path: String
  private(set) var file: Descriptor
  /// How many bytes of the file are known to be whole records.
  private(set) var size: Int
  /// The last record that was written.
  private(set) var head: LogHead
  /// The first bytes that are written to a file that has just been begun.
  private var identity: FileStatus.Identity

  /// What opening a log came to, beside the file itself.
  struct Opening {
    /// How many bytes of a last line that was not whole have been set aside, and in which file.
    var repaired: (bytes: Int, file: String)?
    /// The file that the log goes on from, where this one is new.
    var earlierFile: String?
    /// Whether there was no record yet in the file.
    var isNew = false
  }

  /// Opens the log at a path, or begins it, and puts right what an unexpected end has left behind.
  static func open(_ path: String) throws(LogProblem) -> (LogFile, Opening) {
    let file: Descriptor
    do throws(SystemError) {
      file = try System.openForAppending(path)
    } catch {
      let reason = error.isMissing ? "there is no such folder" : error.reason
      throw LogProblem("cannot open the log `\(path)`: \(reason)")
    }
    do throws(LogProblem) {
      guard file.lock() else {
        throw LogProblem(
          "the log `\(path)` is being written by another rulec",
          help: "give each its own file, or end the other one first")
      }
      return try LogProblem.of(path) { () throws(LogProblem.Either) in
        try LogFile.taken(up: file, path)
      }
    } catch {
      try? file.closeFile()
      throw error
    }
  }

  private static func taken(
    up file: Descriptor, _ path: String
  ) throws(LogProblem.Either) -> (LogFile, Opening) {
    let status = try LogProblem.either { () throws(SystemError) in try System.status(of: file) }
    guard status.kind == .file else {
      throw .problem(LogProblem("the log `\(path)` is not an ordinary file"))
    }
    var opening = Opening()
    var size = status.size
    var head = LogHead()
    if size > 0 {
      let tail = try LogTail.read(file, size: size, path)
      (head, size) = (tail.head, tail.size)
      if tail.size < status.size {
        opening.repaired = try setAside(file, from: tail.size, to: status.size, path)
      }
    }
    if size == 0 {
      opening.isNew = true
      if let earlier = LogFile.earlierFiles(of: path).last {
        head = try LogTail.readLast(of: earlier)
        opening.earlierFile = FilePath.split(earlier).name
      }
    }
    return (LogFile(path, file, size: size, head, status.identity), opening)
  }

  private init(
    _ path: String, _ file: Descriptor, size: Int, _ head: LogHead, _ identity: FileStatus.Identity
  ) {
    self.path = path
    self.file = file
    self.size = size
    self.head = head
    self.identity = identity
  }

  /// Copies what is not whole to a file beside the log and cuts it off; on the disk before anything else is written.
  private static func setAside(
    _ file: Descriptor, from start: Int, to end: Int, _ path: String
  ) throws(LogProblem.Either) -> (bytes: Int, file: String) {
    let aside = path + ".torn"
    var bytes = [UInt8](repeating: 0, count: end - start)
    try LogProblem.either { () throws(SystemError) in
      _ = try bytes.withUnsafeMutableBytes { buffer in
        Result { () throws(SystemError) in try file.readBytes(into: buffer, at: start) }
      }.get()
      let copy = try System.openForAppending(aside)
      defer { try? copy.closeFile() }
      try bytes.withUnsafeBytes { buffer in
        Result { () throws(SystemError) in try copy.writeBytes(buffer) }
      }.get()
      try System.synchronize(copy)
      try file.truncate(to: start)
      try file.synchronizeContents()
    }
    return (bytes.count, FilePath.split(aside).name)
  }

  // MARK: - Writing

  /// Adds whole lines, after which the head is this one. Where that fails the file is as before, or is made so
  /// by `recover`.
  func append(_ lines: UnsafeRawBufferPointer, head: LogHead) throws(SystemError) {
    try file.writeBytes(lines)
    size += lines.count
    self.head = head
  }

  /// Takes back what was added behind so many bytes, after which the head is this one.
  func recover(to size: Int, head: LogHead) throws(SystemError) {
    try file.truncate(to: size)
    self.size = size
    self.head = head
  }

  /// Whether the file still has the name by which it was opened.
  var isInPlace: Bool {
    (try? System.status(path, followingLinks: true))?.identity == identity
  }

  /// Gives the file the name of its last record and begins another in its place; gives that name.
  ///
  /// Where it fails the old file goes on to be written.
  func rotate() throws(SystemError) -> String {
    try file.synchronizeContents()
    let number = String(head.number)
    let name = path + "." + String(repeating: "0", count: max(12 - number.count, 0)) + number
    try System.move(path, to: name)
    do throws(SystemError) {
      try begin()
    } catch {
      try? System.move(name, to: path)
      throw error
    }
    return FilePath.split(name).name
  }

  /// Opens a new file in the place of the one that was moved away.
  func begin() throws(SystemError) {
    let new = try System.openForAppending(path)
    do throws(SystemError) {
      let status = try System.status(of: new)
      guard status.kind == .file, status.size == 0, new.lock() else { throw .occupied }
      let folder = FilePath.split(path).folder
      try System.synchronize(folder: folder.isEmpty ? "." : folder)
      try? file.closeFile()
      (file, size, identity) = (new, 0, status.identity)
    } catch {
      try? new.closeFile()
      throw error
    }
  }

  func close() { try? file.closeFile() }

  /// The files that were written before the one at a path, the oldest first: they bear its name and the number of
  /// their last record.
  package static func earlierFiles(of path: String) -> [String] {
    let (folder, name) = FilePath.split(path)
    let names = (try? System.names(inFolder: folder.isEmpty ? "." : folder)) ?? []
    let beginning = name + "."
    return names.map { String(decoding: $0, as: UTF8.self) }
      .filter { other in
        guard other.hasPrefix(beginning) else { return false }
        let ending = other.dropFirst(beginning.count)
        return ending.utf8.count >= 12
          && ending.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
      }
      .sorted { ($0.count, $0) < ($1.count, $1) }
      .map { folder.isEmpty ? $0 : "\(folder)/\($0)" }
  }
}

/// Why a log cannot be used: one sentence, and what to do about it.
package struct LogProblem: Error, Hashable, Sendable {
  package let message: String
  package let help: String?

  init(_ message: String, help: String? = nil) {
    self.message = message
    self.help = help
  }

  /// What goes wrong while a log is opened: something about it, or with the system.
  enum Either: Error {
    case problem(LogProblem)
    case system(SystemError)
  }

  static func either<Value>(
    _ body: () throws(SystemError) -> Value
  ) throws(Either) -> Value {
    do throws(SystemError) { return try body() } catch { throw .system(error) }
  }

  static func of<Value>(
    _ path: String, _ body: () throws(Either) -> Value
  ) throws(LogProblem) -> Value {
    do throws(Either) {
      return try body()
    } catch {
      switch error {
      case .problem(let problem): throw problem
      case .system(let error):
        throw LogProblem("cannot use the log `\(path)`: \(error.reason)")
      }
    }
  }
}
