import JSON
import Testing

@testable import LanguageServer

/// A new name comes everywhere, or nowhere.
@Suite struct RenameTests {
  private static let more = """
    note reminder: "About {the purpose}: {hearing}"

    rule Reminders
      if the purpose is not bill and the address starts with "x" and the hearing isn't recorded
      then add reminder

    table Bills
      | purpose | then       |
      | bill    | send plain |
      overrides Serious matters are encrypted
      because bills are public

    promise Bills go plain
      if the purpose is bill
      always send plain
      unless the purpose is bill

    scenario Later
      like A parent asks for plain email
      given it is unknown what the purpose is
      expect send plain
      by Whoever asked for plain email gets it

    """

  /// Renames what `words` name, and gives both files as they are then.
  private func rename(
    _ words: String, to new: String, in path: String = "letters.rules",
    more: String = RenameTests.more
  ) throws -> (letters: String, more: String) {
    let editor = try Editor(["letters.rules": letters, "more.rules": more])
    editor.open("letters.rules", letters)
    editor.open("more.rules", more)
    editor.settle()
    let text = path == "letters.rules" ? letters : more
    let start = try #require(text.firstRange(of: words)).lowerBound
    let before = text[...start].split(separator: "\n", omittingEmptySubsequences: false)
    var parameters =
      editor.place(path, line: before.count, column: before.last?.utf16.count ?? 0).members ?? []
    parameters.append(.init(name: "newName", value: .string(new)))
    let edit = try editor.request("textDocument/rename", .object(parameters))
    let changes = edit["changes"]
    return (
      Editor.text(letters, with: changes?[editor.uri("letters.rules")]),
      Editor.text(more, with: changes?[editor.uri("more.rules")])
    )
  }

  @Test func aFactIsRenamedInAllItsForms() throws {
    let after = try rename("purpose is", to: "aim of the letter is")
    #expect(
      after.letters.hasPrefix(
        "fact aim of the letter is: one of appeal, bill, complaint\n  from purpose\n"))
    #expect(after.letters.contains("if the aim of the letter is one of serious purposes"))
    #expect(after.letters.contains("without encryption about {aim of the letter}."))
    #expect(after.more.contains("About {aim of the letter}: {hearing}"))
    #expect(after.more.contains("if the aim of the letter is not bill"))
    #expect(after.more.contains("| aim of the letter | then       |"))
    #expect(after.more.contains("given it is unknown what the aim of the letter is"))
  }

  @Test func sentencesMadeFromAPhraseAreRenamedToo() throws {
    let after = try rename("address is", to: "email address is")
    #expect(after.more.contains("the email address starts with \"x\""))
    #expect(after.letters.contains("the email address is in the domain \"gov.uk\""))
  }

  @Test func negativesAreMadeAnew() throws {
    let after = try rename("recipient prefers", to: "reader wants")
    #expect(after.letters.contains("if the reader wants plain and"))
    let health = try rename("message is about health", to: "letter is about health")
    #expect(health.letters.contains("the letter is not about health"))
  }

  @Test func valuesOutcomesNotesAndListsAreRenamed() throws {
    #expect(
      try rename("bill", to: "council tax bill").more.contains(
        "| council tax bill    | send plain |"))
    #expect(try rename("send plain", to: "send by email").more.contains("always send by email"))
    #expect(try rename("consent note", to: "plain note").letters.contains("with plain note"))
    #expect(
      try rename("serious purposes", to: "grave ones").letters.contains("one of grave ones"))
  }

  @Test func rulesAndScenariosAreRenamed() throws {
    let rule = try rename("Whoever asked", to: "Promised")
    #expect(rule.letters.contains("rule Promised\n"))
    #expect(rule.more.contains("by Promised\n"))
    let scenario = try rename("A parent asks", to: "A mother asks")
    #expect(scenario.more.contains("like A mother asks\n"))
    let section = try rename("Ordinary", to: "The rest")
    #expect(section.letters.contains("overrides section The rest\n"))
    #expect(section.letters.contains("\nsection The rest\n"))
  }

  @Test func aNameWithWordsOfTheLanguageIsPutInQuotes() throws {
    let after = try rename("complaint", to: "health and safety")
    #expect(after.letters.contains("one of appeal, bill, \"health and safety\""))
    #expect(after.letters.contains("list serious purposes: appeal, \"health and safety\""))
  }

  @Test func listFilesAreChangedToo() throws {
    let rules = letters.replacing(
      "list serious purposes: appeal, complaint", with: "list serious purposes from \"serious.txt\""
    )
    let editor = try Editor(["letters.rules": rules, "serious.txt": "appeal\ncomplaint\n"])
    editor.open("letters.rules", rules)
    editor.settle()
    var parameters = editor.place("letters.rules", line: 1, column: 40).members ?? []
    parameters.append(.init(name: "newName", value: "grievance"))
    let edit = try editor.request("textDocument/rename", .object(parameters))
    #expect(
      Editor.text("appeal\ncomplaint\n", with: edit["changes"]?[editor.uri("serious.txt")])
        == "appeal\ngrievance\n")
  }

  @Test(arguments: [
    ("purpose is", "recipient prefers", "`recipient prefers` is the phrase of a fact already"),
    ("purpose is", "", "a name has at least one letter"),
    ("bill", "appeal", "`appeal` is a value of `purpose is` already"),
    ("bill", "serious purposes", "`serious purposes` is the name of a list already"),
    ("send plain", "send encrypted", "`send encrypted` is an outcome already"),
    (
      "Urgent appeals", "Serious matters are encrypted",
      "`Serious matters are encrypted` is the name of a rule or table already"
    ),
    (
      "address is", "address was noted as",
      "some sentences are made from the phrase without its last word, as in `subject starts with` from `subject is`: the new phrase has to end in `is` too"
    ),
    ("message is urgent", "message is about health", "with the name"),
    ("Urgent appeals", "Grave, if it is", "with the name"),
    ("because we", "x", "here stands no name that could be changed"),
  ])
  func whatCannotBeIsRefusedInASentence(_ words: String, _ new: String, _ reason: String) throws {
    do {
      let after = try rename(words, to: new)
      Issue.record("it was renamed: \(after.letters)")
    } catch let refusal as Editor.Refusal {
      #expect(refusal.message.hasPrefix(reason), "\(refusal.message)")
    }
  }

  @Test func aPolicyWithErrorsIsPutRightFirst() throws {
    do {
      _ = try rename("purpose is", to: "aim is", more: "rule A\n  if porpoise\n  then send plain\n")
      Issue.record("it was renamed")
    } catch let refusal as Editor.Refusal {
      #expect(refusal.message.hasPrefix("the policy has 1 error;"), "\(refusal.message)")
    }
  }
}
