import Commands
import Findings
import Syntax
import Testing
import Workspace

@Suite struct `A policy's folder` {
  private func paths(_ folder: TemporaryFolder) throws -> [String] {
    try PolicyFolder.read(folder.path).text.ruleFiles.map(\.path)
  }

  @Test func `is all rule files at any depth, in the order of their bytes`() throws {
    let folder = try TemporaryFolder([
      "b.rules": "", "a.rules": "", "a/z.rules": "", "a-b.rules": "", "B.rules": "",
      "é.rules": "", "notes.txt": "", "rules": "", "x.rules.bak": "", "deep/er/still/c.rules": "",
    ])
    #expect(
      try paths(folder) == [
        "B.rules", "a-b.rules", "a.rules", "a/z.rules", "b.rules", "deep/er/still/c.rules",
        "é.rules",
      ])
  }

  @Test func `leaves hidden files and folders out`() throws {
    let folder = try TemporaryFolder([
      "a.rules": "", ".rules": "", ".b.rules": "", ".git/c.rules": "", "d/.e/f.rules": "",
    ])
    #expect(try paths(folder) == ["a.rules"])
  }

  @Test func `leaves links out that lead elsewhere`() throws {
    let outside = try TemporaryFolder(["secret.rules": "", "deep/more.rules": ""])
    let folder = try TemporaryFolder(["a.rules": ""])
    try folder.link("b.rules", to: outside["secret.rules"])
    try folder.link("deep", to: outside["deep"])
    try folder.link("up", to: "..")
    #expect(try paths(folder) == ["a.rules"])
  }

  @Test func `does not take a folder whose name only begins alike for itself`() throws {
    let both = try TemporaryFolder(["rules/a.rules": "", "rules-old/b.rules": ""])
    try both.link("rules/b.rules", to: "../rules-old/b.rules")
    let text = try PolicyFolder.read(both["rules"]).text
    #expect(text.ruleFiles.map(\.path) == ["a.rules"])
  }

  @Test func `reads a file once, however many links lead to it`() throws {
    let folder = try TemporaryFolder(["real/a.rules": "# a"])
    try folder.link("another.rules", to: "real/a.rules")
    try folder.link("again", to: "real")
    #expect(try paths(folder) == ["real/a.rules"])
  }

  @Test func `follows links to what is hidden in it`() throws {
    let folder = try TemporaryFolder(["..2026/a.rules": "# a", "..2026/sub/b.rules": "# b"])
    try folder.link("..data", to: "..2026")
    try folder.link("a.rules", to: "..data/a.rules")
    try folder.link("sub", to: "..data/sub")
    #expect(try paths(folder) == ["a.rules", "sub/b.rules"])
  }

  @Test(.timeLimit(.minutes(10))) func `is not held up by links in a circle`() throws {
    let folder = try TemporaryFolder(["a.rules": "", "x/b.rules": ""])
    try folder.link("x/self", to: ".")
    try folder.link("x/root", to: "..")
    try folder.link("y", to: "x")
    try folder.link("p", to: "q")
    try folder.link("q", to: "p")
    #expect(try paths(folder) == ["a.rules", "x/b.rules"])
  }

  @Test(.timeLimit(.minutes(10))) func `says which files cannot be read`() throws {
    let folder = try TemporaryFolder(["a.rules": ""])
    try folder.makePipe("pipe.rules")
    try folder.link("gone.rules", to: "nowhere.rules")
    try folder.link("self.rules", to: "self.rules")
    let problems = try PolicyFolder.read(folder.path).text.problems
    #expect(problems.map(\.path) == ["gone.rules", "pipe.rules", "self.rules"])
    #expect(
      problems.map(\.problem) == [
        .unreadable("it is a link to a file that is not there"),
        .unreadable("it is not an ordinary file"),
        .unreadable("its links lead round in a circle"),
      ])
    let outcome = rulec("check", folder.path)
    #expect(outcome.code == .notDone)
    #expect(outcome.errors.contains("pipe.rules`: it is not an ordinary file"))
    #expect(outcome.errors.contains("nothing was done"))
  }

  @Test(.enabled(if: !isRoot)) func `says which files may not be read`() throws {
    let folder = try TemporaryFolder(["a.rules": "", "b/c.rules": ""])
    folder.setPermissions("a.rules", 0)
    folder.setPermissions("b", 0)
    let problems = try PolicyFolder.read(folder.path).text.problems
    #expect(problems.map(\.path) == ["a.rules", "b"])
  }

  @Test func `must be there, and hold rules`() throws {
    let folder = try TemporaryFolder(["notes.txt": "", "empty/none.txt": ""])
    #expect(throws: PolicyFolderError.missing(folder["nowhere"])) {
      try PolicyFolder.read(folder["nowhere"])
    }
    #expect(throws: PolicyFolderError.missing(folder["notes.txt/x"])) {
      try PolicyFolder.read(folder["notes.txt/x"])
    }
    #expect(throws: PolicyFolderError.noRuleFiles(folder["empty"])) {
      try PolicyFolder.read(folder["empty"])
    }
    #expect(throws: PolicyFolderError.notARuleFile(folder["notes.txt"])) {
      try PolicyFolder.read(folder["notes.txt"])
    }
    #expect(throws: PolicyFolderError.notARuleFile("/dev/null")) {
      try PolicyFolder.read("/dev/null")
    }
    #expect(throws: PolicyFolderError.missing("")) { try PolicyFolder.read("") }
  }

  @Test func `may be a single file, known by its own name`() throws {
    let folder = try TemporaryFolder([
      "sub/one.rules": "# 1", "sub/two.rules": "", "sub/l.txt": "x",
    ])
    let policy = try PolicyFolder.read(folder["sub/one.rules"])
    #expect(policy.text.ruleFiles.map(\.path) == ["one.rules"])
    #expect(policy.text.ruleFiles.first?.bytes == Array("# 1".utf8))
    #expect(policy.location(of: "one.rules") == folder["sub/one.rules"])
    #expect(try policy.text.listFile("l.txt").get() == Array("x".utf8))
  }

  @Test func `may itself be reached by a link`() throws {
    let folder = try TemporaryFolder(["real/a.rules": "", "real/l.txt": "x"])
    try folder.link("rules", to: "real")
    let policy = try PolicyFolder.read(folder["rules"])
    #expect(policy.text.ruleFiles.map(\.path) == ["a.rules"])
    #expect(try policy.text.listFile("l.txt").get() == Array("x".utf8))
  }

  @Test func `has no room for files beyond the bound`() throws {
    let folder = try TemporaryFolder(["a.txt": "12345"])
    #expect(FileContents.read(folder["a.txt"], limit: 4) == .failure(.tooLarge(bytes: 5)))
    #expect(try FileContents.read(folder["a.txt"], limit: 5).get().count == 5)
  }
}

@Suite struct `A list's file` {
  @Test func `is found in the policy's folder and nowhere else`() throws {
    let outside = try TemporaryFolder(["secret.txt": "secret"])
    let folder = try TemporaryFolder(["a.rules": "", "lists/l.txt": "x", ".hidden.txt": "h"])
    try folder.link("out.txt", to: outside["secret.txt"])
    try folder.link("lists/in.txt", to: "../.hidden.txt")
    try folder.makePipe("pipe.txt")
    let list = try PolicyFolder.read(folder.path).text.listFile
    #expect(try list("lists/l.txt").get() == Array("x".utf8))
    #expect(try list("./lists/../lists//l.txt").get() == Array("x".utf8))
    #expect(try list("lists/in.txt").get() == Array("h".utf8))
    #expect(list("../\(outside.path)/secret.txt") == .failure(.outside))
    #expect(list("lists/../../x") == .failure(.outside))
    #expect(list("/etc/passwd") == .failure(.outside))
    #expect(list("out.txt") == .failure(.outside))
    #expect(list("l.txt") == .failure(.missing))
    #expect(list("a\u{0}b") == .failure(.outside))
    #expect(list("lists") == .failure(.unreadable("it is a folder")))
    #expect(list("pipe.txt") == .failure(.unreadable("it is not an ordinary file")))
  }
}

@Suite struct `Writing a file anew` {
  @Test func `keeps its permissions, and leaves nothing beside it`() throws {
    let folder = try TemporaryFolder(["a.rules": "old"])
    folder.setPermissions("a.rules", 0o640)
    try FileReplacement.replace(folder["a.rules"], with: Array("new".utf8))
    #expect(try folder.read("a.rules") == "new")
    #expect(try System.status(folder["a.rules"]).permissions == 0o640)
    #expect(folder.names == ["a.rules"])
  }

  @Test func `leaves a link a link`() throws {
    let folder = try TemporaryFolder(["real/a.rules": "old"])
    try folder.link("a.rules", to: "real/a.rules")
    try FileReplacement.replace(folder["a.rules"], with: Array("new".utf8))
    #expect(try System.status(folder["a.rules"]).kind == .link)
    #expect(try folder.read("real/a.rules") == "new")
  }

  @Test func `needs the file to be there, and making one needs it not to be`() throws {
    let folder = try TemporaryFolder(["a.rules": "old"])
    #expect(throws: SystemError.self) { try FileReplacement.replace(folder["b.rules"], with: []) }
    #expect(throws: SystemError.self) { try FileReplacement.create(folder["a.rules"], with: []) }
    #expect(try folder.read("a.rules") == "old")
    #expect(folder.names == ["a.rules"])
  }

  @Test(.enabled(if: !isRoot)) func `respects a file that is not to be written`() throws {
    let folder = try TemporaryFolder(["a.rules": "old"])
    folder.setPermissions("a.rules", 0o400)
    #expect(throws: SystemError.self) { try FileReplacement.replace(folder["a.rules"], with: []) }
    #expect(try folder.read("a.rules") == "old")
  }
}
