import JSON
import Testing

@Suite struct `The writer` {
  @Test func `writes commas and colons, and no white space`() {
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("id")
      writer.string("m-1")
      writer.key("notes")
      writer.array { writer in
        writer.string("a")
        writer.number(2)
        writer.number(raw: "3.50")
        writer.bool(true)
        writer.bool(false)
        writer.null()
        writer.array { _ in }
        writer.object { _ in }
      }
      writer.key("last")
      writer.raw("{\"x\":1}")
    }
    #expect(
      writer.text
        == #"{"id":"m-1","notes":["a",2,3.50,true,false,null,[],{}],"last":{"x":1}}"#)
  }

  @Test func `indents by two spaces when pretty`() {
    var writer = JSONWriter(pretty: true)
    writer.beginObject()
    writer.key("a")
    writer.beginArray()
    writer.number(1)
    writer.beginObject()
    writer.key("b")
    writer.null()
    writer.endObject()
    writer.endArray()
    writer.key("empty")
    writer.array { _ in }
    writer.key("none")
    writer.object { _ in }
    writer.endObject()
    writer.newLine()
    #expect(
      writer.text == """
        {
          "a": [
            1,
            {
              "b": null
            }
          ],
          "empty": [],
          "none": {}
        }

        """)
  }

  @Test func `writes one value after another, a line each`() {
    var writer = JSONWriter()
    for number in 1...3 {
      writer.array { $0.number(number) }
      writer.newLine()
    }
    #expect(writer.text == "[1]\n[2]\n[3]\n")
    writer.bytes.removeAll(keepingCapacity: true)
    writer.string("again")
    #expect(writer.text == "\"again\"")
  }

  @Test(
    arguments: [
      ("", #""""#), ("a/b", #""a/b""#), ("\"\\", #""\"\\""#),
      ("\n\r\t\u{8}\u{c}", #""\n\r\t\b\f""#),
      ("\0\u{1}\u{b}\u{1f}", #""\u0000\u0001\u000b\u001f""#), ("\u{7f}é€😀", "\"\u{7f}é€😀\""),
      ("a\nb", #""a\nb""#), ("\u{2028}", "\"\u{2028}\""),
    ])
  func `escapes what must be, and nothing else`(text: String, json: String) throws {
    var writer = JSONWriter()
    writer.string(text)
    #expect(writer.text == json)
    #expect(try JSONReader.read(writer.bytes) == .string(text))

    var fromBytes = JSONWriter()
    Array(text.utf8).withUnsafeBytes { fromBytes.string(utf8: $0) }
    #expect(fromBytes.text == json)
  }

  @Test func `escapes names as it does strings`() {
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("a\"b\n")
      writer.raw(Array("0".utf8))
    }
    #expect(writer.text == #"{"a\"b\n":0}"#)
  }

  @Test func `takes more ends than beginnings without a trap`() {
    var writer = JSONWriter(pretty: true)
    writer.endArray()
    writer.endObject()
    writer.null()
    #expect(writer.text.hasSuffix("null"))
  }
}
