import Values

/// One line of a decision log, as bytes: what it says, and the chain that ties it to all lines before.
///
/// A line is a JSON object that begins with its number, `{"n":17,`, and ends with its chain,
/// `,"chain":"…"}`, 64 hexadecimal digits: the SHA-256 digest of the chain of the line before, as it is
/// written there, and then of the line up to the comma before `"chain"`. Before the very first line the
/// chain is 64 noughts.
package struct LogLine {
  /// The number of the record, from 1 on, through all files of a log.
  package let number: Int
  /// The bytes that the chain is made of, besides the chain before.
  package let body: UnsafeRawBufferPointer
  /// The chain, as it is written.
  package let chain: Chain

  /// Takes a line, given without its end, apart; nil if it has not the form of a record.
  package init?(_ line: UnsafeRawBufferPointer) {
    let tail = LogLine.chainKey.count + Chain.digits + LogLine.end.count
    guard line.count > LogLine.start.count + tail, line.starts(with: LogLine.start),
      line.suffix(LogLine.end.count).elementsEqual(LogLine.end)
    else { return nil }
    let bodyEnd = line.count - tail
    let digits = bodyEnd + LogLine.chainKey.count
    guard line[bodyEnd..<digits].elementsEqual(LogLine.chainKey),
      let chain = Chain(line[digits..<digits + Chain.digits])
    else { return nil }
    var number = 0
    var place = LogLine.start.count
    while place < bodyEnd, let digit = LogLine.digit(line[place]), number < 1 << 58 {
      number = number * 10 + digit
      place += 1
    }
    guard place > LogLine.start.count, line[place] == UInt8(ascii: ",") else { return nil }
    self.number = number
    self.chain = chain
    body = UnsafeRawBufferPointer(rebasing: line[..<bodyEnd])
  }

  /// Whether the line's chain is that of what it says, behind the line with that chain.
  package func follows(_ chain: Chain) -> Bool { chain.next(body) == self.chain }

  static let start = Array(#"{"n":"#.utf8)
  static let chainKey = Array(#","chain":""#.utf8)
  static let end = Array(#""}"#.utf8)

  private static func digit(_ byte: UInt8) -> Int? {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte ? Int(byte - UInt8(ascii: "0")) : nil
  }
}

/// What ties a record to all records before it: 64 hexadecimal digits.
package struct Chain: Hashable, Sendable, CustomStringConvertible {
  static let digits = 64
  /// The digits as ASCII.
  private var text: SIMD64<UInt8>

  /// What stands before the first record of all.
  package static let first = Chain(text: SIMD64(repeating: UInt8(ascii: "0")))

  private init(text: SIMD64<UInt8>) { self.text = text }

  /// The chain that such digits write; nil if they are none.
  package init?(_ digits: some Collection<UInt8>) {
    guard digits.count == Chain.digits else { return nil }
    var text = SIMD64<UInt8>()
    let areDigits = withUnsafeMutableBytes(of: &text) { text in
      text.copyBytes(from: digits)
      return text.allSatisfy {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
      }
    }
    guard areDigits else { return nil }
    self.text = text
  }

  /// The chain of the record that says this and comes next. Allocates nothing; linear time.
  package func next(_ body: UnsafeRawBufferPointer) -> Chain {
    var sha = SHA256()
    withUnsafeBytes(of: text) { sha.update($0) }
    sha.update(body)
    var digest = SIMD32<UInt8>()
    var digits = SIMD64<UInt8>()
    withUnsafeMutableBytes(of: &digest) { digest in
      sha.finalize(into: digest)
      withUnsafeMutableBytes(of: &digits) { digits in
        for (index, byte) in digest.enumerated() {
          digits[2 * index] = Chain.digit(byte >> 4)
          digits[2 * index + 1] = Chain.digit(byte & 15)
        }
      }
    }
    return Chain(text: digits)
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value &+ UInt8(ascii: "0")
      &+ (value > 9 ? UInt8(ascii: "a") - UInt8(ascii: "0") - 10 : 0)
  }

  /// Lends the digits.
  func withDigits<Answer>(_ body: (UnsafeRawBufferPointer) -> Answer) -> Answer {
    withUnsafeBytes(of: text, body)
  }

  package var description: String { withDigits { String(decoding: $0, as: UTF8.self) } }
}

/// The last record of a log, to which all that is added is tied: what is worth keeping elsewhere.
package struct LogHead: Hashable, Sendable {
  package var number = 0
  package var chain = Chain.first

  package init() {}

  package init(number: Int, chain: Chain) {
    self.number = number
    self.chain = chain
  }
}
