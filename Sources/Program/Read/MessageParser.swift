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
  var sent: Range<Int>?
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
    sent = nil
    ignoredFieldCount = 0
    if isLearning { order.reset() }
    let end = start + line.count
    lineStart = start
    lastObject = UInt32(table.count)
    guard let place = readMembers(from: start, to: end, into: message) else { return false }
    return skipWhiteSpace(place, end) == end
  }

  // MARK: - Members

  /// Where the reading of a line's members has come to, with a copy of what every member needs: the parser's own
  /// would be loaded again after each write.
  private struct Walk {
    let fields: UnsafePointer<Field>
    let names: UnsafeMutablePointer<KeyOrder.Entry>
    let seen: UnsafeMutablePointer<UInt64>
    var place: UnsafeRawPointer
    /// The object whose members are read; -1 behind the line's own.
    var object: Int32 = 0
    /// Whether that object's end comes next, as it may at its beginning and has to behind an inner one.
    var isAtEnd = false
    /// The number of the name that is expected, and how many came that were not.
    var expected = 0
    var misses = 0

    /// Goes behind the bracket that begins an object.
    @inline(__always)
    mutating func enter(_ object: Int32, _ end: UnsafeRawPointer) {
      self.object = object
      place = skipWhiteSpace(place + 1, end)
      isAtEnd = byte(place) == UInt8(ascii: "}")
    }

    /// Whether the line has not named a field before.
    @inline(__always)
    func isNew(_ field: Int) -> Bool {
      let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: field)
      guard seen[field &>> 6] & bit == 0 else { return false }
      seen[field &>> 6] |= bit
      return true
    }
  }

  /// Reads the object that a line is; gives the place behind it.
  @inline(__always)
  private mutating func readMembers(
    from start: UnsafeRawPointer, to end: UnsafeRawPointer, into message: CodedMessage
  ) -> UnsafeRawPointer? {
    let parts = message.parts
    var walk = Walk(
      fields: fields, names: order.entries, seen: seen, place: skipWhiteSpace(start, end))
    guard byte(walk.place) == UInt8(ascii: "{") else { return nil }
    walk.enter(0, end)
    while walk.object >= 0 {
      if !walk.isAtEnd {
        guard walk.place < end, let field = nextField(&walk, end) else { return nil }
        if field < 0 {
          guard let behind = skipMember(walk.place, end, of: walk.object) else { return nil }
          walk.place = behind
        } else {
          guard walk.isNew(field) else { return nil }
          let known = walk.fields + field
          if let behind = readCommonValue(known, walk.place, into: parts) {
            walk.place = behind
          } else if known.pointee.kind == .object, byte(walk.place) == UInt8(ascii: "{") {
            walk.enter(Int32(truncatingIfNeeded: field), end)
            continue
          } else {
            guard let behind = readValue(known, walk.place, end, into: message) else { return nil }
            walk.place = behind
          }
        }
      }
      guard goOn(&walk, end) else { return nil }
    }
    noteOrder(expected: walk.expected, misses: walk.misses)
    return walk.place
  }

  /// Reads a name and goes to its value; the number of the field, or one less than 0 if it means nothing.
  @inline(__always)
  private mutating func nextField(_ walk: inout Walk, _ end: UnsafeRawPointer) -> Int? {
    let entry = walk.names + walk.expected
    let differs =
      ((eightBytes(walk.place) & entry.pointee.lowMask) ^ entry.pointee.low)
      | ((eightBytes(walk.place + 8) & entry.pointee.highMask) ^ entry.pointee.high)
      | UInt64(truncatingIfNeeded: entry.pointee.object ^ walk.object)
    let field: Int
    if differs == 0, entry.pointee.length <= 16 || order.hasRest(of: entry, walk.place, end) {
      field = Int(entry.pointee.field)
      if field < 0 { foundHash = entry.pointee.hash }
      walk.place += entry.pointee.length
      walk.expected &+= 1
    } else {
      walk.misses &+= 1
      guard let behind = readName(walk.place, end, of: walk.object) else { return nil }
      walk.place = behind
      field = foundField
      if field >= 0 { walk.expected = order.position(of: field, or: walk.expected) }
    }
    walk.place = skipWhiteSpace(walk.place, end)
    return field
  }

  /// Passes over the value of a name that means nothing; nil if it is wrong or the name has come before.
  private mutating func skipMember(
    _ place: UnsafeRawPointer, _ end: UnsafeRawPointer, of object: Int32
  ) -> UnsafeRawPointer? {
    ignoredFieldCount &+= 1
    guard names.insert(foundHash, object: UInt32(bitPattern: object)) else { return nil }
    return skipValue(place, end)
  }

  /// Reads a declared value, or yes or no, as nearly all messages write them; nil if it is anything else.
  @inline(__always)
  private func readCommonValue(
    _ field: UnsafePointer<Field>, _ place: UnsafeRawPointer, into parts: CodedMessage.Parts
  ) -> UnsafeRawPointer? {
    if field.pointee.kind == .choice, byte(place) == UInt8(ascii: "\""),
      let (entry, length) = field.pointee.table.entry(ofStringAt: place)
    {
      parts.set(field, entry.pointee.code)
      return place + (length &+ 2)
    }
    if field.pointee.kind == .yesOrNo, let flag = yesOrNo(place) {
      parts.set(field, flag ? 1 : 0)
      return place + (flag ? 4 : 5)
    }
    return nil
  }

  /// Goes over what follows a value, or the beginning of an empty object: on to the next member, or out of the object.
  @inline(__always)
  private func goOn(_ walk: inout Walk, _ end: UnsafeRawPointer) -> Bool {
    if byte(walk.place) != UInt8(ascii: ",") { walk.place = skipWhiteSpace(walk.place, end) }
    if byte(walk.place) == UInt8(ascii: ",") {
      walk.place = skipWhiteSpace(walk.place + 1, end)
      walk.isAtEnd = false
      return true
    }
    guard byte(walk.place) == UInt8(ascii: "}") else { return false }
    walk.place += 1
    walk.object = walk.fields[Int(walk.object)].parent
    walk.isAtEnd = true
    return true
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
