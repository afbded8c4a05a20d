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
    let line = "1 file, 1 rule, 0 promises, 1 of 1 scenario passed, no errors, no warnings"
    #expect(outcome.errors.hasPrefix(line))
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
