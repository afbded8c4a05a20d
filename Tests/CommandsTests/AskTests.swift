import Commands
import JSON
import Testing

@Suite struct `An interview` {
  private let folder: TemporaryFolder

  private static let rules = """
    fact loan is: one of book, film, map
    fact borrower needs: any of large-print, audio, if absent nothing
    fact borrower is a pupil: yes or no
    fact fine is: number of £ from 0, if absent 0
    fact loan was due: date, if recorded
    fact address is: text, if recorded

    outcome lend
    outcome ask a librarian
    outcome refuse

    note reminder

    rule Maps are for pupils
      if the loan is a map and the borrower is not a pupil
      then refuse
      because the school paid for them

    rule Fines are talked about
      if the loan is a film and the fine is more than £10 and the address is in the domain "example.org"
      then ask a librarian

    rule Who needs audio is asked
      if the loan is a film and the borrower needs audio
      then ask a librarian

    rule Late films
      if the loan is a film and the loan was due more than 30 days ago
      then add reminder

    otherwise lend

    when unsure ask a librarian

    """

  init() throws {
    folder = try TemporaryFolder(["a.rules": `An interview`.rules])
  }

  private func ask(_ answers: String..., options: [String] = []) -> Outcome {
    let input = Array(answers.map { $0 + "\n" }.joined().utf8)
    return rulec(["ask", folder.path, "--on", "2026-11-23"] + options, input: input)
  }

  private func message(_ outcome: Outcome) -> String {
    outcome.output.split(separator: "\n").last.map(String.init) ?? ""
  }

  @Test func `ends as soon as nothing more can change the decision`() {
    let outcome = ask("book")
    #expect(outcome.code == .done)
    #expect(
      outcome.errors == """
        Only what can still change the decision is asked. Besides an answer you can type
          unknown  if it cannot be found out
          why      to hear which rules hang on it
          back     to change the answer before
          stop     to end, with what is decided so far

        1. The loan is
           1  book
           2  film
           3  map
           (a number, or the words)
        > book
           The loan is book.

        That is enough: one of 6 facts was asked for.


        """)
    #expect(outcome.output.hasPrefix("The decision is: lend.\n"))
    #expect(message(outcome) == #"{"on":"2026-11-23","loan":"book"}"#)
  }

  @Test func `decides what it writes as it said`() throws {
    let outcome = ask("2", "", "pat@example.org", "£20", "1 October 2026")
    #expect(outcome.output.hasPrefix("The decision is: ask a librarian, with reminder.\n"))
    let again = rulec(
      "decide", folder.path, "--messages", "-", "--on", "2020-01-01", input: message(outcome))
    #expect(again.output.contains(#""outcome":"ask a librarian","notes":["reminder"],"sure":true"#))
  }

  @Test func `takes numbers, names, units, and dates as people write them`() {
    for (typed, said) in [
      ("2", "The loan is film."), ("FILM", "The loan is film."), (#""film""#, "The loan is film."),
    ] {
      #expect(ask(typed).errors.contains("> \(typed)\n   \(said)\n"), "\(typed)")
    }
    for (typed, said) in [
      ("20", "£20."), ("£20", "£20."), ("20.5 £", "£20.5."), ("", "£0."),
    ] {
      #expect(
        ask("film", "nothing", "a@example.org", typed).errors.contains("   The fine is \(said)\n"),
        "\(typed)")
    }
    for (typed, said) in [
      ("7 September 2026", "7 September 2026."), ("7 sep 2026", "7 September 2026."),
      ("2026-09-07", "7 September 2026."), ("today", "23 November 2026."),
    ] {
      let errors = ask("film", "audio", typed).errors
      #expect(errors.contains("The loan was due \(said)"), "\(typed): \(errors)")
    }
    #expect(ask("film", "1, 2").errors.contains("The borrower needs large-print and audio."))
  }

  @Test func `says what is wrong with an answer, and asks again`() {
    let errors = ask(
      "flim", "9", "film", "audoi", "none", "a@example.org", "lots", "-1", "0", "31/12/2026", "stop"
    )
    .errors
    for words in [
      "The answer is the text `flim`, which is none of its values; did you mean `film`?",
      "The answer is the text `9`, which is none of its values; there are `book`, `film`, `map`.",
      "The answer holds the text `audoi`, which is none of its values; did you mean `audio`?",
      "The answer is the text `lots`; it takes a number of £ from 0 on.",
      "The answer is the number -1; it takes a number of £ from 0 on.",
      "The answer is the text `31/12/2026`; it takes a day from 1900 on that exists",
    ] {
      #expect(errors.contains("   \(words)"), "\(words): \(errors)")
    }
    #expect(ask("map", "maybe", "").errors.contains("   It takes yes or no.\n"))
    #expect(ask("map", "").errors.contains("   This has to be answered; type `unknown`"))
  }

  @Test func `says which rules hang on a fact`() {
    let errors = ask("map", "why", "no").errors
    #expect(
      errors.contains(
        """
        > why
           This rule hangs on it:
           The rule “Maps are for pupils” (a.rules:14) says: refuse.
        > no
           The borrower is not a pupil.
        """), "\(errors)")
  }

  @Test func `goes back`() {
    let outcome = ask("back", "map", "back", "book")
    #expect(outcome.errors.contains("> back\n   This is the first question.\n> map\n"))
    #expect(outcome.errors.contains("   Taken back: The loan is map.\n\n1. The loan is\n"))
    #expect(message(outcome) == #"{"on":"2026-11-23","loan":"book"}"#)
  }

  @Test func `does not guess what cannot be found out`() {
    let outcome = ask("map", "unknown")
    #expect(outcome.output.hasPrefix("The decision is not sure, because facts are missing."))
    #expect(
      message(outcome) == #"{"on":"2026-11-23","loan":"map","unknown":["borrower_is_pupil"]}"#)
  }

  @Test func `ends where it is stopped, or where nothing more is typed`() {
    for outcome in [ask("film", "stop"), ask("film")] {
      #expect(outcome.code == .done)
      #expect(outcome.errors.contains("Stopped: 4 facts could still change the decision."))
      #expect(
        message(outcome)
          == #"{"on":"2026-11-23","loan":"film","unknown":["borrower_needs","fine","loan_was_due","address"]}"#
      )
    }
  }

  @Test func `reads no rubbish`() {
    let typed = [UInt8]("fi".utf8) + [0xff, 0x0a, 0x1b, 0x5b, 0x41, 0x0a]
    let long = [UInt8](repeating: 0x61, count: 1 << 20) + [0x0a]
    let outcome = rulec(
      ["ask", folder.path], input: typed + long + [UInt8]("book\r".utf8))
    #expect(outcome.code == .done)
    #expect(outcome.errors.components("That cannot be read.") == 3)
    #expect(message(outcome).hasSuffix(#""loan":"book"}"#))
  }

  @Test func `writes a scenario that passes`() throws {
    let outcome = ask(
      "film", "audio", "unknown", options: ["--scenario", "What Pat asked for"])
    let start = try #require(outcome.output.firstRange(of: "scenario "))
    let scenario = String(outcome.output[start.lowerBound...])
    #expect(
      scenario == """
        scenario What Pat asked for
          given loan is film
          given borrower needs audio
          given it is unknown what loan was due
          on 23 November 2026
          expect unsure

        """)
    let policy = try TemporaryFolder(["a.rules": `An interview`.rules, "b.rules": scenario])
    #expect(rulec("test", policy.path).code == .done)
  }
}

extension String {
  /// How often some words stand in the text.
  fileprivate func components(_ words: String) -> Int { ranges(of: words).count }
}
