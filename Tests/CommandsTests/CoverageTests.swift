import Commands
import JSON
import Testing

/// A policy of which the scenarios leave something of every kind untried.
private let council = """
  fact recipient prefers: one of plain, post, if recorded
  fact size is: number of MB from 0, if absent 0

  outcome send plain
  outcome send encrypted
  outcome send by post

  note consent note

  rule Families choose
    if the recipient prefers plain
    then send plain with consent note

  rule Large messages go by post
    if the size is more than 35 MB
    then send by post
    because they do not arrive
    overrides Families choose

  otherwise send encrypted

  when unsure send encrypted

  promise Post for those who ask for nothing else
    if the recipient prefers post
    never send plain

  scenario A family
    given the recipient prefers plain
    expect send plain with consent note

  scenario A large message
    given the size is 40 MB
    expect send by post

  """

@Suite struct `What scenarios leave untried` {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder(["a.rules": council])
  }

  @Test func `is told in sentences`() {
    let outcome = rulec("test", folder.path, "--coverage")
    #expect(outcome.code == .done)
    #expect(
      outcome.output == """
        What the scenarios come to
          rules                 2 of 2  100 %
          sentences, both ways  1 of 2   50 %
          `overrides` lines     0 of 1    0 %
          outcomes              2 of 3   66 %
          notes                 1 of 1  100 %

        What would be noticed
          13 small changes to the policy were tried, one at a time. Of them, 8 would
          make a scenario fail, and 1 would break a promise though every scenario
          passes: 69\u{A0}% would be noticed. 1 would be stopped by `rulec check` alone, for
          rules would contradict each other, leave messages undecided or never apply. 3
          would go unnoticed.

        What is not tried

          The rule “Families choose” (a.rules:10)
            In no scenario does it matter to the rule that `the recipient prefers plain`
            is false. This would tell: a message that says nothing. It comes out as
            `send encrypted`; with the change it would be `send plain` with
            `consent note`.

          No scenario is left to `otherwise`.

          The rule “Large messages go by post” (a.rules:14)
            No scenario tells `the size is more than 35 MB` from
            `size is at least 35 MB` in the rule: with the one in place of the other,
            both scenarios still pass, and every promise is kept. This would tell: a
            message where `size is 35 MB`. It comes out as `send encrypted`; with the
            change it would be `send by post`.
            No scenario tells `the size is more than 35 MB` from
            `size is more than 36 MB` in the rule: with the one in place of the other,
            both scenarios still pass, and every promise is kept. This would tell: a
            message where `size is 36 MB`. It comes out as `send by post`; with the
            change it would be `send encrypted`.

          The line `overrides Families choose` (a.rules:18)
            No scenario needs the line: without it, both scenarios still pass, and every
            promise is kept; only `rulec check` would find that rules disagree. This
            would tell: a message where `recipient prefers plain` and `size is 36 MB`.
            It comes out as `send by post`; with the change it would be a contradiction,
            for rules disagree.

        """)
    #expect(
      outcome.errors
        == "2 scenarios: all passed; 2 of 2 rules tried, 69 % of 13 changes noticed\n")
  }

  @Test func `is not found unless more is required`() {
    #expect(rulec("test", folder.path, "--coverage", "--require", "10").code == .done)
    #expect(rulec("test", folder.path, "--require", "100").code == .found)
    #expect(rulec("test", folder.path, "--require", "101").code == .notDone)
  }

  @Test func `is closed by the scenarios that are suggested`() throws {
    let suggested = rulec("test", folder.path, "--suggest")
    #expect(suggested.code == .done)
    try folder.write("b.rules", suggested.output)
    #expect(rulec("fmt", folder.path, "--check").code == .done)
    let outcome = rulec("test", folder.path, "--coverage", "--require", "100")
    #expect(outcome.code == .done, "\(outcome.output)")
    #expect(!outcome.output.contains("What is not tried"))
    let nothing = rulec("test", folder.path, "--suggest")
    #expect(nothing.output == "# Nothing is left to suggest.\n")
  }

  @Test func `is one object for programs`() throws {
    let outcome = rulec("test", folder.path, "--coverage", "--suggest", "--format", "json")
    let answer = try JSONReader.read(Array(outcome.output.utf8))
    let coverage = try #require(answer["coverage"])
    #expect(coverage["rules"]?["exercised"] == .number("2"))
    #expect(coverage["changes"]?["percent"] == .number("69"))
    guard case .array(let holes)? = coverage["holes"],
      case .array(let scenarios)? =
        coverage["suggestions"]
    else {
      Issue.record("no holes, or no suggestions")
      return
    }
    #expect(holes.contains { $0["kind"] == .string("unnoticed change") })
    #expect(holes.allSatisfy { $0["file"] == .string("a.rules") })
    #expect(!scenarios.isEmpty)
  }

  @Test func `is skipped tests for build servers`() {
    let outcome = rulec(
      "test", folder.path, "--coverage", "--require", "90", "--format", "junit")
    #expect(outcome.code == .found)
    #expect(outcome.output.contains(#"<testsuite name="coverage" tests=""#))
    #expect(outcome.output.contains("<skipped message=\"This would tell: "))
    #expect(
      outcome.output.contains(
        #"name="at least 90 % of the small changes to the policy are noticed""#))
    #expect(outcome.output.contains("<failure message=\"2 of 2 rules tried, 69 % of"))
  }

  @Test func `is said once every scenario passes`() throws {
    try folder.write("b.rules", "scenario Wrong\n  expect send by post\n")
    let outcome = rulec("test", folder.path, "--coverage")
    #expect(outcome.code == .found)
    #expect(outcome.output.contains("FAILED  Wrong"))
    #expect(outcome.errors.hasSuffix("can be said once every scenario passes\n"))
  }

  @Test func `is not said of a policy that contradicts itself`() throws {
    try folder.write("a.rules", council.replacing("  overrides Families choose\n", with: ""))
    let outcome = rulec("test", folder.path, "--coverage")
    #expect(outcome.code == .found)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("error[conflict]"))
  }

  @Test func `is said of some of it where little work is allowed`() {
    let outcome = rulec("test", folder.path, "--coverage", "--work-limit", "1000")
    #expect(outcome.code == .done)
    #expect(outcome.output.contains("Allow more by --work-limit."))
  }
}
