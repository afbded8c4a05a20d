import Engine
import Workspace

/// Cuts a stream of bytes into lines, block by block, in memory that does not grow with the stream or its
/// lines.
///
/// A line of more than `longest` bytes is cut after one byte more than that, which is enough to see
/// that it is too long; the rest of it is read and forgotten.
final class LineReader {
  /// The longest line that is given out whole.
  static let longest = MessageDecoder.longestLine
  /// About as many bytes are read at once.
  static let usualChunk = 1 << 18

  private let read: (UnsafeMutableRawBufferPointer) throws(SystemError) -> Int
  /// The beginning of a line whose end has not been read.
  private var carry: [UInt8] = []
  private var isSkipping = false
  private var isAtEnd = false
  private let hasManyBlocks: Bool
  /// How many lines come before the next block, as far as its own number does not tell: those before the first
  /// line, and, where several blocks are filled, those that have been read.
  private var lineCount: Int

  /// A reader that fills one block again and again, or several; the first line has a number, from 1.
  init(
    firstLine: Int = 1, hasManyBlocks: Bool = false,
    _ read: @escaping (UnsafeMutableRawBufferPointer) throws(SystemError) -> Int
  ) {
    lineCount = firstLine - 1
    self.hasManyBlocks = hasManyBlocks
    self.read = read
  }

  /// Waits until another line has been read and puts it into a block, with all that have been read by then; false
  /// once all have been given out.
  func fill(_ block: LineBlock) throws(SystemError) -> Bool {
    var lines = 0..<carry.count
    block.put(carry)
    carry.removeAll(keepingCapacity: true)
    while !isAtEnd {
      let count = try read(block.room(from: lines.upperBound))
      let new = lines.upperBound..<lines.upperBound + count
      lines = lines.lowerBound..<new.upperBound
      isAtEnd = count == 0
      if isSkipping {
        guard let lineEnd = block.offset(ofLineEndIn: new) else {
          lines = 0..<0
          continue
        }
        isSkipping = false
        lines = lineEnd + 1..<new.upperBound
      }
      if let lastEnd = block.offset(
        ofLastLineEndIn: max(new.lowerBound, lines.lowerBound)..<new.upperBound)
      {
        carry += block.bytes(lastEnd + 1..<lines.upperBound)
        lines = lines.lowerBound..<lastEnd + 1
        break
      }
      if lines.count > LineReader.longest {
        lines = lines.prefix(LineReader.longest + 1)
        isSkipping = true
        break
      }
    }
    block.begin(lines, after: hasManyBlocks ? lineCount : max(lineCount, block.lineNumber))
    if hasManyBlocks { lineCount += block.countLines() }
    return !lines.isEmpty
  }
}

/// Some lines that have been read, to be given out one by one.
///
/// Not to be shared between threads.
final class LineBlock {
  private static let lineFeed = UInt8(ascii: "\n")

  private let memory: UnsafeMutableRawBufferPointer
  private let chunk: Int
  private let capacity: Int
  /// What has not been given out.
  private struct Rest {
    var start: UnsafeRawPointer
    var end: UnsafeRawPointer
    /// The number of the line that was given out last, from 1.
    var lineNumber = 0

    /// Takes the next line without its line break.
    mutating func nextLine() -> UnsafeRawBufferPointer? {
      guard start < end else { return nil }
      let rest = UnsafeRawBufferPointer(start: start, count: end - start)
      let count = System.offset(of: LineBlock.lineFeed, in: rest) ?? rest.count
      start += min(count + 1, rest.count)
      lineNumber += 1
      return UnsafeRawBufferPointer(rebasing: rest[..<min(count, LineReader.longest + 1)])
    }
  }

  // Behind a pointer, so that the language has no accesses to watch over.
  private let rest: UnsafeMutablePointer<Rest>

  /// A block into which so many bytes are read at once.
  init(chunk: Int = LineReader.usualChunk) {
    self.chunk = chunk
    capacity = LineReader.longest + 1 + chunk
    let start = UnsafeMutableRawPointer.allocate(
      byteCount: capacity + DecisionStream.padding, alignment: 64)
    memory = UnsafeMutableRawBufferPointer(
      start: start, count: capacity + DecisionStream.padding)
    rest = .allocate(capacity: 1)
    rest.initialize(to: Rest(start: UnsafeRawPointer(start), end: UnsafeRawPointer(start)))
    // Behind the last line there may be nothing that was read.
    UnsafeMutableRawBufferPointer(rebasing: memory[capacity...])
      .initializeMemory(as: UInt8.self, repeating: 0)
  }

  deinit {
    memory.deallocate()
    rest.deallocate()
  }

  /// Gives out the next line without its line break; nil when there is none left.
  ///
  /// Behind it `DecisionStream.padding` bytes may be looked at.
  func nextLine() -> UnsafeRawBufferPointer? { rest.pointee.nextLine() }

  /// The number of the line that was given out last, from 1.
  var lineNumber: Int { rest.pointee.lineNumber }

  // MARK: - Being filled

  fileprivate func put(_ beginning: [UInt8]) { memory.copyBytes(from: beginning) }

  fileprivate func room(from offset: Int) -> UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(rebasing: memory[offset..<min(offset + chunk, capacity)])
  }

  fileprivate func begin(_ range: Range<Int>, after lineNumber: Int) {
    guard let start = bytes(range).baseAddress else { return }
    rest.pointee = Rest(start: start, end: start + range.count, lineNumber: lineNumber)
  }

  /// How many lines have not been given out.
  fileprivate func countLines() -> Int {
    var (copy, count) = (rest.pointee, 0)
    while copy.nextLine() != nil { count += 1 }
    return count
  }

  fileprivate func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: memory[range])
  }

  fileprivate func offset(ofLineEndIn range: Range<Int>) -> Int? {
    System.offset(of: LineBlock.lineFeed, in: bytes(range)).map { $0 + range.lowerBound }
  }

  fileprivate func offset(ofLastLineEndIn range: Range<Int>) -> Int? {
    bytes(range).lastIndex(of: LineBlock.lineFeed).map { $0 + range.lowerBound }
  }
}
