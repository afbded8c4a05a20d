import Synchronization

/// Desks that nobody works at, so that a call need not make one of its own.
///
/// Nobody ever waits: a slot is emptied or filled by one atomic step. Whoever finds all of them empty makes a new
/// desk, and a desk for which there is no room is let go.
final class DeskPool: @unchecked Sendable {
  /// As many as there may be processors at work on one policy.
  private static let slotCount = 64
  /// In each slot the address of a desk, owned by the slot, or 0.
  private let slots: UnsafeMutablePointer<Atomic<UInt>>

  init() {
    slots = .allocate(capacity: DeskPool.slotCount)
    for index in 0..<DeskPool.slotCount { (slots + index).initialize(to: Atomic(0)) }
  }

  deinit {
    for index in 0..<DeskPool.slotCount {
      Desk.owned(slots[index].exchange(0, ordering: .acquiring))?.release()
    }
    slots.deinitialize(count: DeskPool.slotCount)
    slots.deallocate()
  }

  /// A desk for the caller alone.
  func take(_ core: PolicyCore) -> Desk {
    for index in 0..<DeskPool.slotCount where slots[index].load(ordering: .relaxed) != 0 {
      let desk = Desk.owned(slots[index].exchange(0, ordering: .acquiring))
      if let desk { return desk.takeRetainedValue() }
    }
    return Desk(core)
  }

  /// Hands a desk to whoever comes next; the caller must not use it any more.
  func giveBack(_ desk: Desk) {
    let owned = Unmanaged.passRetained(desk)
    let address = UInt(bitPattern: owned.toOpaque())
    for index in 0..<DeskPool.slotCount where slots[index].load(ordering: .relaxed) == 0 {
      let (isPlaced, _) = slots[index].compareExchange(
        expected: 0, desired: address, ordering: .releasing)
      if isPlaced { return }
    }
    owned.release()
  }
}

extension Desk {
  fileprivate static func owned(_ address: UInt) -> Unmanaged<Desk>? {
    UnsafeRawPointer(bitPattern: address).map { Unmanaged.fromOpaque($0) }
  }
}
