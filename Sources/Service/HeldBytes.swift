import Engine
import Workspace

/// What a connection has sent and nobody has looked at yet, in memory that is given back once it is no longer needed.
final class HeldBytes {
  private var memory: UnsafeMutableRawPointer?
  private var capacity = 0
  private var start = 0
  private var end = 0

  /// No more memory than this is kept for what comes next.
  private static let most = 1 << 12

  deinit { memory?.deallocate() }

  var count: Int { end - start }
  var isEmpty: Bool { end == start }

  /// The bytes; until there are others. Behind them `DecisionStream.padding` bytes may be looked at.
  var bytes: UnsafeRawBufferPointer {
    guard let memory else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    return UnsafeRawBufferPointer(start: memory + start, count: count)
  }

  func append(_ new: UnsafeRawBufferPointer) {
    guard let source = new.baseAddress, !new.isEmpty else { return }
    if end + new.count > capacity { makeRoom(new.count) }
    guard let memory else { return }
    (memory + end).copyMemory(from: source, byteCount: new.count)
    end += new.count
  }

  private func makeRoom(_ more: Int) {
    let (old, count) = (bytes, count)
    let wanted = count + more
    let room =
      wanted <= HeldBytes.most ? HeldBytes.most : max(wanted, min(2 * wanted, wanted + (1 << 18)))
    let new = UnsafeMutableRawPointer.allocate(
      byteCount: room + DecisionStream.padding, alignment: 64)
    new.initializeMemory(as: UInt8.self, repeating: 0, count: room + DecisionStream.padding)
    if let source = old.baseAddress { new.copyMemory(from: source, byteCount: count) }
    memory?.deallocate()
    (memory, capacity, start, end) = (new, room, 0, count)
  }

  /// Forgets so many bytes at the front.
  func drop(_ count: Int) {
    start += min(count, self.count)
    guard isEmpty else { return }
    removeAll()
  }

  func removeAll() {
    (start, end) = (0, 0)
    guard capacity > HeldBytes.most else { return }
    memory?.deallocate()
    (memory, capacity) = (nil, 0)
  }
}
