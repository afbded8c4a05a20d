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
  private var lineCount = 0

  init(_ read: @escaping (UnsafeMutableRawBufferPointer) throws(SystemError) -> Int) {
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
    block.begin(lines, after: lineCount)
    lineCount += block.lineCount
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
  private var rest = 0..<0
  /// The number of the line that was given out last, from 1.
  private(set) var lineNumber = 0

  /// A block into which so many bytes are read at once.
  init(chunk: Int = LineReader.usualChunk) {
    self.chunk = chunk
    capacity = LineReader.longest + 1 + chunk
    memory = .allocate(byteCount: capacity + DecisionStream.padding, alignment: 64)
    // Behind the last line there may be nothing that was read.
    UnsafeMutableRawBufferPointer(rebasing: memory[capacity...])
      .initializeMemory(as: UInt8.self, repeating: 0)
  }

  deinit { memory.deallocate() }

  /// Gives out the next line without its line break; nil when there is none left.
  ///
  /// Behind it `DecisionStream.padding` bytes may be looked at.
  func nextLine() -> UnsafeRawBufferPointer? {
    guard !rest.isEmpty else { return nil }
    let lineEnd = offset(ofLineEndIn: rest) ?? rest.upperBound
    let line = rest.lowerBound..<min(lineEnd, rest.lowerBound + LineReader.longest + 1)
    rest = min(lineEnd + 1, rest.upperBound)..<rest.upperBound
    lineNumber += 1
    return bytes(line)
  }

  // MARK: - Being filled

  fileprivate func put(_ beginning: [UInt8]) { memory.copyBytes(from: beginning) }

  fileprivate func room(from offset: Int) -> UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(rebasing: memory[offset..<min(offset + chunk, capacity)])
  }

  fileprivate func begin(_ lines: Range<Int>, after lineCount: Int) {
    rest = lines
    lineNumber = lineCount
  }

  /// How many lines have not been given out.
  fileprivate var lineCount: Int {
    guard let last = bytes(rest).last else { return 0 }
    return bytes(rest).count(of: LineBlock.lineFeed) + (last == LineBlock.lineFeed ? 0 : 1)
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

extension UnsafeRawBufferPointer {
  /// How often a byte is there: eight bytes at a step, each of which leaves one bit where it is the same.
  fileprivate func count(of byte: UInt8) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let wanted = UInt64(byte) &* ones
    let low = ones &* 0x7f
    var (total, offset) = (0, 0)
    while offset &+ 8 <= count {
      let other = loadUnaligned(fromByteOffset: offset, as: UInt64.self) ^ wanted
      total &+= (~((other & low &+ low) | other | low)).nonzeroBitCount
      offset &+= 8
    }
    while offset < count {
      total &+= self[offset] == byte ? 1 : 0
      offset &+= 1
    }
    return total
  }
}
