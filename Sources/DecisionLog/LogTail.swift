import Workspace

/// The end of a log's file, read back to find out where it goes on.
struct LogTail {
  /// The last whole record; before the first one, what stands before it.
  let head: LogHead
  /// How many bytes of the file are whole records.
  let size: Int

  /// No record is longer, and what is torn off is no longer than a few.
  private static let window = 64 << 20

  /// The last record of a file that is no longer written to.
  static func readLast(of path: String) throws(LogProblem.Either) -> LogHead {
    let file = try LogProblem.either { () throws(SystemError) in try System.openForReading(path) }
    defer { try? file.closeFile() }
    let status = try LogProblem.either { () throws(SystemError) in try System.status(of: file) }
    return try read(file, size: status.size, path).head
  }

  /// Reads back from the end of a file that is not empty.
  ///
  /// What a record follows is a line that has not the form of a record: a write that did not come to its end, or
  /// what a disk has made of it. A line that has the form of one and not its chain was changed by somebody, and that
  /// is no damage to be repaired.
  static func read(
    _ file: Descriptor, size: Int, _ path: String
  ) throws(LogProblem.Either) -> LogTail {
    var span = min(size, 1 << 16)
    while true {
      let bytes = try read(file, size - span, span)
      let isWhole = span == size
      let tail = try bytes.withUnsafeBytes { buffer in
        Result { () throws(LogProblem.Either) in
          try find(in: buffer, isWhole: isWhole, path)
        }
      }.get()
      if let tail { return LogTail(head: tail.head, size: size - span + tail.size) }
      guard !isWhole, span < window else { break }
      span = min(size, span * 4)
    }
    throw .problem(
      LogProblem(
        "`\(path)` is not a decision log: it does not end with a record",
        help: "name another file, or move this one away"))
  }

  private static func read(
    _ file: Descriptor, _ offset: Int, _ count: Int
  ) throws(LogProblem.Either) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let result = bytes.withUnsafeMutableBytes { buffer in
      Result { () throws(SystemError) in try file.readBytes(into: buffer, at: offset) }
    }
    let read = try LogProblem.either { () throws(SystemError) in try result.get() }
    return Array(bytes.prefix(read))
  }

  /// The last record of the bytes that comes behind another one, or is the first of all; nil if more bytes are needed.
  private static func find(
    in bytes: UnsafeRawBufferPointer, isWhole: Bool, _ path: String
  ) throws(LogProblem.Either) -> LogTail? {
    var end = bytes.count
    while true {
      // Behind the last line end there is nothing, or what is torn.
      guard let lineEnd = bytes[..<end].lastIndex(of: UInt8(ascii: "\n")) else {
        guard isWhole else { return nil }
        // Not one line is whole. What looks like the beginning of a first record was torn.
        return end == bytes.count && isBeginning(bytes) ? LogTail(head: LogHead(), size: 0) : nil
      }
      let start = bytes[..<lineEnd].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 }
      guard let start = start ?? (isWhole ? 0 : nil) else { return nil }
      guard let line = LogLine(UnsafeRawBufferPointer(rebasing: bytes[start..<lineEnd])) else {
        end = lineEnd
        continue
      }
      if start > 0 {
        let before = bytes[..<(start - 1)].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 }
        guard let before = before ?? (isWhole ? 0 : nil) else { return nil }
        let earlier = LogLine(UnsafeRawBufferPointer(rebasing: bytes[before..<(start - 1)]))
        guard let earlier, line.follows(earlier.chain) else { throw .problem(changed(path)) }
      } else if let chain = LogRecord.chainBefore(line) {
        guard line.follows(chain) else { throw .problem(changed(path)) }
      }
      return LogTail(head: LogHead(number: line.number, chain: line.chain), size: lineEnd + 1)
    }
  }

  private static func isBeginning(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let count = min(bytes.count, LogLine.start.count)
    return bytes.prefix(count).elementsEqual(LogLine.start.prefix(count))
  }

  private static func changed(_ path: String) -> LogProblem {
    LogProblem(
      "the last record of `\(path)` has been changed, or one before it removed: its chain is not right",
      help: "keep the file as it is, move it away, and see what `rulec log verify` says of it")
  }
}
