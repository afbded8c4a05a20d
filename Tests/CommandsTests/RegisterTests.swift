import Commands
import Testing

@Suite struct `A register on the command line` {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder([
      "rules/words.rules": """
      fact recipient prefers: any of plain, encrypted, if absent nothing

      outcome send plain
      outcome send encrypted

      otherwise send encrypted

      when unsure send encrypted
      """,
      "good.csv": """
      address,recipient prefers,from,until,recorded by
      pat@example.org,plain,2022-08-01,2023-12-31,J. Smith
      pat@example.org,encrypted,2024-01-01,,A. Jones
      """,
      "bad.csv": "address,recipient prefers\npat@example.org,plian\n",
      "rules/mail.conf": "send plain means accept\nsend encrypted means deliver\n",
    ])
  }

  @Test func `is checked`() {
    let good = rulec("register", folder["good.csv"], "--policy", folder["rules"])
    #expect(good.code == .done)
    #expect(good.output.hasSuffix("2 rows about 1 person, 1 fact of the policy, no errors\n"))
    let bad = rulec("register", folder["bad.csv"], "--policy", folder["rules"])
    #expect(bad.code == .found)
    #expect(bad.errors.contains("bad.csv:2:17"))
    #expect(bad.errors.contains("did you mean `plain`?"))
    #expect(bad.errors.contains("the register has an error, so nothing is looked up in it"))
    let missing = rulec("register", folder["none.csv"], "--policy", folder["rules"])
    #expect(missing.code == .notDone)
    #expect(missing.errors.contains("there is no such file"))
  }

  @Test(arguments: [("2023-05-01", "plain", "* line 2"), ("2026-01-01", "encrypted", "* line 3")])
  func `tells what counted on a day`(day: String, value: String, line: String) {
    let said = rulec(
      "register", folder["good.csv"], "PAT@example.org", "--policy", folder["rules"], "--on", day)
    #expect(said.code == .done)
    #expect(said.output.contains("  recipient prefers [\"\(value)\"]\n"))
    #expect(said.output.contains(line))
  }

  @Test func `says so where nothing is on file`() {
    let said = rulec("register", folder["good.csv"], "x@example.org", "--policy", folder["rules"])
    #expect(said.output == "Nothing is on file about `x@example.org`.\n")
  }

  @Test func `a service does not start with a mapping that is wrong`() {
    let said = rulec("serve", folder["rules"], "--milter", "127.0.0.1:0")
    #expect(said.code == .found)
    #expect(said.errors.contains("mail.conf:2"))
    #expect(said.errors.contains("an outcome cannot mean `deliver`"))
    let alone = rulec("serve", folder["rules"], "--mail", "mail.conf", "--socket", "s")
    #expect(alone.errors.contains("--mail needs --milter beside it"))
    let open = rulec("serve", folder["rules"], "--milter", "192.0.2.1:25")
    #expect(open.errors.contains("--milter listens to this machine alone"))
  }
}
