import Analysis
import Findings
import Foundation
import Syntax
import Testing
import Values
import TestSupport

/// Whatever the productions of grammar.md make is read: sentences are drawn from them at random, with
/// a fixed seed, and none may be an error.
@Suite struct GrammarTests {
  /// What is drawn, where it stands, and what stands for the pieces that it is made of.
  struct Draw: CustomTestStringConvertible, Sendable {
    let production: String
    /// The statement around it; `@` stands for what was drawn, `#` for a number that is never twice
    /// the same.
    let frame: String
    var leaves: [String: [String]] = [:]
    /// What the page says in words, as a regular expression: draws that match are no sentences.
    var exception: String?

    var testDescription: String { "\(production) in \(frame.prefix(60))" }
  }

  static func condition(_ words: String) -> String {
    "rule Drawn #\n  if \(words)\n  then send plain"
  }

  static let sentences = [
    "the purpose is complaint", "the message contains anything",
    "the attachment count is at least 3",
  ]
  static let references = ["OUTCOME": ["send plain"], "NOTE": ["large print", "consent note"]]

  /// Not what means `within`.
  private static let unlessWithin =
    "(?!at most|up to|no (?:more|greater|larger|bigger)|.* or equal to|.* or (?:less|fewer|under))"
    + "(?!(?:more|greater|larger|bigger) than or equal to)"

  static let draws: [Draw] = [
    Draw(
      production: "number-ending", frame: condition("the message size is @"),
      leaves: ["NUMBER": ["3", "three"], "CURRENCY": [""], "UNIT": ["MB", "mbs"]],
      exception: "between .* to .*|(?!between).* and .*"),
    Draw(
      production: "date-ending", frame: condition("the tribunal deadline is @"),
      leaves: ["NUMBER": ["3"], "date": ["1 May 2026", "1st may 2026", "2026-05-01"]],
      exception: ".* ago or .*|\(unlessWithin).* (?:away|today) or .*"),
    Draw(
      production: "text-ending", frame: condition("the recipient's address is @"),
      leaves: ["values": ["\"a.b\"", "a.b, \"c\"", "a.b or secure domains"]],
      exception: #"(?:starts|begins|ends|contains) .*"#),
    Draw(
      production: "value-ending", frame: condition("the purpose is @"),
      leaves: [
        "value": ["complaint", "council-tax"], "LIST": ["SEN purposes"],
        "value-separator": [",", "or", ", or"], "quantifier": ["one of", "any of", "either"],
        "except": ["other than annual-review"], "bulleted-values": ["complaint"],
      ]),
    Draw(
      production: "value-ending", frame: condition("the message contains @"),
      leaves: [
        "value": ["personal-data", "health-data"], "value-separator": ["or", ", or"],
        "quantifier": ["any of", "none of", "either"], "LIST": ["sorts of data"],
        "list-words": ["nothing"], "except": ["other than health-data"],
        "bulleted-values": ["anything"],
      ]),
    Draw(
      production: "block", frame: condition("@"),
      leaves: ["bullet": ["", ",", ";"].flatMap { end in sentences.map { "\n    - \($0)\(end)" } }]),
    Draw(
      production: "junction", frame: condition("@"),
      leaves: ["operand": sentences, "connective": ["and", ", and"]]),
    Draw(
      production: "condition", frame: condition("@"),
      leaves: ["junction": [sentences[0], "\(sentences[1]) and not \(sentences[2])"]]),
    Draw(
      production: "group", frame: condition("@"), leaves: ["operand": sentences],
      exception: "(?!.* (?:or|and|nor) ).*"),
    Draw(
      production: "recorded-head", frame: condition("@ consent was given"),
      exception: #".*unknown.*"#),
    Draw(
      production: "consequent", frame: "rule Drawn #\n  if the purpose is complaint\n  then @",
      leaves: references),
    Draw(
      production: "pledge", frame: "promise Drawn #\n  @",
      leaves: [
        "notes": ["large print", "large print and consent note"],
        "note-reference": ["large print", "consent note"],
        "PHRASE": ["purpose is", "purpose"],
        "pledged-outcomes": [
          "send plain", "send plain or electronic ways", "one of electronic ways",
        ],
      ]),
    Draw(
      production: "type", frame: "fact drawn thing number # is: @",
      leaves: [
        "names": ["a1", "a1, b1", "a1 or b1"],
        "number-type": ["", "of MB", "from 3", "of MB, from 3 to 9", "to 9 of MB"],
      ]),
    Draw(
      production: "list-items", frame: "list drawn #: @",
      leaves: ["list-item": ["1 May 2026", "2 June 2026"]]),
  ]

  @Test(arguments: draws)
  func whatTheGrammarMakesIsRead(_ draw: Draw) throws {
    let page = try Page("grammar.md")
    let grammar = Grammar(page.blocks("ebnf").flatMap(\.lines))
    let exception = try draw.exception.map { try Regex($0) }
    var random = SeededRandom(state: 2026)
    var drawn: Set<String> = []
    for _ in 0..<300 {
      let words = grammar.draw(draw.production, draw.leaves, &random)
      if let exception, words.wholeMatch(of: exception) != nil { continue }
      drawn.insert(words)
    }
    #expect(drawn.count > 1, "too little to try")
    let statements = drawn.sorted().enumerated().map { index, words in
      draw.frame.replacing("#", with: "\(index)").replacing("@", with: words)
    }
    let vocabulary = page.blocks("rules").filter { $0.marks.dropFirst().first == "words" }
    let words = (vocabulary.map(\.text) + ["list sorts of data: health-data, personal-data"])
    let text = (words + statements).joined(separator: "\n\n") + "\n\nwhen unsure hold for review\n"
    let source = SourceFile(path: "drawn.rules", bytes: Array(text.utf8))
    let result = check(PolicyText(ruleFiles: [source]), today: .firstProved, workLimit: nil)
    for finding in result.findings where finding.severity == .error {
      let line = source.line(at: finding.span.start)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      Issue.record("\(finding.code.rawValue): \(finding.message): \(lines[line - 1])")
    }
  }
}

/// Productions, from which sentences can be drawn.
struct Grammar {
  indirect enum Part {
    case word(String)
    case sequence([Part])
    case choice([Part])
    case optional(Part)
    case repeated(Part)
  }

  private var productions: [String: Part] = [:]

  init(_ lines: [String]) {
    var texts: [(name: String, text: String)] = []
    for line in lines {
      if let match = line.prefixMatch(of: #/([a-z-]+) = (.*)/#) {
        texts.append((String(match.1), String(match.2)))
      } else if !texts.isEmpty {
        texts[texts.count - 1].text += " " + line
      }
    }
    for (name, text) in texts {
      var pieces = text.matches(of: /`[^`]*`|[A-Za-z]+(?:-[A-Za-z]+)*|[\[\]{}()|]/)
        .map { String($0.0) }[...]
      productions[name] = Grammar.choice(&pieces)
    }
  }

  private static func choice(_ pieces: inout ArraySlice<String>) -> Part {
    var parts = [sequence(&pieces)]
    while pieces.first == "|" {
      pieces.removeFirst()
      parts.append(sequence(&pieces))
    }
    return .choice(parts)
  }

  private static func sequence(_ pieces: inout ArraySlice<String>) -> Part {
    var parts: [Part] = []
    while let piece = pieces.first, !["|", ")", "]", "}"].contains(piece) {
      pieces.removeFirst()
      guard ["(", "[", "{"].contains(piece) else {
        parts.append(.word(piece))
        continue
      }
      let inside = choice(&pieces)
      pieces.removeFirst()
      parts.append(piece == "(" ? inside : piece == "[" ? .optional(inside) : .repeated(inside))
    }
    return .sequence(parts)
  }

  /// Words that a production makes; `leaves` stand in the place of productions and pieces.
  func draw(
    _ name: String, _ leaves: [String: [String]], _ random: inout SeededRandom
  ) -> String {
    guard let part = productions[name] else { return name }
    return draw(part, leaves, &random).replacing(" ,", with: ",")
  }

  private func draw(
    _ part: Part, _ leaves: [String: [String]], _ random: inout SeededRandom
  ) -> String {
    switch part {
    case .word(let word):
      if let choices = leaves[word] { return choices.randomElement(using: &random) ?? "" }
      if word.hasPrefix("`") { return String(word.dropFirst().dropLast()) }
      return draw(word, leaves, &random)
    case .sequence(let parts):
      return parts.map { draw($0, leaves, &random) }.filter { !$0.isEmpty }.joined(separator: " ")
    case .choice(let parts):
      return draw(parts.randomElement(using: &random) ?? .sequence([]), leaves, &random)
    case .optional(let part):
      return Bool.random(using: &random) ? draw(part, leaves, &random) : ""
    case .repeated(let part):
      let count = [0, 0, 1, 2].randomElement(using: &random) ?? 0
      return (0..<count).map { _ in draw(part, leaves, &random) }.joined(separator: " ")
    }
  }
}
