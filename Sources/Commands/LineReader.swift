import Engine
import Workspace

/// Cuts a stream of bytes into lines, in memory that does not grow with the stream or its lines.
///
/// A line of more than `longest` bytes is cut after one byte more than that, which is enough to see
/// that it is too long; the rest of it is read and forgotten.
struct LineReader {
  /// The longest line that is given out whole.
  static let longest = MessageDecoder.longestLine

  private let read: (UnsafeMutableRawBufferPointer) throws(SystemError) -> Int
  private var buffer = [UInt8](repeating: 0, count: longest + 1 + chunk)
  /// The bytes that have been read and not been given out.
  private var unread = 0..<0
  /// Up to where there is no line break.
  private var searched = 0
  private var isSkipping = false
  private var isAtEnd = false
  private(set) var lineNumber = 0

  private static let chunk = 1 << 16
  private static let lineFeed = UInt8(ascii: "\n")

  init(_ read: @escaping (UnsafeMutableRawBufferPointer) throws(SystemError) -> Int) {
    self.read = read
  }

  /// Waits for more of the stream; false once all has been given out.
  mutating func fill() throws(SystemError) -> Bool {
    guard !isAtEnd else { return false }
    makeRoom()
    let free = unread.upperBound..<min(unread.upperBound + LineReader.chunk, buffer.count)
    let result = buffer.withUnsafeMutableBytes { bytes in
      Result { () throws(SystemError) in
        try read(UnsafeMutableRawBufferPointer(rebasing: bytes[free]))
      }
    }
    let count = try result.get()
    isAtEnd = count == 0
    unread = unread.lowerBound..<unread.upperBound + count
    return true
  }

  /// Moves what is unread to the front, where the end of the buffer has been reached.
  private mutating func makeRoom() {
    guard buffer.count - unread.upperBound < LineReader.chunk, unread.lowerBound > 0 else { return }
    buffer.replaceSubrange(..<unread.count, with: buffer[unread])
    searched -= unread.lowerBound
    unread = 0..<unread.count
  }

  /// Lends the next line that has been read, without its line break; false if there is none yet.
  mutating func nextLine(_ body: (UnsafeRawBufferPointer) -> Void) -> Bool {
    while true {
      searched = max(searched, unread.lowerBound)
      let lineEnd = buffer[searched..<unread.upperBound].firstIndex(of: LineReader.lineFeed)
      searched = lineEnd ?? unread.upperBound
      let line = unread.lowerBound..<searched
      let isWhole = lineEnd != nil || isAtEnd && !unread.isEmpty
      guard isWhole || line.count > LineReader.longest || isSkipping else { return false }

      unread = (lineEnd.map { $0 + 1 } ?? searched)..<unread.upperBound
      let wasSkipping = isSkipping
      isSkipping = lineEnd == nil
      if wasSkipping {
        if lineEnd == nil { return false }
        continue
      }
      lineNumber += 1
      lend(line, to: body)
      return true
    }
  }

  private func lend(_ line: Range<Int>, to body: (UnsafeRawBufferPointer) -> Void) {
    let line = line.prefix(LineReader.longest + 1)
    buffer.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[line])) }
  }
}
