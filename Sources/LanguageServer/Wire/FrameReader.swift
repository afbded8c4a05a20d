/// Parts the bytes from a client into messages: each has a header with its length, and its text.
///
/// A header that cannot be understood is reported once, and what follows it is passed over up to the next
/// header. Linear in the number of bytes.
struct FrameReader {
  enum Frame: Equatable {
    case text([UInt8])
    /// What is wrong, in a sentence.
    case malformed(String)
  }

  /// The longest message that is taken.
  static let longestText = 256 << 20
  private static let longestHeader = 4096

  private var buffer: [UInt8] = []
  private var position = 0
  /// The length of the text under way; nil while its header is.
  private var length: Int?
  /// How many bytes are still to be passed over.
  private var skipped = 0
  /// Whether the next header is looked for, after one that could not be understood.
  private var isLost = false

  mutating func append(_ bytes: some Collection<UInt8>) {
    if position > 0 {
      buffer.removeFirst(position)
      position = 0
    }
    buffer += bytes
  }

  /// The next message, if all of it is there.
  mutating func next() -> Frame? {
    skip()
    guard skipped == 0 else { return nil }
    if length == nil, let problem = readHeader() { return problem }
    guard let length, buffer.count - position >= length else { return nil }
    let text = Array(buffer[position..<position + length])
    position += length
    self.length = nil
    return .text(text)
  }

  private mutating func skip() {
    let count = min(skipped, buffer.count - position)
    position += count
    skipped -= count
  }

  // MARK: Headers

  /// Reads a header, if all of it is there; gives what is wrong with it.
  private mutating func readHeader() -> Frame? {
    if isLost, !findHeader() { return nil }
    let unread = buffer[position...]
    guard let (end, next) = FrameReader.end(ofHeader: unread.prefix(FrameReader.longestHeader))
    else {
      guard unread.count >= FrameReader.longestHeader else { return nil }
      return lose("a message begins with a header that gives its length, and here is none")
    }
    switch FrameReader.length(in: unread[..<end]) {
    case .some(let length) where length <= FrameReader.longestText:
      position = next
      self.length = length
      return nil
    case .some(let length):
      (position, skipped) = (next, length)
      skip()
      return .malformed("the message is longer than \(FrameReader.longestText >> 20) MB")
    case nil:
      return lose("the header of a message gives no `Content-Length`")
    }
  }

  private mutating func lose(_ problem: String) -> Frame {
    position += 1
    isLost = true
    return .malformed(problem)
  }

  /// Goes to the next line that gives a length; false if there is none yet.
  private mutating func findHeader() -> Bool {
    let name = FrameReader.lengthName
    var index = position
    while index + name.count <= buffer.count {
      if buffer[index..<index + name.count].elementsEqual(name, by: FrameReader.isSameLetter) {
        (position, isLost) = (index, false)
        return true
      }
      index += 1
    }
    position = max(position, buffer.count - name.count + 1)
    return false
  }

  private static let lengthName = Array("content-length:".utf8)

  private static func isSameLetter(_ byte: UInt8, _ lowercase: UInt8) -> Bool {
    byte == lowercase || ((0x41...0x5A).contains(byte) && byte | 0x20 == lowercase)
  }

  /// Where the lines of a header end, and where the text begins.
  private static func end(ofHeader bytes: ArraySlice<UInt8>) -> (end: Int, next: Int)? {
    var index = bytes.startIndex
    while let line = bytes[index...].firstIndex(of: 0x0A) {
      if line + 1 < bytes.endIndex, bytes[line + 1] == 0x0A { return (line, line + 2) }
      if line + 2 < bytes.endIndex, bytes[line + 1] == 0x0D, bytes[line + 2] == 0x0A {
        return (line, line + 3)
      }
      index = line + 1
    }
    return nil
  }

  /// The length that a header gives; nil if it gives none, or holds a line that is no header's.
  private static func length(in header: ArraySlice<UInt8>) -> Int? {
    var length: Int?
    for line in header.split(separator: 0x0A) {
      let line = String(decoding: line, as: UTF8.self)
      guard let colon = line.firstIndex(of: ":") else { return nil }
      guard line[..<colon].utf8.elementsEqual(lengthName.dropLast(), by: isSameLetter) else {
        continue
      }
      let digits = line[line.index(after: colon)...].filter { !$0.isWhitespace }
      guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
        return nil
      }
      length = Int(digits) ?? .max
    }
    return length
  }

  /// A message as it is sent.
  static func framed(_ text: [UInt8]) -> [UInt8] {
    Array("Content-Length: \(text.count)\r\n\r\n".utf8) + text
  }
}
