import Commands
import JSON
import Testing

@Suite struct `Explaining` {
  private let folder: TemporaryFolder

  init() throws {
    let message = #"{"recipient_prefers": "plain"}"#
    folder = try TemporaryFolder(["a.rules": smallPolicy, "m.json": message])
  }

  @Test func `takes the message from the command line, a file, or standard input`() {
    let message = #"{"recipient_prefers": "plain"}"#
    let expected = rulec("explain", folder.path, "--message", message)
    #expect(expected.code == .done)
    #expect(expected.output.hasPrefix("The decision is: send plain"))
    let file = rulec("explain", folder.path, "--message", "@" + folder["m.json"])
    #expect(file.output == expected.output)
    let input = rulec("explain", folder.path, "--message", "-", input: message)
    #expect(input.output == expected.output)
  }

  @Test func `gives programs the decision with its reasons`() throws {
    let outcome = rulec("explain", folder.path, "--message", "{}", "--format", "json")
    let answer = try JSONReader.read(Array(outcome.output.utf8))
    #expect(answer["outcome"] == .string("send encrypted"))
    #expect(answer["explanation"]?["on"] == .string("2026-01-01"))
  }

  @Test(arguments: ["text", "json"])
  func `says what is wrong with a message`(format: String) {
    let outcome = rulec(
      "explain", folder.path, "--message", #"{"recipient_prefers": "loud"}"#, "--format", format)
    #expect(outcome.code == .found)
    #expect((outcome.output + outcome.errors).contains("recipient_prefers"))
  }

  @Test func `needs a message`() {
    let outcome = rulec("explain", folder.path, "--message", "-", "--format", "json")
    #expect(outcome.code == .notDone)
    #expect(rulec("explain", folder.path, "--message", "@nowhere").code == .notDone)
    #expect(rulec("explain", folder.path, "--message", "-").code == .found)
  }

  // MARK: - What would change it

  /// A policy whose facts are of every kind, and one outcome that nothing gives.
  private static let library = """
    fact loan is: one of book, film, map, if absent book
    fact borrower needs: any of large-print, audio, braille, if absent nothing
    fact borrower is a pupil: yes or no
    fact fine is: number of £ from 0, if absent 0
    fact loan was due: date, if recorded
    fact borrower's address is: text, if recorded

    outcome lend
    outcome ask a librarian
    outcome refuse
    outcome burn

    rule Late borrowers are refused
      if the loan was due more than 30 days ago
      then refuse
      because others wait
      overrides Pupils borrow films
      overrides Fines are talked about

    rule Pupils borrow films
      if the loan is a film and the borrower is a pupil
      then lend
      overrides Fines are talked about

    rule Fines are talked about
      if the fine is more than £10 or the borrower needs audio or braille
        or the borrower's address is in the domain "school.example"
      then ask a librarian

    otherwise lend

    when unsure ask a librarian

    promise Nothing is burnt
      never burn
      because books are dear

    """

  private func explain(_ message: String, _ options: String...) throws -> Outcome {
    let folder = try TemporaryFolder(["a.rules": Explaining.library])
    return rulec(
      ["explain", folder.path, "--on", "2026-11-23", "--message", message] + options, input: [])
  }

  @Test func `names the nearest values of facts of every kind`() throws {
    let message = #"{"borrower_is_pupil": false, "borrower_needs": ["large-print"], "#
    let output = try explain(
      message + #""fine": 2.5, "loan_was_due": "2026-11-01", "borrower's_address": "a@b.example"}"#
    ).output
    let changes = output.components("What would change the outcome")
    #expect(
      changes == """
        What would change the outcome, if all else stays as it is:
          - if the borrower needs audio or braille as well: ask a librarian
          - if the fine is more than £10 instead of £2.5: ask a librarian
          - if the loan was due on or before 23 October 2026 instead of 1 November 2026: refuse
          - if the borrower's address is in the domain "school.example" instead of “a@b.example”: \
        ask a librarian
          There are no others: unless the facts of one of these lines change, the outcome stays as \
        it is. This is proved.

        """)
  }

  @Test func `names changes of several facts, and how many more there are`() throws {
    let message = #"{"borrower_is_pupil": false, "borrower_needs": ["audio"], "fine": 20}"#
    let output = try explain(message).output
    #expect(
      output.components("What would change the outcome") == """
        What would change the outcome, if all else stays as it is:
          - if the loan was due on or before 23 October 2026: refuse
          - if the loan is film instead of book, and the borrower is a pupil, for example: lend
          - if the borrower needs nothing, and the fine is more than £0 and at most £10 instead of £20, for \
        example: lend
          There are no others: unless the facts of one of these lines change, the outcome stays as \
        it is. This is proved.

        """)
    let few = try explain(message, "--changes", "1").output
    #expect(few.contains("  There are 2 more that are not shown.\n"))
  }

  @Test func `says what stood in the way of another outcome`() throws {
    let message = #"{"borrower_is_pupil": true, "loan": "film", "loan_was_due": "2026-01-01"}"#
    let output = try explain(message, "--why-not", "LEND").output
    #expect(
      output.components("Why the outcome is not") == """
        Why the outcome is not lend:
          The rule “Pupils borrow films” (a.rules:20) says so. It is set aside by “Late borrowers \
        are refused”, which overrides it.
          `otherwise` says so, but only where no rule decides.

        What would give it the outcome lend, if all else stays as it is:
          - if the loan was due on or after 24 October 2026 instead of 1 January 2026, or it is not \
        recorded when the loan was due: lend
          There are no others: unless the facts of one of these lines change, it has another \
        outcome. This is proved.

        """)
    #expect(try explain(message, "--why-not", "refuse").output.hasSuffix("you asked about.\n"))
  }

  @Test func `proves that nothing gives an outcome`() throws {
    let output = try explain(#"{"borrower_is_pupil": true}"#, "--why-not", "burn").output
    #expect(
      output.components("Why the outcome is not") == """
        Why the outcome is not burn:
          The promise “Nothing is burnt” rules it out for such a message.
            The reason given for the promise: books are dear.
          No rule says so.

        Nothing that a message could say on that day gives it the outcome burn. This is proved.

        """)
    let json = try explain(
      #"{"borrower_is_pupil": true}"#, "--why-not", "burn", "--format", "json")
    let answer = try JSONReader.read(Array(json.output.utf8))["explanation"]?["whyNot"]
    #expect(answer?["impossible"] == .bool(true))
    #expect(answer?["promises"] == .array([.string("Nothing is burnt")]))
    #expect(answer?["complete"] == .bool(true))
  }

  @Test func `does not know outcomes that nobody declared`() throws {
    let outcome = try explain("{}", "--why-not", "refusse")
    #expect(outcome.code == .notDone)
    #expect(outcome.errors.contains("no outcome `refusse`"))
    #expect(outcome.errors.contains("did you mean `refuse`?"))
  }

  @Test func `gives programs the values that would change the outcome`() throws {
    let json = try explain(#"{"borrower_is_pupil": false, "fine": 3}"#, "--format", "json").output
    #expect(
      json.contains(
        #"{"fields":["fine"],"endings":[{"if":"the fine is more than £10 instead of £3","#
          + #""outcome":"ask a librarian","notes":[],"rules":["Fines are talked about"],"#
          + #""ways":[{"fine":10.000001}]}]}"#), "\(json)")
  }
}

extension String {
  /// The text from some words on.
  fileprivate func components(_ words: String) -> String {
    firstRange(of: words).map { String(self[$0.lowerBound...]) } ?? self
  }
}
