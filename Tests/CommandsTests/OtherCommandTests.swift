import Commands
import Findings
import JSON
import Reports
import Testing

@Suite struct `A new policy` {
  @Test func `passes every check, without a warning`() throws {
    let folder = try TemporaryFolder()
    let path = folder["rules"]
    #expect(rulec("new", path).code == .done)
    let outcome = rulec("check", path, "--deny-warnings")
    #expect(outcome.code == .done, "\(outcome.output)")
    #expect(rulec("test", path).code == .done)
    #expect(rulec("fmt", path, "--check").code == .done)
  }

  @Test func `decides the message that it proposes`() throws {
    let folder = try TemporaryFolder()
    let outcome = rulec("new", folder["rules"])
    #expect(outcome.output == "\(folder["rules"])/policy.rules\n")
    let start = try #require(outcome.errors.firstRange(of: "--message '"))
    let message = outcome.errors[start.upperBound...].prefix { $0 != "'" }
    let explained = rulec("explain", folder["rules"], "--message", String(message))
    #expect(explained.code == .done)
    #expect(explained.output.hasPrefix("The decision is: hold for review"))
  }

  @Test func `proposes commands that a shell understands`() throws {
    let folder = try TemporaryFolder()
    let outcome = rulec("new", folder["what's new"])
    #expect(outcome.errors.contains(#"  rulec check '\#(folder.path)/what'\''s new'"# + "\n"))
  }

  @Test func `goes into an empty folder, and into no other`() throws {
    let folder = try TemporaryFolder()
    #expect(rulec("new", folder.path).code == .done)
    let again = rulec("new", folder.path)
    #expect(again.code == .notDone)
    #expect(again.errors.contains("is not empty, so nothing was written"))
    #expect(rulec("new", folder["a/b"]).code == .notDone)
    #expect(rulec("new", folder["policy.rules"]).code == .notDone)
  }
}

@Suite struct `The one layout` {
  @Test func `is written into the files`() throws {
    let folder = try TemporaryFolder(["a.rules": smallPolicy + "\n\n", "b.rules": "# nothing\n"])
    let path = folder.path
    let check = rulec("fmt", path, "--check")
    #expect(check.code == .found)
    #expect(check.output == "\(path)/a.rules\n")
    #expect(check.errors == "2 files: 1 would change\n")
    #expect(try folder.read("a.rules") == smallPolicy + "\n\n")

    let change = rulec("fmt", path)
    #expect(change.code == .done)
    #expect(change.output == "\(path)/a.rules\n")
    #expect(change.errors == "2 files: 1 changed\n")
    #expect(try folder.read("a.rules") == smallPolicy)
    #expect(rulec("fmt", path).errors == "2 files: all have the one layout\n")
  }

  @Test func `can be looked at first`() throws {
    let folder = try TemporaryFolder(["a.rules": smallPolicy + "\n\n"])
    let outcome = rulec("fmt", folder["a.rules"], "--stdout")
    #expect(outcome.code == .done)
    #expect(outcome.output == smallPolicy)
    #expect(try folder.read("a.rules") == smallPolicy + "\n\n")
    try folder.write("b.rules", "# nothing\n")
    let both = rulec("fmt", folder.path, "--stdout")
    #expect(both.output == "# a.rules\n\n\(smallPolicy)\n# b.rules\n\n# nothing\n")
  }

  @Test func `is not given to a file with errors`() throws {
    let text = smallPolicy + "fact bad\n"
    let folder = try TemporaryFolder(["a.rules": text])
    let outcome = rulec("fmt", folder.path)
    #expect(outcome.code == .found)
    #expect(outcome.errors.contains("a.rules has errors and stays as it is"))
    #expect(try folder.read("a.rules") == text)
  }
}

@Suite struct `Running scenarios` {
  private let failing =
    smallPolicy + """
      scenario Nobody <asked> & "nobody" was told
        expect send plain

      """

  @Test func `shows each by its name`() throws {
    let folder = try TemporaryFolder(["a.rules": failing])
    let outcome = rulec("test", folder.path)
    #expect(outcome.code == .found)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines[0] == "passed  Who asks for plain email gets it")
    #expect(lines[1] == #"FAILED  Nobody <asked> & "nobody" was told"#)
    #expect(lines[2] == "        a.rules:14")
    #expect(lines[3].contains("expected `send plain`"))
    #expect(outcome.errors == "2 scenarios: 1 passed, 1 failed\n")
  }

  @Test func `passes where all pass`() throws {
    let folder = try TemporaryFolder(["a.rules": smallPolicy])
    #expect(rulec("test", folder.path).code == .done)
    #expect(rulec("test", folder.path).errors == "1 scenario: all passed\n")
  }

  @Test func `writes XML that holds any name`() throws {
    let folder = try TemporaryFolder(["a.rules": failing])
    let output = rulec("test", folder.path, "--format", "junit").output
    #expect(output.contains(#"name="Nobody &lt;asked&gt; &amp; &quot;nobody&quot; was told""#))
    #expect(output.contains(#"<testsuites name="rulec" tests="2" failures="1">"#))
  }

  @Test func `needs a policy that can decide`() throws {
    let folder = try TemporaryFolder(["a.rules": smallPolicy + "fact bad\n"])
    let outcome = rulec("test", folder.path)
    #expect(outcome.code == .found)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("error[syntax]"))
  }
}

@Suite struct `Help about findings` {
  @Test(arguments: FindingCode.allCases) func `is there for every code`(code: FindingCode) {
    let outcome = rulec("help", code.rawValue)
    #expect(outcome.code == .done)
    #expect(outcome.output.hasPrefix("\(code.rawValue), "))
    #expect(outcome.output.contains("For example:"))
    #expect(outcome.output.contains("What to do:"))
  }

  @Test func `lists all codes`() {
    let output = rulec("help", "codes").output
    #expect(FindingCode.allCases.allSatisfy { output.contains("  \($0.rawValue)") })
  }
}
