/// Reads a message from one line of JSON straight into a program's columns.
///
/// It takes the lines that most senders write, in any order of fields and with any white space, and reads them
/// as `MessageDecoder` does; whatever is wrong with a line or out of the ordinary is left to that. Each name is
/// first compared with the one that stood in its place in earlier lines (`KeyOrder`).
///
/// Not to be shared between threads. Allocates memory only for a line longer than all before it. Linear time.
///
/// Invariants of all that is private here: a place lies at most 40 bytes behind the end of the line, and nothing
/// looks further than 24 bytes from there, which stays within the padding. Reading only ever moves on, so that a
/// line is whole exactly if the place behind it is its end.
package final class MessageReader {
  /// The bytes of the line that are the field `id` as JSON text; nil without one.
  package internal(set) var id: Range<Int>?
  /// The number of the day in the field `on`; nil without one.
  package internal(set) var day: Int32?
  /// How many fields there are that no fact is read from, and that mean nothing else.
  package internal(set) var ignoredFieldCount = 0

  /// How many bytes behind a line `read(padded:into:)` may look at.
  package static let padding = 64

  let program: Program
  private let table: FieldTable
  let fields: UnsafePointer<Field>
  var names = NameSet()
  private var order: KeyOrder
  private var nextOrder: KeyOrder
  private var isLearning = true
  /// How many lines of late were in another order, less those that were not.
  private var surprises = 0
  /// By field, whether the line has named it.
  private let seen: UnsafeMutablePointer<UInt64>
  private let seenWords: Int
  private var lineCopy = PaddedBytes()
  private var unescaped = PaddedBytes()

  // What the functions below have read last.
  private(set) var lineStart: UnsafeRawPointer
  private(set) var textStart: UnsafeRawPointer
  private(set) var textLength = 0
  /// The number of the last object that was met and means nothing; those that mean something are numbered
  /// like their fields.
  private var lastObject: UInt32 = 0
  private var foundField = -1
  private var foundHash: UInt64 = 0

  /// The most bytes of a line, 1 MiB.
  private static let longestLine = 1 << 20
  /// After so many surprises the order is learnt anew.
  private static let mostSurprises = 8

  package init(_ program: Program) {
    self.program = program
    table = FieldTable(program)
    fields = table.fields
    order = KeyOrder(fieldCount: table.count)
    nextOrder = KeyOrder(fieldCount: table.count)
    seenWords = (table.count + 63) / 64
    seen = .allocate(capacity: seenWords)
    seen.initialize(repeating: 0, count: seenWords)
    textStart = UnsafeRawPointer(unescaped.start)
    lineStart = textStart
  }

  deinit {
    names.deallocate()
    order.deallocate()
    nextOrder.deallocate()
    seen.deallocate()
    lineCopy.deallocate()
    unescaped.deallocate()
  }

  /// Reads a line; false if it has to be read by `MessageDecoder`, and what the message holds means nothing.
  package func read(_ line: UnsafeRawBufferPointer, into message: CodedMessage) -> Bool {
    guard line.count <= MessageReader.longestLine else { return false }
    lineCopy.makeRoom(line.count)
    UnsafeMutableRawBufferPointer(start: lineCopy.start, count: line.count).copyMemory(from: line)
    return read(
      padded: UnsafeRawBufferPointer(start: lineCopy.start, count: line.count), into: message)
  }

  /// Reads a line behind which `padding` bytes may be looked at, whatever they are.
  package func read(padded line: UnsafeRawBufferPointer, into message: CodedMessage) -> Bool {
    guard table.isPlain, line.count <= MessageReader.longestLine, let start = line.baseAddress
    else { return false }
    message.reset()
    names.reset()
    for word in 0..<seenWords { seen[word] = 0 }
    id = nil
    day = nil
    ignoredFieldCount = 0
    if isLearning { nextOrder.reset() }
    let end = start + line.count
    lineStart = start
    lastObject = UInt32(table.count)
    guard let place = readMembers(from: start, to: end, into: message) else { return false }
    return skipWhiteSpace(place, end) == end
  }

  /// Reads the object that a line is; gives the place behind it.
  @inline(__always)
  private func readMembers(
    from start: UnsafeRawPointer, to end: UnsafeRawPointer, into message: CodedMessage
  ) -> UnsafeRawPointer? {
    let fields = self.fields
    let entries = order.entries
    var (members, misses, at) = (0, 0, 0)
    var object: Int32 = 0
    var place = skipWhiteSpace(start, end)
    guard byte(place) == UInt8(ascii: "{") else { return nil }
    place = skipWhiteSpace(place + 1, end)
    var isEmpty = byte(place) == UInt8(ascii: "}")
    while true {
      if !isEmpty {
        guard place < end else { return nil }
        // The name, and whether it is the one that is expected.
        let entry = entries + at
        let differs =
          ((eightBytes(place) & entry.pointee.lowMask) ^ entry.pointee.low)
          | ((eightBytes(place + 8) & entry.pointee.highMask) ^ entry.pointee.high)
          | UInt64(truncatingIfNeeded: entry.pointee.object ^ object)
        members &+= 1
        let field: Int
        if differs == 0, entry.pointee.length <= 16 || order.hasRest(of: entry, place, end) {
          field = Int(entry.pointee.field)
          if field < 0 { foundHash = entry.pointee.hash }
          if isLearning { learn(entry, at: place) }
          place += entry.pointee.length
          at &+= 1
        } else {
          misses &+= 1
          guard let behind = readName(place, end, of: object) else { return nil }
          place = behind
          field = foundField
          at = field < 0 ? at : order.position(of: field, or: at)
        }
        place = skipWhiteSpace(place, end)
        if field < 0 {
          ignoredFieldCount &+= 1
          guard names.insert(foundHash, object: UInt32(bitPattern: object)),
            let behind = skipValue(place, end)
          else { return nil }
          place = behind
        } else {
          let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: field)
          guard seen[field &>> 6] & bit == 0 else { return nil }
          seen[field &>> 6] |= bit
          if fields[field].kind == .object, byte(place) == UInt8(ascii: "{") {
            object = Int32(truncatingIfNeeded: field)
            place = skipWhiteSpace(place + 1, end)
            isEmpty = byte(place) == UInt8(ascii: "}")
            continue
          }
          guard let behind = readValue(fields + field, place, end, into: message) else {
            return nil
          }
          place = behind
        }
      }
      // What follows a value, or the beginning of an empty object.
      place = skipWhiteSpace(place, end)
      if byte(place) == UInt8(ascii: ",") {
        place = skipWhiteSpace(place + 1, end)
        isEmpty = false
        continue
      }
      guard byte(place) == UInt8(ascii: "}") else { return nil }
      place += 1
      object = fields[Int(object)].parent
      isEmpty = true
      if object < 0 { break }
    }
    noteOrder(members: members, misses: misses)
    return place
  }

  // MARK: - Names

  /// Reads a name that was not expected, and the colon behind it, into `foundField` or `foundHash`.
  @inline(never)
  private func readName(
    _ place: UnsafeRawPointer, _ end: UnsafeRawPointer, of object: Int32
  ) -> UnsafeRawPointer? {
    guard let behind = readText(place, end) else { return nil }
    let colon = skipWhiteSpace(behind, end)
    guard byte(colon) == UInt8(ascii: ":") else { return nil }
    foundField = -1
    if let entry = fields[Int(object)].table.entry(textStart, length: textLength) {
      foundField = Int(entry.pointee.code)
    } else {
      foundHash = NameSet.hash(textStart, length: textLength)
    }
    if isLearning, textStart == place + 1 {
      nextOrder.append(
        textStart, length: textLength, object: object, field: Int32(foundField), hash: foundHash)
    }
    return colon + 1
  }

  @inline(never)
  private func learn(_ entry: UnsafeMutablePointer<KeyOrder.Entry>, at place: UnsafeRawPointer) {
    nextOrder.append(
      place + 1, length: entry.pointee.length - 3, object: entry.pointee.object,
      field: entry.pointee.field, hash: entry.pointee.hash)
  }

  /// After a line: whether the order has to be learnt anew from the next one.
  @inline(__always)
  private func noteOrder(members: Int, misses: Int) {
    if isLearning {
      swap(&order, &nextOrder)
      isLearning = false
      surprises = 0
    } else if misses &* 4 > members {
      surprises &+= 1
      isLearning = surprises > MessageReader.mostSurprises
    } else if surprises > 0 {
      surprises &-= 1
    }
  }

  func nextObjectNumber() -> UInt32 {
    lastObject &+= 1
    return lastObject
  }

  // MARK: - Texts

  /// Reads a string into `textStart` and `textLength`, behind which `padding` bytes may be looked at.
  func readText(_ place: UnsafeRawPointer, _ end: UnsafeRawPointer) -> UnsafeRawPointer? {
    var hasEscape = false
    guard byte(place) == UInt8(ascii: "\""), let quote = stringEnd(place + 1, end, &hasEscape),
      quote < end
    else { return nil }
    textStart = place + 1
    textLength = quote - textStart
    if hasEscape { unescape() }
    return quote + 1
  }

  /// Resolves the escapes of the text read last, all of which are whole.
  private func unescape() {
    unescaped.makeRoom(textLength)
    let target = unescaped.start
    let end = textStart + textLength
    var (place, length) = (textStart, 0)
    while place < end {
      let next = byte(place)
      if next != UInt8(ascii: "\\") {
        target.storeBytes(of: next, toByteOffset: length, as: UInt8.self)
        length += 1
        place += 1
      } else {
        let (scalar, behind) = escapedCharacter(place)
        for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
          target.storeBytes(of: unit, toByteOffset: length, as: UInt8.self)
          length += 1
        }
        place = behind
      }
    }
    textStart = UnsafeRawPointer(target)
    textLength = length
  }
}

/// Bytes with room for a text and `padding` bytes behind it. Have to be deallocated.
struct PaddedBytes {
  private(set) var start: UnsafeMutableRawPointer
  private var capacity = 1 << 12

  init() {
    start = .allocate(byteCount: capacity + padding, alignment: 64)
    start.initializeMemory(as: UInt8.self, repeating: 0, count: capacity + padding)
  }

  func deallocate() { start.deallocate() }

  /// Makes room for a text; what is there is lost where there was too little.
  mutating func makeRoom(_ count: Int) {
    guard count > capacity else { return }
    start.deallocate()
    capacity = max(count, capacity * 2)
    start = .allocate(byteCount: capacity + padding, alignment: 64)
    start.initializeMemory(as: UInt8.self, repeating: 0, count: capacity + padding)
  }
}
