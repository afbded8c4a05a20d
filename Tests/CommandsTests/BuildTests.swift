import Commands
import Findings
import Model
import Program
import Syntax
import Testing
import Values
import Workspace

@Suite struct `Building a policy` {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder([
      "rules/a.rules": smallPolicy, "rules/b.rules": "# nothing yet\n", "built/keep": "",
    ])
  }

  private func build(_ options: String...) -> Outcome {
    rulec(["build", folder["rules"], "-o", folder["built/small.policy"]] + options, input: [])
  }

  @Test func `writes one file that every command takes for the policy`() throws {
    let outcome = build()
    #expect(outcome.code == .done)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("small.policy`: 1 rule, "))
    #expect(try System.status(folder["built/small.policy"]).size > 0)
    // Its name tells nothing.
    try System.move(folder["built/small.policy"], to: folder["built/x.txt"])
    let (rules, built) = (folder["rules"], folder["built/x.txt"])
    let message = #"{"id": 7, "recipient_prefers": "plain"}"#
    for command in [
      ["check"], ["test"], ["schema"], ["decide"], ["decide", "--explain", "--texts"],
      ["explain", "--message", message], ["fmt", "--stdout"],
    ] {
      let words = Array(command.dropFirst())
      let own = rulec([command[0], rules] + words, input: Array(message.utf8))
      let other = rulec([command[0], built] + words, input: Array(message.utf8))
      #expect(other.output == own.output, "\(command)")
      #expect(other.errors == own.errors, "\(command)")
      #expect(other.code == own.code, "\(command)")
    }
    #expect(rulec("diff", rules, built).code == .done)
    #expect(rulec("build", built, "-o", folder["built/again"]).code == .done)
    #expect(try bytes("built/again") == bytes("built/x.txt"))
  }

  @Test func `reads the list files that went into it`() throws {
    try folder.write("rules/towns.txt", "York\nLeeds\n")
    try folder.write("rules/b.rules", "list towns from \"towns.txt\"\n")
    try folder.write(
      "rules/c.rules",
      """
      fact town is: text, if recorded

      rule Towns
        if town is one of towns
        then hold for review
        overrides Who asks

      """)
    try folder.write(
      "rules/a.rules",
      smallPolicy.replacing(
        "if recipient prefers plain then send plain",
        with: "rule Who asks\n  if recipient prefers plain\n  then send plain"))
    let outcome = build()
    #expect(outcome.code == .done, "\(outcome.errors)")
    try folder.write("rules/towns.txt", "Bath\n")
    let input = Array(#"{"town": "Leeds"}"#.utf8)
    let decided = rulec(["decide", folder["built/small.policy"]], input: input)
    #expect(decided.output.contains(#""outcome":"hold for review""#))
    #expect(rulec("check", folder["built/small.policy"]).code == .done)
  }

  @Test func `refuses a policy with errors, and leaves what was built before`() throws {
    #expect(build().code == .done)
    let before = try bytes("built/small.policy")
    try folder.write("rules/a.rules", contradictoryPolicy)
    let outcome = build()
    #expect(outcome.code == .found)
    #expect(outcome.errors.contains("error[conflict]"))
    #expect(try bytes("built/small.policy") == before)
    #expect(folder.names == ["built", "rules"])
  }

  @Test func `replaces what was built before, and keeps who may read it`() throws {
    #expect(build().code == .done)
    folder.setPermissions("built/small.policy", 0o640)
    try folder.write("rules/b.rules", "# something\n")
    let before = try bytes("built/small.policy")
    #expect(build().code == .done)
    #expect(try bytes("built/small.policy") != before)
    #expect(try System.status(folder["built/small.policy"]).permissions == 0o640)
    let names = try System.names(inFolder: folder["built"]).map {
      String(decoding: $0, as: UTF8.self)
    }
    #expect(names.sorted() == ["keep", "small.policy"])
  }

  @Test func `writes over nothing else`() throws {
    try folder.write("notes.txt", "remember\n")
    let outcome = rulec("build", folder["rules"], "-o", folder["notes.txt"])
    #expect(outcome.code == .notDone)
    #expect(outcome.errors.contains("is there already, and it is no built policy"))
    #expect(try folder.read("notes.txt") == "remember\n")
    #expect(rulec("build", folder["rules"], "-o", folder.path).errors.contains("it is a folder"))
    #expect(rulec("build", folder["rules"], "-o", folder["no/x"]).errors.contains("no such folder"))
    #expect(rulec("build", folder["rules"], "-o", folder["rules/x.rules"]).code == .notDone)
    #expect(rulec("build", folder["rules"], "-o", "-").code == .notDone)
    #expect(rulec("build", folder["rules"]).errors.contains("needs -o FILE"))
  }

  @Test func `leaves nothing in the file to be changed`() throws {
    #expect(build().code == .done)
    let built = folder["built/small.policy"]
    for words in [["fmt", built], ["check", built, "--fix"]] {
      let outcome = rulec(words, input: [])
      #expect(outcome.code == .notDone)
      #expect(outcome.errors.contains("is a built policy, and its rules cannot be changed in it"))
    }
  }

  @Test func `makes a file of which every damage is found`() throws {
    #expect(build().code == .done)
    let whole = try bytes("built/small.policy")
    var damaged: [(bytes: [UInt8], reason: String)] = [
      (Array(whole.dropLast(10)), "it is cut short: its end is missing"),
      (whole + [0], "more stands behind its end than was built"),
      (Array(whole.prefix(20)), "it is cut short: its end is missing"),
    ]
    for (place, reason) in [
      (14, "it was built by another version of rulec"), (100, "it was altered or damaged"),
      (whole.count / 2, "it was altered or damaged"),
      (whole.count - 1, "it was altered or damaged"),
    ] {
      var bytes = whole
      bytes[place] ^= 1
      damaged.append((bytes, reason))
    }
    for (bytes, reason) in damaged {
      try folder.write("damaged", bytes)
      for command in ["decide", "check"] {
        let outcome = rulec(command, folder["damaged"])
        #expect(outcome.code == .notDone)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains(reason), "\(outcome.errors)")
      }
    }
    try folder.write("damaged", Array("SEND".utf8))
    #expect(rulec("check", folder["damaged"]).errors.contains("nor a built policy"))
  }

  @Test func `makes a file for its own version alone`() throws {
    let text = PolicyText(ruleFiles: [
      SourceFile(path: "a.rules", bytes: Array(smallPolicy.utf8))
    ])
    let policy = try #require(resolve(read(text), text, today: .firstProved).policy)
    for (version, code) in [(CommandLineTool.version, ExitCode.done), ("0.0.9", .notDone)] {
      let program = try #require(Program.built(policy, from: text, by: version))
      try folder.write("other", program.withBytes { Array($0) })
      let outcome = rulec("decide", folder["other"])
      #expect(outcome.code == code)
      #expect(outcome.errors.contains("built by rulec 0.0.9, and this is") == (code == .notDone))
    }
  }

  @Test func `makes a file that was proved, and no other is used`() throws {
    let text = PolicyText(ruleFiles: [
      SourceFile(path: "a.rules", bytes: Array(smallPolicy.utf8))
    ])
    let policy = try #require(resolve(read(text), text, today: .firstProved).policy)
    try folder.write("other", Program(policy).withBytes { Array($0) })
    for command in ["decide", "check"] {
      let outcome = rulec(command, folder["other"])
      #expect(outcome.code == .notDone)
      #expect(outcome.errors.contains("nobody has proved that its rules are without error"))
    }
  }

  private func bytes(_ path: String) throws -> [UInt8] {
    try FileContents.read(folder[path]).get()
  }
}
