/// The order in which messages have named their fields, so that the next name can be compared before it is
/// searched for. Has to be deallocated.
struct KeyOrder {
  /// A name in quotes and the colon behind it.
  struct Entry {
    /// The first sixteen bytes, and which of them count.
    var low: UInt64 = 1
    var lowMask: UInt64 = 0
    var high: UInt64 = 1
    var highMask: UInt64 = 0
    var length = 0
    /// The object in which the name stood, and the field; -1 of a name that means nothing.
    var object: Int32 = 0
    var field: Int32 = -1
    /// Where the bytes from the seventeenth on are kept.
    var rest = 0
    /// The hash of a name that means nothing.
    var hash: UInt64 = 0
  }

  let entries: UnsafeMutablePointer<Entry>
  /// By field, behind which entry it stands.
  private let positions: UnsafeMutablePointer<Int32>
  private let rests: UnsafeMutableRawPointer
  private var restEnd = 0
  private var count = 0
  private let fieldCount: Int

  private static let most = 256
  private static let restCapacity = 1 << 13
  /// Names of more bytes are searched for every time.
  private static let longest = 256

  init(fieldCount: Int) {
    self.fieldCount = fieldCount
    entries = .allocate(capacity: KeyOrder.most + 1)
    entries.initialize(repeating: Entry(), count: KeyOrder.most + 1)
    positions = .allocate(capacity: fieldCount)
    positions.initialize(repeating: 0, count: fieldCount)
    rests = .allocate(byteCount: KeyOrder.restCapacity + KeyOrder.longest, alignment: 8)
    rests.initializeMemory(
      as: UInt8.self, repeating: 0, count: KeyOrder.restCapacity + KeyOrder.longest)
  }

  func deallocate() {
    entries.deallocate()
    positions.deallocate()
    rests.deallocate()
  }

  /// Forgets all. What follows the last entry is like no name.
  mutating func reset() {
    count = 0
    restEnd = 0
    entries[0] = Entry()
    positions.update(repeating: 0, count: fieldCount)
  }

  /// Adds a name, behind which `padding` bytes may be looked at, if there is room for it.
  mutating func append(
    _ name: UnsafeRawPointer, length: Int, object: Int32, field: Int32, hash: UInt64
  ) {
    let whole = length + 3
    guard count < KeyOrder.most, whole <= KeyOrder.longest, restEnd < KeyOrder.restCapacity
    else { return }
    withUnsafeTemporaryAllocation(byteCount: KeyOrder.longest + padding, alignment: 8) { bytes in
      guard let base = bytes.baseAddress else { return }
      bytes.initializeMemory(as: UInt8.self, repeating: 0)
      bytes[0] = UInt8(ascii: "\"")
      (base + 1).copyMemory(from: name, byteCount: length)
      bytes[length + 1] = UInt8(ascii: "\"")
      bytes[length + 2] = UInt8(ascii: ":")
      entries[count] = Entry(
        low: eightBytes(base), lowMask: mask(bytes: min(whole, 8)), high: eightBytes(base + 8),
        highMask: mask(bytes: min(max(whole - 8, 0), 8)), length: whole, object: object,
        field: field, rest: restEnd, hash: hash)
      guard whole > 16 else { return }
      (rests + restEnd).copyMemory(from: base + 16, byteCount: whole - 16)
      restEnd += whole - 16
    }
    count += 1
    entries[count] = Entry()
    if field >= 0 { positions[Int(field)] = Int32(count) }
  }

  /// The number of the entry behind that of a field, or another number if it has none.
  @inline(__always)
  func position(of field: Int, or other: Int) -> Int {
    let position = Int(positions[field])
    return position > 0 ? position : other
  }

  /// Whether an entry of more than sixteen bytes goes on as it should.
  func hasRest(
    of entry: UnsafeMutablePointer<Entry>, _ place: UnsafeRawPointer, _ end: UnsafeRawPointer
  ) -> Bool {
    let length = entry.pointee.length
    return length <= end - place
      && equalBytes(place + 16, UnsafeRawPointer(rests) + entry.pointee.rest, length - 16)
  }
}
