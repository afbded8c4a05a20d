import Findings
import JSON
import Model
import Reports
import Syntax
import Testing
import Values

@Suite struct `The schema of a message` {
  private func fact(
    _ index: Int, _ phrase: String, _ kind: Fact.Kind, _ presence: Fact.Presence = .required,
    values: [String] = [], path: String
  ) -> Fact {
    Fact(
      id: FactID(index), phrase: phrase, negative: nil, kind: kind, presence: presence,
      values: values, path: path.split(separator: ".").map(String.init),
      span: Span(file: FileID(0), start: 0, end: 0))
  }

  private func schema(_ facts: [Fact]) throws -> JSONValue {
    var vocabulary = Vocabulary()
    vocabulary.facts = facts
    return try JSONReader.read(Array(MessageSchema(vocabulary).text.utf8))
  }

  private func json(_ text: String) throws -> JSONValue {
    try JSONReader.read(Array(text.utf8))
  }

  @Test func `describes every kind of fact`() throws {
    let low = Decimal6(0)
    let schema = try schema([
      fact(0, "purpose is", .choice, values: ["SEN-tribunal", "é"], path: "message.purpose"),
      fact(
        1, "message contains", .set, .defaulted(.set([ValueID(0)])), values: ["a", "b"],
        path: "message.contains"),
      fact(2, "recipient has died", .yesOrNo, .optional, path: "died"),
      fact(
        3, "size is", .number(isWhole: false, unit: "MB", low: low, high: nil),
        .defaulted(.number(Decimal6(1))), path: "size"),
      fact(4, "count is", .number(isWhole: true, unit: nil, low: nil, high: low), path: "count"),
      fact(5, "deadline is", .date, .optional, path: "deadline"),
      fact(6, "address is", .text, path: "address"),
    ])
    #expect(schema["$schema"] == .string("https://json-schema.org/draft/2020-12/schema"))
    let properties = try #require(schema["properties"])
    let message = try #require(properties["message"])
    #expect(
      try message
        == json(
          """
          {"type": ["object", "null"], "properties": {
            "purpose": {
              "description": "purpose is (must be known wherever it matters)",
              "enum": ["SEN-tribunal", "é", null]},
            "contains": {
              "description": "message contains (if left out: a)", "default": ["a"],
              "anyOf": [
                {"enum": ["a", "b", null]}, {"type": "array", "items": {"enum": ["a", "b"]}}]}}}
          """))
    #expect(
      try properties["died"]
        == json(
          """
          {"description": "recipient has died (left out if nothing is recorded)",
           "type": ["boolean", "null"]}
          """))
    #expect(
      try properties["size"]
        == json(
          """
          {"description": "size is (in MB; if left out: 1)", "default": 1,
           "type": ["number", "null"], "minimum": 0, "maximum": 1000000000000}
          """))
    #expect(properties["count"]?["type"] == .array([.string("integer"), .string("null")]))
    #expect(properties["count"]?["minimum"] == .number("-1000000000000"))
    #expect(properties["count"]?["maximum"] == .number("0"))
    #expect(properties["deadline"]?["format"] == .string("date"))
    #expect(properties["address"]?["type"] == .array([.string("string"), .string("null")]))
  }

  @Test func `knows the message's own fields`() throws {
    let schema = try schema([fact(0, "purpose is", .text, path: "message.purpose")])
    let properties = try #require(schema["properties"])
    #expect(properties["unknown"]?["items"]?["enum"] == .array([.string("message.purpose")]))
    #expect(properties["on"]?["format"] == .string("date"))
    #expect(
      properties["id"]?["type"] == .array([.string("string"), .string("number"), .string("null")]))
  }

  @Test func `is there also for a policy without facts`() throws {
    #expect(try schema([])["properties"]?["unknown"]?["items"]?["type"] == .string("string"))
  }
}
