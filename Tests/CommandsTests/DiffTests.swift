import Commands
import Testing

@Suite struct `rulec diff` {
  private static let old = """
    fact purpose is: one of tribunal, review, other
    fact recipient prefers: one of plain, encrypted, post, if recorded
    fact message contains: any of health-data, child-data
    outcome send plain
    outcome send encrypted
    outcome hold
    note consent note
    rule Tribunal families get plain email
      if purpose is tribunal and recipient prefers plain
      then send plain with consent note
      overrides Health data is encrypted
    rule Health data is encrypted
      if message contains health-data
      then send encrypted
    rule Children are noted
      if message contains child-data
      then add consent note

    otherwise send encrypted
    when unsure hold

    """

  private static func folder(_ new: String) throws -> TemporaryFolder {
    try TemporaryFolder(["old.rules": old, "new.rules": new])
  }

  private static func diff(_ new: String, _ options: String..., input: String = "") throws
    -> Outcome
  {
    let folder = try folder(new)
    let result = rulec(
      ["diff", folder["old.rules"], folder["new.rules"]] + options, input: Array(input.utf8))
    let output = result.output.split(separator: folder.path + "/").joined()
    return Outcome(code: result.code, output: output, errors: result.errors)
  }

  @Test func `proves that a policy is equal to itself`() throws {
    let result = try Self.diff(Self.old)
    #expect(result.code == .done)
    #expect(
      result.output
        == "proved equal: every complete message on every day from 2000 to 2099 is decided alike\n")
  }

  @Test func `says for whom a change matters, and what becomes of them`() throws {
    let new = Self.old.replacing("rule Health", "  because of May\nrule Health")
      .replacing("recipient prefers plain\n", "not recipient prefers plain\n")
    let result = try Self.diff(new)
    #expect(result.code == .found)
    #expect(
      result.output == """
        2 differences between old.rules and new.rules

        1. `send plain` with `consent note`, by `Tribunal families get plain email`
           becomes `send encrypted`, by `Health data is encrypted` or `otherwise`
           where purpose is tribunal and recipient prefers plain
           example on 2026-01-01: {"purpose":"tribunal","recipient_prefers":"plain"}

        2. `send encrypted`, by `Health data is encrypted` or `otherwise`
           becomes `send plain` with `consent note`, by `Tribunal families get plain email`
           where purpose is tribunal and recipient does not prefer plain
           example on 2026-01-01: {"purpose":"tribunal"}

        """, "\(result.output)")
  }

  @Test func `has messages without a decision as a kind of their own`() throws {
    let new = Self.old.replacing("  overrides Health data is encrypted\n", "")
    let result = try Self.diff(new)
    #expect(
      result.output == """
        1 difference between old.rules and new.rules

        1. `send plain` with `consent note`, by `Tribunal families get plain email`
           becomes no decision, because `Tribunal families get plain email` and `Health data is encrypted`
           disagree
           where purpose is tribunal and recipient prefers plain and message contains health-data
           example on 2026-01-01: {"purpose":"tribunal","recipient_prefers":"plain","message_contains":["health-data"]}

        """, "\(result.output)")
  }

  @Test func `says which notes come and go`() throws {
    let result = try Self.diff(Self.old.replacing("contains child-data", "contains health-data"))
    #expect(result.code == .found)
    #expect(
      result.output == """
        2 differences between old.rules and new.rules

        1. the outcome stays, but loses `consent note`, by `Children are noted`
           where purpose is review or other and message contains child-data and message does not contain
           health-data
           or where recipient does not prefer plain and message contains child-data and message does not
           contain health-data
           example on 2026-01-01: {"purpose":"review","message_contains":["child-data"]}

        2. the outcome stays, but gets `consent note`, by `Children are noted`
           where purpose is review or other and message contains health-data and message does not contain
           child-data
           or where recipient does not prefer plain and message contains health-data and message does not
           contain child-data
           example on 2026-01-01: {"purpose":"review","message_contains":["health-data"]}

        """, "\(result.output)")
  }

  @Test func `writes all of it as JSON`() throws {
    let result = try Self.diff(
      Self.old.replacing("  overrides Health data is encrypted\n", ""), "--format", "json")
    #expect(
      result.output.hasSuffix(
        #"""
        "equal":false,"proved":true,"vocabulary":[],"groups":[{"conditions":[["purpose is tribunal","recipient prefers plain","message contains health-data"]],"exact":true,"old":{"outcome":"send plain","notes":["consent note"],"rules":["Tribunal families get plain email"]},"new":{"outcome":null,"error":"conflict","notes":[],"rules":["Tribunal families get plain email","Health data is encrypted"]},"example":{"message":{"purpose":"tribunal","recipient_prefers":"plain","message_contains":["health-data"]},"on":"2026-01-01"}}]}

        """#), "\(result.output)")
  }

  @Test func `reports what the vocabularies differ in first`() throws {
    let result = try Self.diff(Self.old.replacing("review, other", "review, other, appeal"))
    #expect(result.code == .found)
    #expect(
      result.output == """
        the vocabularies differ:
        - `purpose is` has a new value `appeal`: messages with it are rejected by the old policy and are
          left out

        proved equal: every complete message that both accept on every day from 2000 to 2099 is decided alike

        """, "\(result.output)")
  }

  @Test func `says that messages without enough facts are treated otherwise`() throws {
    let result = try Self.diff(Self.old.replacing("when unsure hold", "when unsure send encrypted"))
    #expect(result.code == .found)
    #expect(result.output.contains("`when unsure` is `send encrypted` in place of `hold`"))
  }

  @Test func `decides messages under both policies`() throws {
    let new = Self.old.replacing("  overrides Health data is encrypted\n", "")
    let messages = """
      {"id":"a","purpose":"tribunal","recipient_prefers":"plain","message_contains":["health-data"]}
      {"id":"b","purpose":"tribunal","recipient_prefers":"plain","message_contains":[]}
      {"id":"c","purpose":"tribunal","message_contains":"x"}

      """
    let result = try Self.diff(new, "--messages", "-", input: messages)
    #expect(result.code == .found)
    #expect(
      result.output.hasSuffix(
        """
        1 of 3 messages is decided differently
          1 of difference 1
          1 rejected by both policies

          "a" (line 1): difference 1
            was `send plain` with `consent note`, by `Tribunal families get plain email`
            is  no decision, because `Tribunal families get plain email` and `Health data is encrypted` disagree

        """), "\(result.output)")
  }

  @Test func `compares policies that a check would refuse, but none that cannot be read`() throws {
    let gap = Self.old.replacing("otherwise send encrypted\n", "")
    let result = try Self.diff(gap)
    #expect(result.code == .found)
    #expect(result.output.contains("becomes no decision, because no rule applies"))
    let unreadable = try Self.diff(Self.old.replacing("then send plain", "then send plane"))
    #expect(unreadable.code == .found)
    #expect(unreadable.output == "")
    #expect(unreadable.errors.contains("`send plane` is not an outcome"))
    #expect(rulec("diff", "rules").code == .notDone)
  }
}

extension String {
  fileprivate func replacing(_ part: String, _ other: String) -> String {
    split(separator: part, omittingEmptySubsequences: false).joined(separator: other)
  }
}
