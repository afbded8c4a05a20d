import JSON
import Testing

@testable import LanguageServer

/// Places are counted as the client counts them.
@Suite struct PositionTests {
  static let text = "a\u{1F600}b é\r\nzwei\rdrei\n"

  @Test(arguments: [
    (PositionEncoding.utf8, 5, 7), (.utf16, 3, 5), (.utf32, 2, 4),
  ])
  func charactersAreCountedInTheUnitsOfTheClient(
    _ encoding: PositionEncoding, _ behindFace: Int, _ atAccent: Int
  ) {
    let bytes = Array(PositionTests.text.utf8)
    let lines = LineTable(bytes, encoding)
    #expect(lines.position(at: 5) == Position(line: 0, character: behindFace))
    #expect(lines.offset(at: Position(line: 0, character: behindFace)) == 5)
    #expect(lines.offset(at: Position(line: 0, character: atAccent)) == 7)
  }

  @Test func everyByteIsFoundAgain() {
    for encoding in [PositionEncoding.utf8, .utf16, .utf32] {
      let bytes = Array(PositionTests.text.utf8)
      let lines = LineTable(bytes, encoding)
      for offset in 0...bytes.count where offset == bytes.count || bytes[offset] & 0xC0 != 0x80 {
        if bytes[max(0, offset - 1)...].starts(with: [0x0D, 0x0A]) { continue }
        #expect(lines.offset(at: lines.position(at: offset)) == offset)
      }
    }
  }

  @Test func carriageReturnsEndLines() {
    let lines = LineTable(Array(PositionTests.text.utf8), .utf16)
    #expect(lines.lineCount == 4)
    #expect(lines.offset(at: Position(line: 2, character: 2)) == 18)
  }

  @Test func placesBeyondTheTextAreItsEnd() {
    let bytes = Array(PositionTests.text.utf8)
    let lines = LineTable(bytes, .utf16)
    #expect(lines.offset(at: Position(line: 99, character: 0)) == bytes.count)
    #expect(lines.offset(at: Position(line: 1, character: 99)) == 15)
  }

  @Test func halfACharacterIsItsBeginning() {
    let lines = LineTable(Array("\u{1F600}".utf8), .utf16)
    #expect(lines.offset(at: Position(line: 0, character: 1)) == 0)
  }

  @Test func aByteOrderMarkIsNoPartOfTheText() {
    let lines = LineTable([0xEF, 0xBB, 0xBF] + Array("fact".utf8), .utf16)
    #expect(lines.offset(at: Position(line: 0, character: 0)) == 3)
    #expect(lines.position(at: 4) == Position(line: 0, character: 1))
  }

  @Test(arguments: [
    ("file:///home/pat/my%20rules/a.rules", "/home/pat/my rules/a.rules"),
    ("file:///caf%C3%A9", "/café"), ("FILE://localhost/a", "/a"),
  ])
  func pathsAreReadFromURIs(_ uri: String, _ path: String) {
    #expect(FileURI.path(uri) == path)
  }

  @Test(arguments: ["untitled:Untitled-1", "http://a/b", "file:", "file:///%zz/", "file:///%"])
  func whatIsNoFileHasNoPath(_ uri: String) {
    #expect(FileURI.path(uri) == nil)
  }

  @Test func pathsBecomeURIsAndBack() {
    for path in ["/a/b.rules", "/my rules/%/é#?.rules"] {
      #expect(FileURI.path(FileURI.uri(path)) == path)
    }
  }

  @Test func changesAreMadeOneAfterTheOther() throws {
    var document = OpenDocument(uri: "file:///a", text: "one\ntwo\n", version: 1, .utf16)
    let made = document.apply(
      [
        [
          "range": [
            "start": ["line": 0, "character": 0], "end": ["line": 0, "character": 3],
          ], "text": "eins\nzwei",
        ],
        [
          "range": [
            "start": ["line": 2, "character": 3], "end": ["line": 3, "character": 0],
          ], "text": "",
        ],
      ], version: 2)
    #expect(String(decoding: document.bytes, as: UTF8.self) == "eins\nzwei\ntwo")
    #expect(made?.count == 2)
    #expect(document.version == 2)
  }

  @Test func achangeThatIsNoneLeavesTheTextAsItIs() {
    var document = OpenDocument(uri: "file:///a", text: "one", version: 1, .utf16)
    #expect(document.apply([["text": "two"], ["range": 7, "text": ""]], version: 2) == nil)
    #expect(document.bytes == Array("one".utf8))
  }
}
