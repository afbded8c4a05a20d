import Engine
import Model
import Testing

/// A line that is rejected, and what is said of it.
struct Rejection: CustomTestStringConvertible {
  let line: String
  let code: MessageError.Code
  let field: String?
  let message: String

  init(_ line: String, _ code: MessageError.Code, _ field: String?, _ message: String) {
    self.line = line
    self.code = code
    self.field = field
    self.message = message
  }

  var testDescription: String { line }
}

private let grammar = [
  Rejection(
    "", .badJSON, nil, "the line is not JSON: expected a value at its byte 1"),
  Rejection(
    #"{"id":1"#, .badJSON, nil, #"the line is not JSON: expected a comma or "}" at its byte 8"#),
  Rejection(
    "[]", .badJSON, nil, "the line is JSON, but a message is an object: `{…}`"),
  Rejection(
    #"{"subject":"\ud800"}"#, .badJSON, nil,
    "the line is not JSON: an escape \\uD800 to \\uDFFF stands for no character on its own at its byte 13"
  ),
  Rejection(
    #"{"x":"# + String(repeating: "[", count: 128), .badJSON, nil,
    "the line is not JSON: arrays and objects nest more than 128 deep at its byte 133"),
  Rejection(
    #"{"x":{"y":1,"y":2}}"#, .duplicateField, "y",
    "the field `y` stands twice in one object, the second time at byte 13"),
]

private let ownFields = [
  Rejection(#"{"id":true}"#, .wrongType, "id", "`id` is true; it takes a text or a number"),
  Rejection(
    #"{"on":20260101}"#, .wrongType, "on",
    "`on` is the number 20260101; it takes a day, written as `2026-05-31`"),
  Rejection(
    #"{"on":"2026-02-29"}"#, .badValue, "on",
    "`on` is the text `2026-02-29`; it takes a day that exists, written as `2026-05-31`"),
  Rejection(
    #"{"on":"1999-12-31"}"#, .badValue, "on",
    "`on` is the text `1999-12-31`; it takes days from 2000-01-01 to 2099-12-31"),
  Rejection(
    #"{"on":"2100-01-01"}"#, .badValue, "on",
    "`on` is the text `2100-01-01`; it takes days from 2000-01-01 to 2099-12-31"),
  Rejection(
    #"{"unknown":"subject"}"#, .wrongType, "unknown",
    "`unknown` is the text `subject`; it takes an array of field names"),
  Rejection(
    #"{"unknown":["x",null]}"#, .wrongType, "unknown",
    "`unknown` holds null; it takes field names alone"),
  Rejection(
    #"{"unknown":["subjct"]}"#, .badValue, "unknown",
    "`unknown` names `subjct`, from which the policy reads no fact; did you mean `subject`?"),
  Rejection(
    #"{"unknown":["message"]}"#, .badValue, "unknown",
    "`unknown` names `message`, from which the policy reads no fact; there are `message.purpose`, "
      + "`message_contains`, `recipient_has_consented`, `attachment_count`, `message_size`, "
      + "`deadline`, `subject`, `message.sender.team`"),
  Rejection(
    #"{"unknown":["subject"],"subject":"x"}"#, .badValue, "unknown",
    "`unknown` names `subject`, but the message has a value for it"),
]

private let facts = [
  Rejection(
    #"{"message":7}"#, .wrongType, "message",
    "`message` is the number 7; it takes an object that holds `message.purpose`"),
  Rejection(
    #"{"message":{"purpose":"council-tax","sender":"x"}}"#, .wrongType, "message.sender",
    "`message.sender` is the text `x`; it takes an object that holds `message.sender.team`"),
  Rejection(
    #"{"message":"","unknown":["message.purpose"]}"#, .wrongType, "message",
    "`message` is an empty text; it takes an object that holds `message.purpose`"),
  Rejection(
    #"{"message":{"purpose":"sen-tribunal"}}"#, .badValue, "message.purpose",
    "`message.purpose` is the text `sen-tribunal`, which is none of its values; did you mean "
      + "`SEN-tribunal`?"),
  Rejection(
    #"{"message":{"purpose":"parking"}}"#, .badValue, "message.purpose",
    "`message.purpose` is the text `parking`, which is none of its values; there are "
      + "`SEN-tribunal`, `council-tax`"),
  Rejection(
    #"{"message":{"purpose":["council-tax"]}}"#, .wrongType, "message.purpose",
    "`message.purpose` is an array; it takes a text: `SEN-tribunal`, `council-tax`"),
  Rejection(
    #"{"message_contains":["safeguarding",null]}"#, .wrongType, "message_contains",
    "`message_contains` holds null; it takes an array of texts: `personal-data`, `safeguarding`"),
  Rejection(
    #"{"message_contains":["safeguardin"]}"#, .badValue, "message_contains",
    "`message_contains` holds the text `safeguardin`, which is none of its values; did you mean "
      + "`safeguarding`?"),
  Rejection(
    #"{"message_contains":true}"#, .wrongType, "message_contains",
    "`message_contains` is true; it takes an array of texts: `personal-data`, `safeguarding`"),
  Rejection(
    #"{"recipient_has_consented":"yes"}"#, .wrongType, "recipient_has_consented",
    "`recipient_has_consented` is the text `yes`; it takes true or false"),
  Rejection(
    #"{"attachment_count":3.5}"#, .badValue, "attachment_count",
    "`attachment_count` is the number 3.5; it takes a whole number from 0 to 200"),
  Rejection(
    #"{"attachment_count":-1}"#, .badValue, "attachment_count",
    "`attachment_count` is the number -1; it takes a whole number from 0 to 200"),
  Rejection(
    #"{"attachment_count":201}"#, .badValue, "attachment_count",
    "`attachment_count` is the number 201; it takes a whole number from 0 to 200"),
  Rejection(
    #"{"attachment_count":"3"}"#, .wrongType, "attachment_count",
    "`attachment_count` is the text `3`; it takes a whole number from 0 to 200"),
  Rejection(
    #"{"message_size":1e-7}"#, .badValue, "message_size",
    "`message_size` is the number 1e-7; it takes numbers with at most six decimals"),
  Rejection(
    #"{"message_size":1000000000000.000001}"#, .badValue, "message_size",
    "`message_size` is the number 1000000000000.000001; it takes numbers up to 1000000000000"),
  Rejection(
    #"{"message_size":{}}"#, .wrongType, "message_size",
    "`message_size` is an object; it takes a number of MB"),
  Rejection(
    #"{"deadline":"2026-2-9"}"#, .badValue, "deadline",
    "`deadline` is the text `2026-2-9`; it takes a day from 1900 on that exists, written as "
      + "`2026-05-31`"),
  Rejection(
    #"{"deadline":"1899-12-31"}"#, .badValue, "deadline",
    "`deadline` is the text `1899-12-31`; it takes a day from 1900 on that exists, written as "
      + "`2026-05-31`"),
  Rejection(
    #"{"subject":[]}"#, .wrongType, "subject", "`subject` is an empty array; it takes a text"),
]

@Suite struct `A message is rejected` {
  @Test(arguments: grammar + ownFields + facts)
  func `with what is wrong, where, and what would be right`(row: Rejection) throws {
    let error = try #require(throws: MessageError.self) { try decode(row.line).get() }
    #expect(error.code == row.code)
    #expect(error.field == row.field)
    #expect(error.message == row.message)
  }

  @Test func `if it is not UTF-8`() throws {
    let bytes = Array(#"{"subject":""#.utf8) + [0x92] + Array(#""}"#.utf8)
    let result = bytes.withUnsafeBytes { MessageDecoder(everyKind).decode($0) }
    let error = try #require(throws: MessageError.self) { try result.get() }
    #expect(error == MessageError(.encoding, "the line is not UTF-8 text from its byte 13 on"))
  }

  @Test func `if it is longer than 1 MiB, whatever it holds`() throws {
    let frame = #"{"subject":""}"#
    let longest = 1_048_576
    func result(_ length: Int) -> Result<DecodedMessage, MessageError> {
      let filler = String(repeating: "x", count: length - frame.utf8.count)
      return decode(#"{"subject":"\#(filler)"}"#)
    }
    _ = try result(longest).get()
    let error = try #require(throws: MessageError.self) { try result(longest + 1).get() }
    #expect(
      error
        == MessageError(
          .tooLong, "the line is longer than 1048576 bytes, the most that a message may have"))
  }

  @Test func `and long texts are cut short in the error`() throws {
    let long = String(repeating: "é", count: 500)
    let error = try #require(throws: MessageError.self) {
      try decode(#"{"message":{"purpose":"\#(long)"}}"#).get()
    }
    #expect(error.message.utf8.count < 300)
    #expect(error.message.contains("éé…`"))
  }

  @Test func `with its id as soon as that has been read`() throws {
    for line in [
      #"{"id":"m","on":1}"#, #"{"id":"m","unknown":1}"#, #"{"subject":1,"id":"m"}"#,
    ] {
      let error = try #require(throws: MessageError.self) { try decode(line).get() }
      #expect(error.id == #""m""#)
    }
    let error = try #require(throws: MessageError.self) { try decode(#"{"id":"m","id":1}"#).get() }
    #expect(error.id == nil)
  }
}

@Suite struct `Of several errors of a message` {
  /// Each line has the error of its row and all errors of the rows after it.
  static let rows: [(String, MessageError.Code, String?)] = [
    (#"{"x":1,"x":2,"id":[],"on":1,"unknown":1,"message":1,"subject":1"#, .badJSON, nil),
    (
      #"{"x":1,"x":2,"id":[],"on":1,"unknown":1,"message":1,"subject":1}"#, .duplicateField, "x"
    ),
    (#"{"id":[],"on":1,"unknown":1,"message":1,"subject":1}"#, .wrongType, "id"),
    (#"{"on":1,"unknown":1,"message":1,"subject":1}"#, .wrongType, "on"),
    (#"{"unknown":["x",1],"message":1,"subject":1}"#, .wrongType, "unknown"),
    (#"{"unknown":["x","y"],"message":1,"subject":1}"#, .badValue, "unknown"),
    (#"{"subject":1,"deadline":1,"message":1}"#, .wrongType, "message"),
    (#"{"subject":1,"deadline":1}"#, .wrongType, "deadline"),
    (#"{"message":{"sender":1,"purpose":"x"}}"#, .badValue, "message.purpose"),
  ]

  @Test(arguments: rows.indices)
  func `the first in the order of reading is reported`(row: Int) throws {
    let (line, code, field) = Self.rows[row]
    let error = try #require(throws: MessageError.self) { try decode(line).get() }
    #expect(error.code == code)
    #expect(error.field == field)
  }
}
