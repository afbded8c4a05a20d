import JSON
import Testing

/// What editors send is read, even where it is not quite JSON.
@Suite struct JSONLenienceTests {
  private func read(_ text: String) throws -> JSONValue {
    try JSONReader.readLeniently(Array(text.utf8)[...])
  }

  @Test(arguments: [
    (#""\ud83d""#, "\u{FFFD}"), (#""\ude00a""#, "\u{FFFD}a"), (#""\ud83d\u0041""#, "\u{FFFD}A"),
    (#""\ud83d\n""#, "\u{FFFD}\n"), (#""\ud83d\ude00""#, "\u{1F600}"),
  ])
  func aLoneSurrogateIsReplaced(_ text: String, _ expected: String) throws {
    #expect(try read(text) == .string(expected))
  }

  @Test func aNameThatComesTwiceIsLetPass() throws {
    #expect(try read(#"{"a":1,"a":2}"#)["a"] == 1)
  }

  @Test func everythingElseIsAsStrictAsEver() {
    for text in ["", "{", "[1,]", "nul", "\"\u{1}\"", #""\x""#, #""\ud8""#] {
      #expect(throws: JSONError.self) { try read(text) }
    }
  }

  @Test func valuesAreWrittenDownAsTheyAreInJSON() {
    let value: JSONValue = ["a": [1, true, nil, "x"], "b": ["c": 2]]
    #expect(value[path: "b", "c"]?.whole == 2)
    #expect(value["a"]?.elements?.count == 4)
    #expect(value[path: "a", "c"] == nil)
  }
}
