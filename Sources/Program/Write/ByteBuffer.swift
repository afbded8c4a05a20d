/// Bytes that are written one behind the other, in memory that grows and is used again.
///
/// Not to be shared between threads.
package final class ByteBuffer {
  private struct State {
    var start: UnsafeMutableRawPointer
    var count: Int
    var capacity: Int
  }

  // Behind a pointer, so that the language has no accesses to watch over.
  private let state: UnsafeMutablePointer<State>

  /// How many bytes behind those that are wanted may be written over.
  static let slack = 32

  package init() {
    let capacity = 1 << 12
    state = .allocate(capacity: 1)
    state.initialize(
      to: State(
        start: .allocate(byteCount: capacity, alignment: 64), count: 0, capacity: capacity))
  }

  deinit {
    state.pointee.start.deallocate()
    state.deallocate()
  }

  package var count: Int { state.pointee.count }

  /// What has been written; until more is written.
  package var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: state.pointee.start, count: state.pointee.count)
  }

  /// Forgets what has been written behind so many bytes.
  package func truncate(to count: Int) { state.pointee.count = min(count, state.pointee.count) }

  /// Forgets all that has been written, and keeps the memory.
  package func removeAll() { state.pointee.count = 0 }

  /// The end of what has been written, with room for so many bytes and `slack` more.
  @inline(__always)
  func end(withRoomFor count: Int) -> UnsafeMutableRawPointer {
    let needed = state.pointee.count &+ count &+ ByteBuffer.slack
    if needed > state.pointee.capacity { grow(to: needed) }
    return state.pointee.start + state.pointee.count
  }

  /// Takes what stands before this place as written.
  @inline(__always)
  func setEnd(_ end: UnsafeMutableRawPointer) {
    state.pointee.count = end - state.pointee.start
  }

  @inline(never)
  private func grow(to needed: Int) {
    let capacity = max(needed, state.pointee.capacity * 2)
    let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 64)
    larger.copyMemory(from: state.pointee.start, byteCount: state.pointee.count)
    state.pointee.start.deallocate()
    state.pointee.start = larger
    state.pointee.capacity = capacity
  }

  // MARK: - Appending

  package func append(_ bytes: UnsafeRawBufferPointer) {
    let end = end(withRoomFor: bytes.count)
    if let start = bytes.baseAddress { end.copyMemory(from: start, byteCount: bytes.count) }
    setEnd(end + bytes.count)
  }

  package func append(_ bytes: some Collection<UInt8>) {
    let end = end(withRoomFor: bytes.count)
    UnsafeMutableRawBufferPointer(start: end, count: bytes.count).copyBytes(from: bytes)
    setEnd(end + bytes.count)
  }

  package func append(_ text: StaticString) {
    append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends a whole number from 0, in decimal digits.
  package func append(number: Int) {
    let most = 20
    let end = end(withRoomFor: 2 * most)
    // From the last digit on, and then to the front.
    var (rest, place) = (number, 2 * most)
    repeat {
      place -= 1
      let digit = UInt8(truncatingIfNeeded: rest % 10) + UInt8(ascii: "0")
      end.storeBytes(of: digit, toByteOffset: place, as: UInt8.self)
      rest /= 10
    } while rest > 0
    let count = 2 * most - place
    end.copyMemory(from: end + place, byteCount: count)
    setEnd(end + count)
  }
}
