/// A piece of text that records are put together from, behind which `ByteBuffer.slack` bytes may be looked at.
struct Piece {
  let start: UnsafeRawPointer
  let count: Int
}

/// Pieces side by side, in memory that does not move.
final class PieceMemory {
  private let memory: UnsafeMutableRawPointer
  private var count = 0

  /// Room for pieces of so many bytes together.
  init(capacity: Int) {
    memory = .allocate(byteCount: capacity + ByteBuffer.slack, alignment: 64)
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: capacity + ByteBuffer.slack)
  }

  deinit { memory.deallocate() }

  /// Adds a text; together they must not be longer than there is room.
  func add(_ text: [UInt8]) -> Piece {
    let start = memory + count
    start.copyMemory(from: text, byteCount: text.count)
    count += text.count
    return Piece(start: UnsafeRawPointer(start), count: text.count)
  }
}

extension UnsafeMutableRawPointer {
  /// Writes a piece and moves behind it; up to `ByteBuffer.slack` bytes more are written over.
  @inline(__always)
  mutating func put(_ piece: Piece) { put(from: piece.start, piece.count) }

  /// Writes so many bytes, in steps of `ByteBuffer.slack` bytes, and moves behind them.
  @inline(__always)
  mutating func put(from source: UnsafeRawPointer, _ count: Int) {
    var offset = 0
    repeat {
      let bytes = source.loadUnaligned(fromByteOffset: offset, as: SIMD32<UInt8>.self)
      storeBytes(of: bytes, toByteOffset: offset, as: SIMD32<UInt8>.self)
      offset &+= 32
    } while offset < count
    self += count
  }

  @inline(__always)
  mutating func put(_ byte: UInt8) {
    storeBytes(of: byte, as: UInt8.self)
    self += 1
  }
}
