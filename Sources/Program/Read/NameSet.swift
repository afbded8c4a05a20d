/// The names that the objects of one message have had so far and that mean nothing to the program.
///
/// It knows names by their hashes alone: two names may be taken for one, never one for two. Has to be
/// deallocated.
struct NameSet {
  private let hashes: UnsafeMutablePointer<UInt64>
  /// The message that the hash beside it belongs to.
  private let messages: UnsafeMutablePointer<UInt32>
  private var message: UInt32 = 0
  private var count = 0

  private static let bits = 10
  /// How many names a message may have, and how many places are looked at for each.
  private static let most = 512
  private static let mostSteps = 24

  init() {
    hashes = .allocate(capacity: 1 << NameSet.bits)
    messages = .allocate(capacity: 1 << NameSet.bits)
    hashes.initialize(repeating: 0, count: 1 << NameSet.bits)
    messages.initialize(repeating: 0, count: 1 << NameSet.bits)
  }

  func deallocate() {
    hashes.deallocate()
    messages.deallocate()
  }

  /// Begins a message, without names.
  @inline(__always)
  mutating func reset() {
    count = 0
    message &+= 1
    if message == 0 { forgetAll() }
  }

  private mutating func forgetAll() {
    messages.update(repeating: 0, count: 1 << NameSet.bits)
    message = 1
  }

  /// Adds a name of the object of that number; false if it may be there already, or if there are too many.
  @inline(__always)
  mutating func insert(_ name: UInt64, object: UInt32) -> Bool {
    let hash = (name ^ UInt64(object) &* 0xc2b2_ae3d_27d4_eb4f) &* 0x9e37_79b1_85eb_ca87
    var place = Int(truncatingIfNeeded: hash >> UInt64(64 - NameSet.bits))
    guard count < NameSet.most else { return false }
    count &+= 1
    var steps = 0
    while messages[place] == message {
      steps &+= 1
      if hashes[place] == hash || steps == NameSet.mostSteps { return false }
      place = (place &+ 1) & (1 << NameSet.bits - 1)
    }
    messages[place] = message
    hashes[place] = hash
    return true
  }

  /// The hash of a name, behind which `padding` bytes may be looked at.
  static func hash(_ place: UnsafeRawPointer, length: Int) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: length)
    var offset = 0
    while offset < length {
      let bytes = eightBytes(place + offset) & mask(bytes: min(length &- offset, 8))
      hash = (hash ^ bytes) &* 0xc2b2_ae3d_27d4_eb4f
      hash ^= hash >> 29
      offset &+= 8
    }
    return hash
  }
}
