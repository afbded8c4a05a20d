import Testing
import Workspace

@testable import Commands

@Suite struct `Cutting a stream into lines` {
  /// The lengths of the lines, if the stream comes in pieces of at most so many bytes and several blocks are
  /// filled in turn.
  private func lengths(
    _ bytes: [UInt8], pieces: Int, blocks: Int = 1, firstLine: Int = 1
  ) throws -> [Int] {
    var rest = bytes[...]
    let reader = LineReader(firstLine: firstLine, hasManyBlocks: blocks > 1) {
      (buffer) throws(SystemError) in
      let part = rest.prefix(min(pieces, buffer.count))
      buffer.copyBytes(from: part)
      rest = rest.dropFirst(part.count)
      return part.count
    }
    let blocks = (0..<blocks).map { _ in LineBlock(chunk: min(pieces, 1 << 16)) }
    var lengths: [Int] = []
    var turn = 0
    while try reader.fill(blocks[turn % blocks.count]) {
      while let line = blocks[turn % blocks.count].nextLine() {
        lengths.append(line.count)
        #expect(blocks[turn % blocks.count].lineNumber == firstLine - 1 + lengths.count)
      }
      turn += 1
    }
    #expect(try !reader.fill(blocks[0]))
    return lengths
  }

  @Test(arguments: [1, 2, 3, 1_000])
  func `finds every line, however the stream is cut`(pieces: Int) throws {
    let text = "one\n\nthree\r\nfour"
    #expect(try lengths(Array(text.utf8), pieces: pieces) == [3, 0, 6, 4])
    #expect(try lengths(Array(text.utf8), pieces: pieces, blocks: 3) == [3, 0, 6, 4])
    #expect(try lengths(Array(text.utf8), pieces: pieces, firstLine: 7) == [3, 0, 6, 4])
    #expect(try lengths(Array(text.utf8), pieces: pieces, blocks: 3, firstLine: 7) == [3, 0, 6, 4])
    #expect(try lengths(Array("a\n".utf8), pieces: pieces) == [1])
    #expect(try lengths([], pieces: pieces) == [])
    #expect(try lengths([0x0A], pieces: pieces) == [0])
  }

  @Test(arguments: [1 << 16, 99_991, 1 << 20])
  func `cuts lines that are too long, and only those`(pieces: Int) throws {
    let longest = LineReader.longest
    let wanted = [
      longest - 1, longest, longest + 1, 0, longest + 2, 3, 4 * longest, 5, 2 * longest,
    ]
    var bytes: [UInt8] = []
    for length in wanted {
      bytes += [UInt8](repeating: 0x78, count: length)
      bytes.append(0x0A)
    }
    bytes.removeLast()
    for blocks in 1...2 {
      let found = try lengths(bytes, pieces: pieces, blocks: blocks)
      #expect(found == wanted.map { min($0, longest + 1) })
    }
  }
}
