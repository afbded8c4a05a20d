import Engine
import Model
import Syntax
import Testing
import Values

/// A vocabulary with a fact of each kind, and one on a path of three steps.
let everyKind: Vocabulary = {
  var builder = PolicyBuilder()
  _ = builder.fact(
    "purpose is", .choice, values: ["SEN-tribunal", "council-tax"], path: ["message", "purpose"])
  _ = builder.fact(
    "message contains", .set, .defaulted(.set([ValueID(0)])),
    values: ["personal-data", "safeguarding"])
  _ = builder.fact("recipient has consented", .yesOrNo, .optional)
  _ = builder.fact(
    "attachment count is",
    .number(isWhole: true, unit: nil, low: Decimal6(0), high: Decimal6(200)))
  _ = builder.fact("message size is", .number(isWhole: false, unit: "MB", low: nil, high: nil))
  _ = builder.fact("deadline is", .date)
  _ = builder.fact("subject is", .text)
  _ = builder.fact("team is", .text, .optional, path: ["message", "sender", "team"])
  return builder.vocabulary
}()

func decode(_ line: String) -> Result<DecodedMessage, MessageError> {
  Array(line.utf8).withUnsafeBytes { MessageDecoder(everyKind).decode($0) }
}

@Suite struct `A message` {
  @Test func `gives each fact its value`() throws {
    let message = try decode(
      """
      {"message":{"purpose":"council-tax","sender":{"team":"Benefits"},"more":1},"on":"2026-02-28",\
      "message_contains":["safeguarding","safeguarding"],"recipient_has_consented":false,\
      "attachment_count":3.0,"message_size":1e-6,"deadline":"2028-02-29","subject":"","id":"m\\u0041",\
      "sent":"send plain","x":{"y":1}}
      """
    ).get()
    #expect(
      message.values == [
        .value(.choice(ValueID(1))), .value(.set([ValueID(1)])), .value(.flag(false)),
        .value(.number(Decimal6(3))),
        .value(.number(try #require(Decimal6(millionths: 1)))), .value(.day(day(2028, 2, 29))),
        .value(.text("")), .value(.text("Benefits")),
      ])
    #expect(message.id == #""mA""#)
    #expect(message.day == day(2026, 2, 28))
    #expect(message.ignoredFieldCount == 2)
  }

  @Test func `lacks what it does not say`() throws {
    let nothing: [FactState] = [
      .missing, .value(.set([ValueID(0)])), .absent, .missing, .missing, .missing, .missing,
      .absent,
    ]
    for line in [
      "{}", #"{"message":null,"id":null,"on":null,"unknown":null,"subject":null}"#,
      #"{"message":{"purpose":null,"sender":null},"unknown":[]}"#, #"{"message":{"sender":{}}}"#,
    ] {
      let message = try decode(line).get()
      #expect(message.values == nothing)
      #expect(message.id == nil && message.day == nil && message.ignoredFieldCount == 0)
      #expect(message.message(today: day(2026, 3, 2)).today == day(2026, 3, 2))
    }
  }

  @Test func `may say what could not be looked up, whatever the declaration says`() throws {
    let message = try decode(
      """
      {"message_contains":null,"unknown":["message_contains","recipient_has_consented",\
      "message.sender.team","message.sender.team"]}
      """
    ).get()
    #expect(message.values == Array(repeating: .missing, count: 8))
  }

  @Test(arguments: [
    ("-0", "-0"), ("1e400", "1e400"), ("12345678901234567890.10", "12345678901234567890.10"),
    (#""é\n""#, #""é\n""#), (#""\u00e9""#, #""é""#),
  ])
  func `keeps its id`(written: String, id: String) throws {
    #expect(try decode(#"{"id":\#(written)}"#).get().id == id)
  }

  @Test(arguments: [
    (#""personal-data""#, [0]), ("[]", []), (#"["safeguarding","personal-data"]"#, [0, 1]),
  ])
  func `may give one value of a set by itself`(written: String, values: [Int]) throws {
    let message = try decode(#"{"message_contains":\#(written)}"#).get()
    #expect(message.values[1] == .value(.set(Set(values.map { ValueID($0) }))))
  }

  @Test(arguments: [
    ("1e12", 1_000_000_000_000_000_000), ("-1000000000000.0", -1_000_000_000_000_000_000),
    ("0.1000000", 100_000),
  ])
  func `has exact numbers`(written: String, millionths: Int64) throws {
    let message = try decode(#"{"message_size":\#(written)}"#).get()
    #expect(message.values[4] == .value(.number(try #require(Decimal6(millionths: millionths)))))
  }

  @Test(arguments: ["1900-01-01", "9999-12-31"])
  func `has dates from 1900 on`(written: String) throws {
    _ = try decode(#"{"deadline":"\#(written)"}"#).get()
  }

  @Test(arguments: ["2000-01-01", "2099-12-31"])
  func `is decided on a day for which the policy was proved`(written: String) throws {
    #expect(try decode(#"{"on":"\#(written)"}"#).get().day?.description == written)
  }

  @Test func `may have fields whose names only look alike`() throws {
    // The first é is one character, the second an e with an accent.
    var builder = PolicyBuilder()
    _ = builder.fact("caf\u{e9} is", .choice, .optional, values: ["\u{e9}"])
    let decoder = MessageDecoder(builder.vocabulary)
    func decode(_ line: String) -> Result<DecodedMessage, MessageError> {
      Array(line.utf8).withUnsafeBytes { decoder.decode($0) }
    }
    let message = try decode("{\"cafe\u{301}\":\"x\"}").get()
    #expect(message.values == [.absent] && message.ignoredFieldCount == 1)
    #expect(throws: MessageError.self) { try decode("{\"caf\u{e9}\":\"e\u{301}\"}").get() }
  }
}

@Suite struct `A vocabulary whose paths lie on each other` {
  @Test func `still reads what it can`() throws {
    // The checker refuses it; nothing goes wrong all the same.
    var builder = PolicyBuilder()
    _ = builder.fact("a is", .text, .optional, path: ["a"])
    _ = builder.fact("b is", .text, .optional, path: ["a", "b"])
    _ = builder.fact("c is", .text, .optional, path: ["a"])
    _ = builder.fact("d is", .text, .optional, path: [])
    let decoder = MessageDecoder(builder.vocabulary)
    let message = Array(#"{"a":"x"}"#.utf8).withUnsafeBytes { decoder.decode($0) }
    let error = #expect(throws: MessageError.self) { try message.get() }
    #expect(error?.code == .wrongType && error?.field == "a")
  }
}
