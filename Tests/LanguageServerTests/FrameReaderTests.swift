import Testing

@testable import LanguageServer

/// Messages are found in whatever comes over the wire.
@Suite struct FrameReaderTests {
  private func read(_ pieces: [String]) -> [FrameReader.Frame] {
    var reader = FrameReader()
    var frames: [FrameReader.Frame] = []
    for piece in pieces {
      reader.append(Array(piece.utf8))
      while let frame = reader.next() { frames.append(frame) }
    }
    return frames
  }

  private func text(_ text: String) -> FrameReader.Frame { .text(Array(text.utf8)) }

  @Test func severalMessagesComeInOnePiece() {
    let frames = read(["Content-Length: 2\r\n\r\n{}Content-Length: 3\r\n\r\n[1]"])
    #expect(frames == [text("{}"), text("[1]")])
  }

  @Test func aMessageComesByteByByte() {
    let whole = "Content-Type: x; charset=utf-8\r\nContent-Length: 2\r\n\r\n{}"
    #expect(read(whole.map { String($0) }) == [text("{}")])
  }

  @Test func lineFeedsAloneEndTheLinesOfAHeaderToo() {
    #expect(read(["content-length: 2\n\n{}"]) == [text("{}")])
  }

  @Test(arguments: [
    "nonsense\r\n\r\n", "Content-Length: two\r\n\r\n", "Content-Length: -1\r\n\r\n", "\r\n\r\n\r\n",
    "Content-Length\r\n\r\n", "\0\0\0\r\n\r\n",
    "{\"jsonrpc\":\"2.0\",\"id\":1}\n\n",
  ])
  func whatIsNoHeaderIsReportedAndPassedOver(_ nonsense: String) {
    let frames = read([nonsense + "Content-Length: 2\r\n\r\n{}"])
    #expect(frames.last == text("{}"))
    #expect(frames.dropLast().contains { if case .malformed = $0 { true } else { false } })
  }

  @Test func aHeaderWithoutEndIsNotWaitedForForEver() {
    let frames = read([String(repeating: "x", count: 10_000), "Content-Length: 2\r\n\r\n{}"])
    #expect(frames.count == 2)
    #expect(frames.last == text("{}"))
  }

  @Test func aMessageThatIsFarTooLongIsPassedOver() {
    var reader = FrameReader()
    let length = FrameReader.longestText + 10
    reader.append(Array("Content-Length: \(length)\r\n\r\n".utf8))
    #expect(reader.next() == .malformed("the message is longer than 256 MB"))
    let chunk = [UInt8](repeating: 0x20, count: 1 << 22)
    var left = length
    while left > 0 {
      reader.append(chunk.prefix(left))
      left -= min(left, chunk.count)
      #expect(reader.next() == nil)
    }
    reader.append(Array("Content-Length: 2\r\n\r\n{}".utf8))
    #expect(reader.next() == text("{}"))
  }

  /// Random bytes between good messages: every good one behind a line of its own is found.
  @Test(arguments: 0..<200)
  func randomBytesEndNothing(_ seed: Int) {
    var source = SeededSource(seed)
    var reader = FrameReader()
    var count = 0
    for _ in 0..<50 {
      let isGood = source.next(3) > 0
      if isGood {
        reader.append(FrameReader.framed(Array("{}".utf8)))
      } else {
        let noise = (0..<source.next(40)).map { _ in UInt8(source.next(256)) }
        reader.append(noise)
      }
      while let frame = reader.next() { if frame == text("{}") { count += 1 } }
    }
    for _ in 0..<6 { reader.append(FrameReader.framed(Array("{}".utf8))) }
    while let frame = reader.next() { if frame == text("{}") { count += 1 } }
    #expect(count > 0)
  }
}

/// Numbers that look random and are the same every time (splitmix64).
struct SeededSource {
  private var state: UInt64

  init(_ seed: Int) { state = UInt64(bitPattern: Int64(seed)) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  mutating func next(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(max(bound, 1)))
  }
}
