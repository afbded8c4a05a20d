import JSON
import Testing
import TestSupport

@Suite struct `Bytes that are not UTF-8` {
  @Test(
    arguments: [
      ([0x80], 0), ([0xbf], 0), ([0xc0, 0x80], 0), ([0xc1, 0xbf], 0), ([0xc2], 0),
      ([0xc2, 0x41], 0), ([0xe0, 0x9f, 0xbf], 0), ([0xe0, 0xa0], 0), ([0xe2, 0x82, 0x41], 0),
      ([0xed, 0xa0, 0x80], 0), ([0xed, 0xbf, 0xbf], 0), ([0xf0, 0x8f, 0xbf, 0xbf], 0),
      ([0xf4, 0x90, 0x80, 0x80], 0), ([0xf5, 0x80, 0x80, 0x80], 0), ([0xfe], 0), ([0xff], 0),
      ([0xf0, 0x9f, 0x98], 0), ([0xf0, 0x9f, 0x98, 0x41], 0), ([0x41, 0xe9, 0x41], 1),
      ([0xc3, 0xa9, 0xc3], 2), ([0xe2, 0x82, 0xac, 0x80], 3),
      ([0x41, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41, 0x41, 0xff], 9),
    ] as [([UInt8], Int)])
  func `are refused at the first wrong byte`(wrong: [UInt8], offset: Int) {
    let quote = [UInt8(ascii: "\"")]
    #expect(errorOfReading(quote + wrong + quote) == JSONError(.encoding, at: offset + 1))
    #expect(errorOfReading(wrong) == JSONError(.encoding, at: offset))
  }

  @Test func `are told apart as Swift tells them`() {
    var random = SeededRandom(state: 5)
    let telling: [UInt8] = [
      0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed,
      0xee, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff,
    ]
    for _ in 0..<20_000 {
      let length = Int.random(in: 0...12, using: &random)
      let bytes = (0..<length).map { _ in telling.randomElement(using: &random) ?? 0 }
      let found = bytes.withUnsafeBytes { UTF8Check.firstError(in: $0) }
      #expect((found == nil) == (String(validating: bytes, as: UTF8.self) != nil), "\(bytes)")
    }
  }
}

@Suite struct `Of several faults` {
  @Test func `bad UTF-8 comes first`() {
    let text = Array(#"{"a":1,"a":[}"#.utf8)
    #expect(errorOfReading(text + [0xff]) == JSONError(.encoding, at: text.count))
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 500)
    #expect(errorOfReading(deep + [0xc3]) == JSONError(.encoding, at: 500))
  }

  @Test(arguments: [
    #"{"a":1,"a":2"#, #"{"a":1,"a":2} x"#, #"{"a":1,"a":01}"#, #"[{"a":1,"a":2},]"#,
  ])
  func `grammar comes before names that come twice`(text: String) throws {
    let error = try #require(errorOfReading(Array(text.utf8)))
    guard case .syntax = error.kind else {
      Issue.record("\(text) is \(error)")
      return
    }
  }

  @Test func `lone surrogates and nesting come before names that come twice`() {
    let surrogate = Array(#"{"a":1,"a":"\ud800"}"#.utf8)
    #expect(errorOfReading(surrogate) == JSONError(.loneSurrogate, at: 12))
    let deep = #"{"a":1,"a":"# + String(repeating: "[", count: 128)
    #expect(errorOfReading(Array(deep.utf8))?.kind == .tooDeep)
  }

  @Test func `not being an object comes before names that come twice`() throws {
    #expect(throws: JSONError(.notAnObject, at: 1)) {
      try JSONReader.readObject(Array(#" [{"a":1,"a":2}]"#.utf8))
    }
    #expect(throws: JSONError(.notAnObject, at: 0)) { try JSONReader.readObject(Array("1".utf8)) }
    #expect(throws: JSONError(.duplicateField("a"), at: 7)) {
      try JSONReader.readObject(Array(#"{"a":1,"a":2}"#.utf8))
    }
    #expect(throws: JSONError(.syntax("a value"), at: 1)) {
      try JSONReader.readObject(Array("[".utf8))
    }
    #expect(try JSONReader.readObject(Array(#"{"a":1}"#.utf8)).map(\.name) == ["a"])
  }
}

@Suite struct `Names that come twice in an object` {
  @Test(
    arguments: [
      (#"{"a":1,"a":1}"#, "a", 7), (#"{"a":1,"b":{"c":1,"c":2},"a":3}"#, "c", 18),
      (#"{"a":1,"a":{"c":1,"c":2}}"#, "a", 7), (#"[{"a":1},{"a":1,"\u0061":2}]"#, "a", 16),
      (#"{"":1,"":1}"#, "", 6), (#"{"a":{"x":1,"x":2},"b":1,"b":2}"#, "x", 12),
      (#"{"a\/":1,"a/":1}"#, "a/", 9),
    ])
  func `are refused, the first in the text first`(text: String, name: String, offset: Int) {
    #expect(errorOfReading(Array(text.utf8)) == JSONError(.duplicateField(name), at: offset))
  }

  @Test(arguments: [
    #"{"a":1,"A":1}"#, #"{"a":{"a":{"a":1}}}"#, #"[{"a":1},{"a":1}]"#, #"{"\u00e9":1,"e\u0301":2}"#,
    #"{"a":1,"a ":1}"#,
  ])
  func `are not those that only look alike`(text: String) {
    #expect(errorOfReading(Array(text.utf8)) == nil)
  }

  @Test(arguments: 1...20)
  func `are found among few members and many`(count: Int) {
    let members = (0..<count).map { "\"n\($0)\":\($0)" }
    for repeated in 0..<count {
      let text = "{" + members.joined(separator: ",") + ",\"n\(repeated)\":0}"
      #expect(errorOfReading(Array(text.utf8))?.kind == .duplicateField("n\(repeated)"))
    }
    #expect(errorOfReading(Array("{\(members.joined(separator: ","))}".utf8)) == nil)
  }

  @Test func `are looked for in linear time`() {
    let members = (0..<100_000).map { "\"\($0)\":0" }.joined(separator: ",")
    #expect(errorOfReading(Array("{\(members)}".utf8)) == nil)
    let text = Array("{\(members),\"77\":1}".utf8)
    #expect(errorOfReading(text)?.kind == .duplicateField("77"))
  }
}
