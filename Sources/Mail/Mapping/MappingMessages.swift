import Findings
import Model

// The words for what is wrong with a mapping.

extension Finding {
  static func notAMappingStatement(at span: Span) -> Finding {
    Finding(
      .syntax, "this line says neither where a fact comes from nor what an outcome means", at: span,
      help:
        "write `FACT comes from …`, `OUTCOME means …` or `NOTE means …`; a line that goes on with another is indented"
    )
  }

  static func wordsTooMany(_ text: String, at span: Span) -> Finding {
    Finding(
      .syntax, "the sentence is complete before `\(text)`", at: span,
      help: "take these words out, or begin a new line with them")
  }

  static func unknownFact(_ name: String, _ phrases: [String], at span: Span) -> Finding {
    Finding(
      .unknownWord, "no fact of the policy is called `\(name)`", at: span,
      help: Spelling.nearest(name, in: phrases).map { "did you mean `\($0)`?" }
        ?? "name it as its sentences begin, such as `recipient prefers`")
  }

  static func saidTwice(_ name: String, at span: Span, earlier: Span) -> Finding {
    Finding(
      .duplicate, "`\(name)` stands here for the second time", at: span,
      related: [RelatedPlace("the first time", at: earlier)], help: "keep one of the two")
  }

  static func unknownOutcome(_ name: String, _ known: [String], at span: Span) -> Finding {
    Finding(
      .unknownName, "the policy has no outcome and no note `\(name)`", at: span,
      help: Spelling.nearest(name, in: known).map { "did you mean `\($0)`?" })
  }

  static func mixedNames(at span: Span) -> Finding {
    Finding(
      .syntax, "outcomes and notes stand in one sentence", at: span,
      help: "write a sentence for the outcomes and another for the notes")
  }

  static func factWithoutSource(_ phrase: String, at span: Span) -> Finding {
    Finding(
      .missingDefault, "nothing says where `\(phrase)` comes from, and the policy needs it",
      at: span,
      help: "add `\(phrase) comes from …`, or `\(phrase) is never known`")
  }

  static func outcomeWithoutAction(_ name: String, at span: Span) -> Finding {
    Finding(
      .missingDefault, "nothing says what becomes of a message whose outcome is `\(name)`",
      at: span,
      help: "add `\(name) means …`, or `every other outcome means hold`")
  }

  static func noteWithoutAction(_ name: String, at span: Span) -> Finding {
    Finding(
      .missingDefault, "nothing says what becomes of the note `\(name)`", at: span,
      help: "add `\(name) means …`, or `every other note means hold`")
  }

  static func noSplitServer(at span: Span) -> Finding {
    Finding(
      .syntax, "several recipients are split, and nothing says by which server", at: span,
      help: "add `split mail goes to 127.0.0.1:10587`, with the port of your submission service")
  }

  static func notAServer(at span: Span) -> Finding {
    Finding(
      .syntax, "a server has to stand here", at: span,
      help: "write its name or address and its port, such as `[gateway.example]:25`")
  }

  static func notAnAddress(at span: Span) -> Finding {
    Finding(
      .syntax, "an address has to stand here", at: span, help: "write it as `\"pat@example.org\"`")
  }

  static func notASource(_ text: String, at span: Span) -> Finding {
    Finding(
      .syntax,
      text.isEmpty ? "the sentence ends before it says where from" : "nothing comes from `\(text)`",
      at: span,
      help:
        "facts come from `header \"X-Purpose\"`, `the subject`, `the sender's address`, `the recipient's address`, "
        + "`the number of attachments`, `the size of the attachments`, `the number of recipients`, "
        + "`macro \"auth_authen\"` or `register \"promises.csv\" by the recipient's address`")
  }

  static func sourceDoesNotFit(_ source: String, _ fact: Fact, at span: Span) -> Finding {
    Finding(
      .wrongType, "this gives \(source), and `\(fact.phrase)` is something else", at: span,
      help: "take a header or a register, or declare the fact otherwise")
  }

  static func noRegisterFile(at span: Span) -> Finding {
    Finding(
      .syntax, "the file of the register has to stand here, in quotation marks", at: span,
      help: "write `register \"promises.csv\" by the recipient's address`")
  }

  static func noRegisterKey(at span: Span) -> Finding {
    Finding(
      .syntax, "nothing says whom to look up in the register", at: span,
      help:
        "add `by the recipient's address`, `by the sender's address` or `by header \"X-Reference\"`"
    )
  }

  static func notAnAction(_ text: String, at span: Span) -> Finding {
    Finding(
      .syntax,
      text.isEmpty ? "the sentence ends before it says what" : "an outcome cannot mean `\(text)`",
      at: span,
      help:
        "outcomes mean `accept`, `route to [gateway.example]:25`, `hold`, `reject`, `defer` or `redirect to ADDRESS`"
    )
  }

  static func notAReply(_ first: String, at span: Span) -> Finding {
    Finding(
      .syntax, "a reply has to stand here", at: span,
      help: first == "5"
        ? "write `reject with 550 5.7.1 \"ask your manager\"`"
        : "write `defer with 451 4.7.1 \"try again later\"`")
  }

  static func notAField(at span: Span) -> Finding {
    Finding(
      .syntax, "a header has to stand here, in quotation marks", at: span,
      help: "write its name, a colon and its value: `\"X-Send-Policy: plain\"`")
  }

  static func notANoteAction(_ text: String, at span: Span) -> Finding {
    Finding(
      .syntax,
      text.isEmpty ? "the sentence ends before it says what" : "a note cannot mean `\(text)`",
      at: span,
      help:
        "notes mean `add the text below the message`, `attach the text`, `header \"Priority: urgent\"`, `hold` or `nothing`"
    )
  }
}
