import Commands
import Findings
import JSON
import Syntax
import Testing

@Suite struct `Checking` {
  @Test func `a policy without a fault says so in one line`() throws {
    let folder = try TemporaryFolder(["a.rules": smallPolicy])
    let outcome = rulec("check", folder.path)
    #expect(outcome.code == .done)
    #expect(outcome.output.isEmpty)
    let line =
      "1 file, 1 rule, no promises, 1 of 1 scenario passed, no conflict, no gap, no errors, "
      + "no warnings\n"
    #expect(outcome.errors == line)
  }

  @Test func `claims nothing that took more work than it was allowed`() throws {
    let folder = try TemporaryFolder(["a.rules": smallPolicy])
    let outcome = rulec("check", folder.path, "--work-limit", "0")
    #expect(outcome.code == .found)
    #expect(
      outcome.output.contains("error[not-proved]: not proved: whether `a.rules:6` ever applies"))
    #expect(outcome.errors.contains("questions not answered"))
    #expect(!outcome.errors.contains("no conflict") && !outcome.errors.contains("no gap"))
    #expect(rulec("check", folder.path, "--work-limit=1000000").code == .done)
    #expect(rulec("check", folder.path, "--work-limit", "-1").code == .notDone)
  }

  @Test func `looks for conflicts once there is no other error`() throws {
    let folder = try TemporaryFolder([
      "a.rules": contradictoryPolicy, "b.rules": "if bad then send plain\n",
    ])
    let outcome = rulec("check", folder.path)
    #expect(!outcome.output.contains("error[conflict]"))
    #expect(outcome.errors.contains("; conflicts, gaps and promises were not looked at: "))
    try folder.write("b.rules", "# nothing\n")
    #expect(rulec("check", folder.path).output.contains("error[conflict]: a message where "))
    #expect(rulec("check", folder.path).errors.contains(", 1 conflict, no gap, 1 error, "))
  }

  @Test func `a policy with a conflict decides nothing, and can be tried all the same`() throws {
    let folder = try TemporaryFolder(["a.rules": contradictoryPolicy])
    let outcome = rulec("decide", folder.path, input: "{}")
    #expect(outcome.code == .found)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("error[conflict]: "))
    #expect(rulec("test", folder.path).code == .done)
    #expect(rulec("schema", folder.path).code == .done)
    let message = #"{"recipient_prefers": "encrypted"}"#
    #expect(rulec("explain", folder.path, "--message", message).code == .done)
  }

  @Test func `shows what is wrong, and where`() throws {
    let folder = try TemporaryFolder([
      "a.rules": smallPolicy + "if recipent prefers plain then send plain\n"
    ])
    let outcome = rulec("check", folder.path)
    #expect(outcome.code == .found)
    #expect(outcome.output.hasPrefix("error[unknown-word]: "))
    #expect(outcome.output.contains(" --> a.rules:14:4\n"))
    #expect(outcome.output.contains("14 | if recipent prefers plain then send plain\n"))
    #expect(outcome.errors.contains("1 error"))
  }

  @Test func `counts warnings only where they are denied`() throws {
    let folder = try TemporaryFolder(["a.rules": smallPolicy + "outcome send by pigeon\n"])
    #expect(rulec("check", folder.path).code == .done)
    #expect(rulec("check", folder.path, "--deny-warnings").code == .found)
    #expect(rulec("check", folder.path).errors.contains("1 warning"))
  }

  @Test(arguments: ["json", "sarif"]) func `speaks to programs`(format: String) throws {
    let folder = try TemporaryFolder(["a.rules": smallPolicy])
    let outcome = rulec("check", folder.path, "--format", format)
    #expect(outcome.code == .done)
    #expect(throws: Never.self) { try JSONReader.readObject(Array(outcome.output.utf8)) }
  }

  @Test func `names files in annotations as they lie in the repository`() throws {
    let folder = try TemporaryFolder(["rules/a,b.rules": smallPolicy + "if bad then send plain\n"])
    let outcome = rulec("check", folder["rules"], "--format", "github")
    let start = "::error file=\(folder.path)/rules/a%2Cb.rules,line=14,col=4,"
    #expect(outcome.output.hasPrefix(start))
  }

  @Test func `makes the changes that are safe`() throws {
    let broken = smallPolicy.replacing("prefers plain then", with: "prefers pla\u{200B}in then")
      .replacing("given recipient", with: "given\u{A0}recipient")
    let folder = try TemporaryFolder(["a.rules": broken, "b.rules": "# nothing to do here\n"])
    let outcome = rulec("check", folder.path, "--fix")
    #expect(outcome.code == .done)
    #expect(try folder.read("a.rules") == smallPolicy)
    #expect(outcome.errors.contains("fixed a.rules:6: "))
    #expect(outcome.errors.contains("no errors, no warnings"))
    #expect(folder.names == ["a.rules", "b.rules"])
    #expect(rulec("check", folder.path, "--fix").errors.hasPrefix("there was nothing to fix\n"))
  }
}
