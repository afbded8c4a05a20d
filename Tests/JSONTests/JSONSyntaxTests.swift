import JSON
import Testing

func read(_ text: String) throws(JSONError) -> JSONValue {
  try JSONReader.read(Array(text.utf8))
}

func errorOfReading(_ bytes: [UInt8]) -> JSONError? {
  do throws(JSONError) {
    _ = try JSONReader.read(bytes)
    return nil
  } catch {
    return error
  }
}

@Suite struct `JSON that the standard allows` {
  @Test(
    arguments: [
      ("null", .null), ("true", .bool(true)), ("false", .bool(false)),
      (" \t\r\n1 \t\r\n", .number("1")), ("[]", .array([])), ("[ \n ]", .array([])),
      ("{}", .object([])), ("{ \t }", .object([])), ("\"\"", .string("")),
      ("[1,[2],{}]", .array([.number("1"), .array([.number("2")]), .object([])])),
      (" [ 1 , 2 ] ", .array([.number("1"), .number("2")])),
      (
        "{ \"a\" : 1 , \"b\" : { \"c\" : null } }",
        .object([
          .init(name: "a", value: .number("1")),
          .init(name: "b", value: .object([.init(name: "c", value: .null)])),
        ])
      ),
      ("{\"\":\"\"}", .object([.init(name: "", value: .string(""))])),
    ] as [(String, JSONValue)])
  func `is read as what it says`(text: String, value: JSONValue) throws {
    #expect(try read(text) == value)
  }

  @Test(arguments: [
    "0", "-0", "7", "-7", "10", "1234567890123456789012345678901234567890", "0.0", "-0.10", "1.50",
    "1e3", "1E3", "1e+3", "1e-3", "1E+03", "0e0", "0.1e-00", "123.456e789", "1e999999999",
  ])
  func `keeps numbers digit for digit`(text: String) throws {
    #expect(try read(text) == .number(text))
    #expect(try read("[\(text)]") == .array([.number(text)]))
    #expect(try read("{\"a\":\(text) }")["a"] == .number(text))
  }

  @Test(
    arguments: [
      (#""a""#, "a"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"), (#""\u0041""#, "A"),
      (#""\u00e9\u00E9""#, "éé"), (#""\u0000""#, "\0"), (#""x\u20acy""#, "x€y"),
      (#""\ud83d\ude00""#, "😀"), (#""\uD800\uDC00""#, "\u{10000}"),
      (#""\uDBFF\uDFFF""#, "\u{10FFFF}"), (#""\uFFFF\uFFFE""#, "\u{FFFF}\u{FFFE}"),
      (#""\uD7FF\uE000""#, "\u{D7FF}\u{E000}"), ("\"é€😀\"", "é€😀"), ("\"\u{7f}\"", "\u{7f}"),
      ("\"\u{2028}\u{feff}\"", "\u{2028}\u{feff}"), (#""\\u0041""#, #"\u0041"#), ("\"/\"", "/"),
      (#""e\u0301""#, "e\u{301}"), (#""ab\ncd\tef""#, "ab\ncd\tef"),
    ])
  func `has strings with every escape`(text: String, content: String) throws {
    #expect(try read(text) == .string(content))
  }

  @Test func `may nest 128 deep`() throws {
    let arrays = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
    #expect(throws: Never.self) { try read(arrays) }
    let closing = String(repeating: "}", count: 128)
    let objects = String(repeating: "{\"a\":", count: 128) + "1" + closing
    #expect(throws: Never.self) { try read(objects) }
    // What lies side by side does not nest.
    let row = "[" + String(repeating: "[{}],", count: 1_000) + "[]]"
    #expect(throws: Never.self) { try read(row) }
  }

  @Test func `has members that are found by name`() throws {
    let value = try read(#"{"a": 1, "b": 2, "e\#u{301}": 3}"#)
    #expect(value["b"] == .number("2"))
    #expect(value["c"] == nil)
    #expect(value["\u{e9}"] == nil, "composed and decomposed names differ")
    #expect(value["e\u{301}"] == .number("3"))
    #expect(try read("[1]")["a"] == nil)
  }

  @Test func `is the same only if code points are the same`() throws {
    #expect(try read(#""\u00e9""#) != read(#""e\u0301""#))
    #expect(try read("1.0") != read("1"))
    #expect(try read("[1]") != read("{}"))
  }
}

@Suite struct `Text that is no JSON` {
  @Test(arguments: [
    ("", 0), (" ", 1), ("nul", 0), ("nulll", 4), ("True", 0), ("NaN", 0), ("Infinity", 0),
    ("-Infinity", 1), ("'a'", 0), ("a", 0), ("[1] x", 4), ("1 2", 2), ("{}{}", 2), ("[]]", 2),
    ("/* */1", 0), ("1//", 1), ("\u{feff}1", 0), ("\u{a0}1", 0), ("1\u{c}", 1), ("\u{b}1", 0),
    ("01", 1), ("-01", 2), ("00", 1), ("+1", 0), ("-", 1), ("--1", 1), (".5", 0), ("1.", 2),
    ("1.e3", 2), ("-.5", 1), ("1e", 2), ("1e+", 3), ("1E-", 3), ("1e1.5", 3), ("0x10", 1),
    ("1_000", 1), ("1,000", 1), ("- 1", 1), ("1\0", 1), ("１", 0),
    ("[", 1), ("[1", 2), ("[1,", 3), ("[1,]", 3), ("[,1]", 1), ("[1 2]", 3), ("[1,,2]", 3),
    ("]", 0), ("[1}", 2), ("[\"a\":1]", 4),
    ("{", 1), ("{1:2}", 1), ("{a:1}", 1), ("{'a':1}", 1), ("{\"a\"}", 4), ("{\"a\":}", 5),
    ("{\"a\":1,}", 7), ("{,}", 1), ("{\"a\":1 \"b\":2}", 7), ("{\"a\" 1}", 5), ("{\"a\":1]", 6),
    ("{\"a\"::1}", 5), ("{\"a\":1,,\"b\":2}", 7), ("{null:1}", 1),
    ("\"", 1), ("\"a", 2), ("\"a\nb\"", 2), ("\"\t\"", 1), ("\"\0\"", 1), ("\"\u{1f}\"", 1),
    ("\"\\\"", 3), ("\"\\x41\"", 2), ("\"\\'\"", 2), ("\"\\u{41}\"", 3), ("\"\\u004\"", 6),
    ("\"\\u00g0\"", 5), ("\"\\U0041\"", 2), ("\"\\\n\"", 2), ("\"\\", 2), ("\"\\u", 3),
    ("\"\\ud800\\u12\"", 11),
  ])
  func `is refused where it goes wrong`(text: String, offset: Int) throws {
    let error = try #require(errorOfReading(Array(text.utf8)))
    #expect(error.offset == offset)
    guard case .syntax(let expected) = error.kind else {
      Issue.record("\(text) is \(error)")
      return
    }
    #expect(!expected.isEmpty)
  }

  @Test(
    arguments: [
      ("", "a value"), ("[1 2]", "a comma or \"]\""), ("{\"a\":1 2}", "a comma or \"}\""),
      ("{a:1}", "a field name in double quotes"), ("{\"a\" 1}", "a colon"), ("1.x", "a digit"),
      ("01", "no digit after a leading 0"), ("\"a", "a closing double quote"),
      ("\"\n\"", "an escape such as \\n in place of a control character"),
      ("\"\\x\"", "one of \" \\ / b f n r t u after a backslash"),
      ("\"\\u12\"", "four hexadecimal digits"), ("1 2", "the end of the text"),
    ])
  func `is refused with what was expected`(text: String, expected: String) {
    #expect(errorOfReading(Array(text.utf8))?.kind == .syntax(expected))
  }

  @Test(arguments: [
    (#""\ud800""#, 1), (#""\udc00""#, 1), (#""ab\udfff""#, 3), (#""\ud800\ud800""#, 1),
    (#""\ud800\u0041""#, 1), (#""\ud800x""#, 1), (#""\ud800\n""#, 1), (#""\udc00\ud800""#, 1),
    (#"{"\udbff":1}"#, 2), (#""\ud83d\ude00\ude00""#, 13),
  ])
  func `has a lone surrogate`(text: String, offset: Int) {
    #expect(errorOfReading(Array(text.utf8)) == JSONError(.loneSurrogate, at: offset))
  }

  @Test(arguments: ["[", "{\"a\":", "[{\"a\":"])
  func `nests too deep, however deep that is`(opening: String) throws {
    let once = opening.utf8.count { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") }
    for count in [129, 200_000] {
      let text = String(repeating: opening, count: count)
      let error = try #require(errorOfReading(Array(text.utf8)))
      #expect(error.kind == .tooDeep)
      #expect(error.offset == 128 / once * opening.utf8.count)
    }
  }

  @Test func `is what is left of JSON cut short at any byte`() {
    let whole = Array(
      #"{"id":"m-1","a":[1.5e3,-0,true,false,null,"x\n\u20ac\ud83d\ude00é"],"b":{"c":[]}}"#.utf8)
    #expect(errorOfReading(whole) == nil)
    for end in 0..<whole.count {
      #expect(errorOfReading(Array(whole[..<end])) != nil, "cut at \(end)")
    }
  }
}
