/// What a `MessageReader` does, and what it remembers from line to line.
///
/// Each name is first compared with the one that stood in its place in earlier lines (`KeyOrder`). Has to be
/// deallocated.
///
/// How it stays within the padding: whatever is read begins before the end of the line, and after at most 32 bytes
/// of it, or where it goes on for longer, there is a look at the end again; up to 32 objects may end in a row.
/// Reading only ever moves on, so that a line is whole exactly if the place behind it is its end.
struct MessageParser {
  private(set) var ignoredFieldCount = 0
  var id: Range<Int>?
  var day: Int32?
  let program: Program
  private let table: FieldTable
  let fields: UnsafePointer<Field>
  let memberMasks: UnsafePointer<UInt64>
  var names = NameSet()
  private var order: KeyOrder
  /// Whether the order is that of the present line, name by name.
  private var isLearning = true
  /// How many lines of late were in another order, less those that were not.
  private var surprises = 0
  /// By field, whether the line has named it.
  private let seen: UnsafeMutablePointer<UInt64>
  private let seenWords: Int
  private var lineCopy = PaddedBytes()
  var unescaped = PaddedBytes()

  // What the functions below have read last.
  private(set) var lineStart: UnsafeRawPointer
  var textStart: UnsafeRawPointer
  var textLength = 0
  /// The number of the last object that was met and means nothing; those that mean something are numbered
  /// like their fields.
  private var lastObject: UInt32 = 0
  private var foundField = -1
  private var foundHash: UInt64 = 0

  /// After so many surprises the order is learnt anew.
  private static let mostSurprises = 8

  init(_ format: LineFormat) {
    program = format.program
    table = format.fields
    fields = table.fields
    memberMasks = program.memberMasks.base
    order = KeyOrder(fieldCount: table.count)
    seenWords = (table.count + 63) / 64
    seen = .allocate(capacity: seenWords)
    seen.initialize(repeating: 0, count: seenWords)
    textStart = UnsafeRawPointer(unescaped.start)
    lineStart = textStart
  }

  func deallocate() {
    names.deallocate()
    order.deallocate()
    seen.deallocate()
    lineCopy.deallocate()
    unescaped.deallocate()
  }

  /// Reads a copy of a line, with padding behind it.
  mutating func readCopy(of line: UnsafeRawBufferPointer, into message: CodedMessage) -> Bool {
    guard line.count <= MessageReader.longestLine else { return false }
    lineCopy.makeRoom(line.count)
    let copy = UnsafeMutableRawBufferPointer(start: lineCopy.start, count: line.count)
    copy.copyMemory(from: line)
    return read(UnsafeRawBufferPointer(copy), into: message)
  }

  /// Reads a line with padding behind it.
  mutating func read(_ line: UnsafeRawBufferPointer, into message: CodedMessage) -> Bool {
    guard table.isPlain, line.count <= MessageReader.longestLine, let start = line.baseAddress
    else { return false }
    message.reset()
    names.reset()
    for word in 0..<seenWords { seen[word] = 0 }
    id = nil
    day = nil
    ignoredFieldCount = 0
    if isLearning { order.reset() }
    let end = start + line.count
    lineStart = start
    lastObject = UInt32(table.count)
    guard let place = readMembers(from: start, to: end, into: message) else { return false }
    return skipWhiteSpace(place, end) == end
  }

  /// Reads the object that a line is; gives the place behind it.
  @inline(__always)
  private mutating func readMembers(
    from start: UnsafeRawPointer, to end: UnsafeRawPointer, into message: CodedMessage
  ) -> UnsafeRawPointer? {
    let fields = self.fields
    let entries = order.entries
    let parts = message.parts
    let seen = self.seen
    var (misses, at) = (0, 0)
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
        let field: Int
        if differs == 0, entry.pointee.length <= 16 || order.hasRest(of: entry, place, end) {
          field = Int(entry.pointee.field)
          if field < 0 { foundHash = entry.pointee.hash }
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
          let known = fields + field
          if known.pointee.kind == .choice, byte(place) == UInt8(ascii: "\""),
            let (entry, length) = known.pointee.table.entry(ofStringAt: place)
          {
            parts.set(known, entry.pointee.code)
            place += length &+ 2
          } else if known.pointee.kind == .yesOrNo, let flag = yesOrNo(place) {
            parts.set(known, flag ? 1 : 0)
            place += flag ? 4 : 5
          } else if known.pointee.kind == .object, byte(place) == UInt8(ascii: "{") {
            object = Int32(truncatingIfNeeded: field)
            place = skipWhiteSpace(place + 1, end)
            isEmpty = byte(place) == UInt8(ascii: "}")
            continue
          } else {
            guard let behind = readValue(known, place, end, into: message) else { return nil }
            place = behind
          }
        }
      }
      // What follows a value, or the beginning of an empty object.
      if byte(place) != UInt8(ascii: ",") { place = skipWhiteSpace(place, end) }
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
    noteOrder(expected: at, misses: misses)
    return place
  }

  // MARK: - Names

  /// Reads a name that was not expected, and the colon behind it, into `foundField` or `foundHash`.
  @inline(never)
  private mutating func readName(
    _ place: UnsafeRawPointer, _ end: UnsafeRawPointer, of object: Int32
  ) -> UnsafeRawPointer? {
    let table = fields[Int(object)].table
    if byte(place) == UInt8(ascii: "\""), let (entry, length) = table.entry(ofStringAt: place),
      byte(place, length &+ 2) == UInt8(ascii: ":")
    {
      foundField = Int(entry.pointee.code)
      if isLearning {
        order.append(
          place + 1, length: length, object: object, field: Int32(foundField), hash: 0)
      }
      return place + (length &+ 3)
    }
    guard let behind = readText(place, end) else { return nil }
    let colon = skipWhiteSpace(behind, end)
    guard byte(colon) == UInt8(ascii: ":") else { return nil }
    foundField = -1
    if let entry = table.entry(textStart, length: textLength) {
      foundField = Int(entry.pointee.code)
    } else {
      foundHash = NameSet.hash(textStart, length: textLength)
    }
    if isLearning, textStart == place + 1 {
      order.append(
        textStart, length: textLength, object: object, field: Int32(foundField), hash: foundHash)
    }
    return colon + 1
  }

  /// After a line: whether the order has to be learnt anew from the next one.
  @inline(__always)
  private mutating func noteOrder(expected: Int, misses: Int) {
    if isLearning {
      isLearning = false
      surprises = 0
    } else if misses &* 4 > expected {
      surprises &+= 1
      isLearning = surprises > MessageParser.mostSurprises
    } else if surprises > 0 {
      surprises &-= 1
    }
  }

  mutating func nextObjectNumber() -> UInt32 {
    lastObject &+= 1
    return lastObject
  }
}
