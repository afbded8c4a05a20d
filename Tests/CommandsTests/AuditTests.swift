import Commands
import Testing

@Suite struct `An audit` {
  private static let policy = """
    fact purpose is: one of tribunal, other
    fact recipient prefers: one of plain, encrypted, if recorded
    fact recipient's address is: text, if recorded
      from recipient_address

    outcome send plain
    outcome send encrypted
    note consent note

    rule Families before a tribunal
      if the purpose is tribunal and the recipient prefers plain
      then send plain with consent note
      because a hearing will not wait

    otherwise send encrypted
    when unsure send encrypted

    promise Plain stays plain
      if the recipient prefers plain and the purpose is tribunal
      never send encrypted
      see minute 14

    promise The note goes along
      if the outcome is send plain
      always add consent note

    """

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder(["rules/all.rules": `An audit`.policy])
  }

  private func audit(_ lines: String..., words: [String] = []) -> Outcome {
    rulec(
      ["audit", folder["rules"]] + words,
      input: Array(lines.map { $0 + "\n" }.joined().utf8))
  }

  private static let breach = #"""
    {"id": 7, "on": "2023-05-09", "purpose": "tribunal", "recipient_prefers": "plain", "sent": "send encrypted"}
    """#

  @Test func `counts the lines of a part from where it begins`() {
    let outcome = audit(`An audit`.breach, words: ["--first-line", "501"])
    #expect(outcome.output.hasPrefix("9 May 2023, message 7 (line 501)\n"))
  }

  @Test func `names each breach with its day, its rule and its promise`() {
    let outcome = audit(
      #"{"on": "2023-05-08", "purpose": "other", "sent": "send encrypted"}"#, `An audit`.breach)
    #expect(
      outcome.output == """
        9 May 2023, message 7 (line 2)
          What was done: send encrypted.
          What the policy says instead: send plain, with consent note.
          So says the rule “Families before a tribunal” (all.rules:10).
            Because a hearing will not wait.
          It broke the promise “Plain stays plain” (all.rules:18).
            See minute 14.

        Of 2 messages, 1 was sent otherwise than the policy says, and 1 broke a promise.
        1 promise of the policy is about notes, or about two messages at once: what was sent cannot show
        whether it was kept.

        By month  sent otherwise  broke a promise  messages
        May 2023               1                1         2

        By rule that should have decided             messages
        “Families before a tribunal” (all.rules:10)         1

        By promise that was broken          messages
        “Plain stays plain” (all.rules:18)         1

        """)
    #expect(outcome.code == .found)
  }

  @Test func `finds nothing where everything was sent as it should be`() {
    let outcome = audit(
      #"{"on": "2023-05-08", "purpose": "other", "sent": "send encrypted"}"#,
      #"{"on": "2023-06-01", "purpose": "tribunal", "recipient_prefers": "plain", "sent": "send plain"}"#
    )
    #expect(outcome.code == .done)
    #expect(
      outcome.output.hasPrefix(
        "2 messages judged. None was sent otherwise than the policy says, and none broke a promise.\n"
      ))
  }

  @Test func `calls nothing a breach that the export leaves open`() {
    let outcome = audit(
      #"{"on": "2023-05-09", "recipient_prefers": "plain", "sent": "send encrypted"}"#)
    #expect(outcome.code == .done)
    #expect(outcome.output.contains("Of 1 message it cannot be said what the policy decides"))
    #expect(outcome.output.contains("May 2023               0                0         1"))
  }

  @Test(arguments: [
    (#"{"on": "2023-05-09", "purpose": "other"}"#, "The message does not say what was done"),
    (#"{"purpose": "other", "sent": "send plian"}"#, "did you mean `send plain`?"),
    (#"{"purpose": "other", "sent": ["send plain"]}"#, "it takes the name of an outcome"),
    (#"{"purpose": "otter", "sent": "send plain"}"#, "which is none of its values"),
    ("{", "The line is not JSON"),
  ])
  func `says of each line that cannot be judged why`(line: String, why: String) {
    let outcome = audit(line, `An audit`.breach)
    #expect(outcome.code == .found)
    #expect(outcome.output.contains("ine 1"))
    #expect(outcome.output.contains(why), "\(outcome.output)")
    #expect(outcome.output.contains("1 line could not be judged at all"))
    #expect(outcome.output.contains("9 May 2023, message 7 (line 2)"))
  }

  @Test func `says where it had to guess the day`() {
    let outcome = audit(#"{"purpose": "other", "sent": "send encrypted"}"#)
    #expect(
      outcome.output.contains("1 message did not say on which day (`on`); judged as of today."))
  }

  @Test func `tells one person's messages in the order of their days`() {
    let outcome = audit(
      #"{"id": "c", "on": "2023-07-01", "purpose": "other", "recipient_address": "X@a.org", "sent": "send encrypted"}"#,
      #"{"id": "b", "on": "2023-06-01", "purpose": "other", "recipient_address": "y@a.org", "sent": "send plain"}"#,
      #"{"id": "a", "on": "2023-05-01", "purpose": "other", "recipient_address": "x@a.org", "sent": "send plain"}"#,
      words: ["--person", "recipient_address=x@A.org"])
    #expect(
      outcome.output.hasPrefix(
        """
        1 May 2023, message a (line 3)
          Known of it: the purpose is other; recipient's address is “x@a.org”.
          What was done: send plain.
          What the policy says instead: send encrypted.
          No rule decides, and so `otherwise` does.

        1 July 2023, message c (line 1)
          Known of it: the purpose is other; recipient's address is “X@a.org”.
          What was done: send encrypted.
          What the policy says too: send encrypted.
          No rule decides, and so `otherwise` does.

        Of 2 messages, 1 was sent otherwise
        """), "\(outcome.output)")
  }

  @Test(arguments: ["x", "=x", "x="])
  func `wants a field and a value to know a person by`(text: String) {
    let outcome = audit(words: ["--person", text])
    #expect(outcome.code == .notDone)
    #expect(outcome.errors.contains("--person takes a field and what it holds"))
  }

  @Test func `gives programs the same`() {
    let outcome = audit(`An audit`.breach, "{", words: ["--format", "json"])
    let counts =
      #""counts":{"messages":1,"otherwise":1,"brokePromise":1,"unsure":0,"rejected":1,"undated":0,"#
      + #""months":{"2023-05":{"messages":1,"otherwise":1,"brokePromise":1}},"#
      + #""rules":{"Families before a tribunal":1},"promises":{"Plain stays plain":1}}}"#
    #expect(
      outcome.output.contains(
        #"{"id":7,"line":1,"on":"2023-05-09","sent":"send encrypted","verdict":"otherwise","#
          + #""outcome":"send plain","notes":["consent note"],"rules":["Families before a tribunal"],"#
          + #""promises":["Plain stays plain"]},{"line":2,"error":{"code":"bad-json","#))
    #expect(outcome.output.hasSuffix(counts + "\n"), "\(outcome.output)")
  }

  @Test(arguments: [[], ["--format", "json"], ["--person", "recipient_address=x@a.org"]])
  func `finds the same in several jobs`(words: [String]) {
    let lines = (0..<6000).map { number -> String in
      let day = ["2023-05-0\(number % 9 + 1)", "2024-01-31"][number % 2]
      let end = #""sent":"\#(number % 500 == 7 ? "send plain" : "send encrypted")"}"#
      return switch number % 1000 {
      case 13: "{"
      case 14: ""
      case 15: #"{"on":"\#(day)","recipient_prefers":"plain","# + end
      case 16: #"{"purpose":"other","recipient_address":"x@a.org","# + end
      default: #"{"id":\#(number),"on":"\#(day)","purpose":"other","# + end
      }
    }
    let input = Array((["\u{FEFF}{}"] + lines).map { $0 + "\n" }.joined().utf8)
    let alone = rulec(["audit", folder["rules"]] + words, input: input)
    #expect(alone.code == .found)
    for jobs in ["2", "3"] {
      let result = rulec(["audit", folder["rules"], "--jobs", jobs] + words, input: input)
      #expect(result.output == alone.output)
      #expect(result.errors == alone.errors)
    }
    guard words.contains("json") else { return }
    let counts =
      #""counts":{"messages":5988,"otherwise":12,"brokePromise":0,"unsure":6,"#
      + #""rejected":7,"undated":6,"#
    #expect(alone.output.contains(counts), "\(alone.output.suffix(600))")
  }
}
