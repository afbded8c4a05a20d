import Engine
import Model
import Reports
import Syntax
import TestSupport
import Testing
import Values

/// Tribunal families get plain mail with a note; mail with safeguarding information is held.
private struct Tribunal {
  var builder = PolicyBuilder()
  let plain: OutcomeID
  let encrypted: OutcomeID

  init() {
    let prefers = builder.fact("recipient prefers", .choice, values: ["plain", "encrypted"])
    let contains = builder.fact(
      "message contains", .set, .defaulted(.set([])), values: ["personal", "child", "health"])
    let deadline = builder.fact("deadline is", .date, .optional, path: ["message", "deadline"])
    plain = builder.outcome("send plain")
    encrypted = builder.outcome("send encrypted")
    let hold = builder.outcome("hold \"for review\"")
    let note = builder.note(
      "consent note",
      [.text("You prefer "), .fact(prefers), .text("; we send "), .fact(contains), .text(".")])
    let banner = builder.note("deadline banner", [.text("By "), .fact(deadline)])
    let silent = builder.note("silent note")
    builder.otherwise = builder.standard("otherwise send encrypted", encrypted)
    let prefersPlain = builder.test("recipient prefers plain", prefers, .isOneOf([ValueID(0)]))
    builder.rule("Plain for families", if: prefersPlain, then: plain, with: [note, silent])
    let hasDeadline = builder.test("deadline is recorded", deadline, .isRecorded)
    builder.rule(nil, .note, if: hasDeadline, with: [banner])
    let holdsChild = builder.test("message contains child", contains, .holdsAny([ValueID(1)]))
    builder.rule("Child data is held", .guard, if: holdsChild, then: hold)
    builder.whenUnsure = builder.standard("when unsure hold", hold, with: [banner])
  }
}

private func records(
  of lines: [String], _ policy: Policy, _ options: DecisionStream.Options = .init(),
  counts expected: [Int]
) -> String {
  let stream = DecisionStream(policy, options: options, defaultDay: day(2026, 3, 2))
  var output: [UInt8] = []
  for (index, line) in lines.enumerated() {
    output += stream.record(of: Array(line.utf8), number: index + 1)
  }
  let counts = stream.counts
  #expect([counts.decided, counts.rejected, counts.unsure, counts.ignoredFields] == expected)
  return String(decoding: output, as: UTF8.self)
}

@Suite struct `A record` {
  @Test func `says what was decided, by whom, and under which policy`() {
    let output = records(
      of: [
        #"{"id":"m-1","recipient_prefers":"plain"}"#,
        #"{"recipient_prefers":"encrypted","id":1.50,"colour":"red"}"#,
        #"{"id":null,"recipient_prefers":"plain","message":{"deadline":"2026-05-03"}}"#,
        #"{"recipient_prefers":"plain","message_contains":"child"}"#,
        #"{"id":"m-5"}"#,
      ], Tribunal().builder.policy, counts: [5, 0, 1, 1])
    #expect(
      output == """
        {"id":"m-1","outcome":"send plain","notes":["consent note","silent note"],"sure":true,\
        "rules":["Plain for families"],"policy":"5e9d"}
        {"id":1.50,"outcome":"send encrypted","notes":[],"sure":true,"rules":["otherwise"],\
        "policy":"5e9d"}
        {"outcome":"send plain","notes":["consent note","deadline banner","silent note"],"sure":true,\
        "rules":["Plain for families","a.rules:14"],"policy":"5e9d"}
        {"outcome":"hold \\"for review\\"","notes":[],"sure":true,\
        "rules":["Plain for families","Child data is held"],"policy":"5e9d"}
        {"id":"m-5","outcome":"hold \\"for review\\"","notes":["deadline banner"],"sure":false,\
        "missing":["recipient_prefers"],"rules":["Plain for families"],"policy":"5e9d"}

        """)
  }

  @Test func `says why a line is rejected, and blank lines have none`() {
    let output = records(
      of: [
        "\u{feff}{\"id\":7,\"recipient_prefers\":\"Plain\"}", "", " \t\r", "{",
        #"{"id":[],"recipient_prefers":"plain"}"#,
        "{\"recipient_prefers\":\"plain\"}\r",
      ], Tribunal().builder.policy, counts: [1, 3, 0, 0])
    #expect(
      output == """
        {"id":7,"line":1,"error":{"code":"bad-value","field":"recipient_prefers","message":\
        "`recipient_prefers` is the text `Plain`, which is none of its values; did you mean \
        `plain`?"}}
        {"line":4,"error":{"code":"bad-json","message":\
        "the line is not JSON: expected a field name in double quotes at its byte 2"}}
        {"line":5,"error":{"code":"wrong-type","field":"id","message":\
        "`id` is an empty array; it takes a text or a number"}}
        {"outcome":"send plain","notes":["consent note","silent note"],"sure":true,\
        "rules":["Plain for families"],"policy":"5e9d"}

        """)
  }

  @Test func `says which rules disagree, or that none decides`() {
    var tribunal = Tribunal()
    tribunal.builder.rule("Encrypt", if: .always, then: tribunal.encrypted)
    let conflict = records(
      of: [#"{"id":"m","recipient_prefers":"plain"}"#], tribunal.builder.policy,
      counts: [0, 1, 0, 0])
    #expect(
      conflict == """
        {"id":"m","line":1,"error":{"code":"conflict","message":\
        "these rules apply, do not agree, and none overrides the other: \
        `Plain for families` (send plain) and `Encrypt` (send encrypted)",\
        "rules":["Plain for families","Encrypt"]}}

        """)
    tribunal = Tribunal()
    tribunal.builder.otherwise = nil
    let gap = records(
      of: [#"{"recipient_prefers":"encrypted"}"#], tribunal.builder.policy, counts: [0, 1, 0, 0])
    #expect(
      gap == """
        {"line":1,"error":{"code":"gap","message":\
        "no rule decides this message, and no `otherwise` or `when unsure` does","rules":[]}}

        """)
  }

  @Test func `may hold the notes' texts, with their facts filled in`() {
    let output = records(
      of: [
        #"{"recipient_prefers":"plain","message_contains":["health","personal"]}"#,
        #"{"recipient_prefers":"plain","message_contains":[],"message":{"deadline":"2026-05-03"}}"#,
        #"{"message_contains":["personal"]}"#,
        #"{"recipient_prefers":"plain","unknown":["message_contains"]}"#,
      ], Tribunal().builder.policy, .init(texts: true), counts: [4, 0, 2, 0])
    #expect(
      output == """
        {"outcome":"send plain","notes":["consent note","silent note"],"sure":true,\
        "rules":["Plain for families"],\
        "texts":["You prefer plain; we send personal and health.",""],"policy":"5e9d"}
        {"outcome":"send plain","notes":["consent note","deadline banner","silent note"],"sure":true,\
        "rules":["Plain for families","a.rules:14"],\
        "texts":["You prefer plain; we send nothing.","By 3 May 2026",""],"policy":"5e9d"}
        {"outcome":"hold \\"for review\\"","notes":["deadline banner"],"sure":false,\
        "missing":["recipient_prefers"],"rules":["Plain for families"],\
        "texts":["By not recorded"],"policy":"5e9d"}
        {"outcome":"hold \\"for review\\"","notes":["deadline banner"],"sure":false,\
        "missing":["message_contains"],"rules":["Child data is held"],\
        "texts":["By not recorded"],"policy":"5e9d"}

        """)
  }

  @Test func `may hold an explanation`() {
    let options = DecisionStream.Options(explain: { $0.write(to: &$1) })
    let output = records(
      of: [#"{"recipient_prefers":"encrypted"}"#], Tribunal().builder.policy, options,
      counts: [1, 0, 0, 0])
    #expect(output.contains(#""rules":["otherwise"],"explanation":{"on":"2026-03-02","#))
    #expect(output.hasSuffix("]},\"policy\":\"5e9d\"}\n"))
  }

  @Test func `is made on the message's own day, or else on the given one`() {
    var tribunal = Tribunal()
    tribunal.builder.rule(
      "Spring", .guard, if: .always, then: tribunal.encrypted, from: day(2026, 3, 2),
      until: day(2026, 3, 2))
    let output = records(
      of: [#"{"recipient_prefers":"plain"}"#, #"{"recipient_prefers":"plain","on":"2026-03-03"}"#],
      tribunal.builder.policy, counts: [2, 0, 0, 0])
    #expect(output.contains(#""outcome":"send encrypted""#))
    #expect(output.contains(#""outcome":"send plain""#))
  }
}

@Suite struct `Decided for each element` {
  private func each(_ lines: [String], counts: [Int]) -> String {
    records(of: lines, Tribunal().builder.policy, .init(each: "to"), counts: counts)
  }

  @Test func `the element's fields are laid over the message's own`() {
    let output = each(
      [
        """
        {"recipient_prefers":"plain","colour":1,"to":[{},{"id":"b","recipient_prefers":"encrypted"},\
        {"recipient_prefers":null,"unknown":["message_contains"],"size":2}],"id":"m-1",\
        "unknown":["message.deadline"]}
        """
      ], counts: [3, 0, 3, 2])
    #expect(
      output == """
        {"id":"m-1","decisions":[{"outcome":"hold \\"for review\\"","notes":["deadline banner"],\
        "sure":false,"missing":["message.deadline"],"rules":["a.rules:14"]},\
        {"id":"b","outcome":"hold \\"for review\\"","notes":["deadline banner"],"sure":false,\
        "missing":["message.deadline"],"rules":["a.rules:14"]},\
        {"outcome":"hold \\"for review\\"","notes":["deadline banner"],"sure":false,\
        "missing":["recipient_prefers","message_contains"],\
        "rules":["Plain for families","Child data is held"]}],"policy":"5e9d"}

        """)
  }

  @Test func `an element that cannot be decided has its error in its place`() {
    let output = each(
      [#"{"to":[7,{"id":2,"recipient_prefers":1},{"recipient_prefers":"encrypted"}]}"#],
      counts: [1, 2, 0, 0])
    #expect(
      output == """
        {"decisions":[{"error":{"code":"wrong-type","field":"to","message":\
        "element 1 of `to` is the number 7; it takes objects"}},\
        {"id":2,"error":{"code":"wrong-type","field":"recipient_prefers","message":\
        "`recipient_prefers` is the number 1; it takes a text: `plain`, `encrypted`"}},\
        {"outcome":"send encrypted","notes":[],"sure":true,"rules":["otherwise"]}],\
        "policy":"5e9d"}

        """)
  }

  @Test func `a message without the array is rejected, one with an empty array is not`() {
    let output = each(
      [#"{"id":1}"#, #"{"to":{}}"#, #"{"to":[]}"#, #"{"id":true,"to":1}"#], counts: [0, 3, 0, 0])
    #expect(
      output == """
        {"id":1,"line":1,"error":{"code":"wrong-type","field":"to","message":\
        "the message has no `to`; it takes an array of objects"}}
        {"line":2,"error":{"code":"wrong-type","field":"to","message":\
        "`to` is an object; it takes an array of objects"}}
        {"decisions":[],"policy":"5e9d"}
        {"line":4,"error":{"code":"wrong-type","field":"id","message":\
        "`id` is true; it takes a text or a number"}}

        """)
  }
}
