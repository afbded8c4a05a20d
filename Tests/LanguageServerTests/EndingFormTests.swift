import Findings
import Syntax
import Testing
import Values

/// The endings that are offered are sentences of the language, in the one layout.
@Suite struct EndingFormTests {
  private static let vocabulary = """
    fact purpose is: one of appeal, bill, complaint, if recorded
    fact recipient prefers: one of plain, encrypted, if recorded
    fact message contains: any of health-data, other-data, if recorded
    fact hearing is: date, if recorded
    fact consent was given: date, if recorded
    fact address is: text, if recorded
    fact size is: number of MB, if recorded
    fact count is: whole number
    fact message is about health: yes or no, if recorded

    outcome send plain

    """

  private static let samples: [EndingForm.Piece: [String]] = [
    .text: ["\"gov.uk\"", "\"a@gov.uk\""], .date: ["1 January 2027", "2 January 2027"],
    .duration: ["10 days", "10 days"],
  ]

  private static func words(_ form: EndingForm, of fact: DeclaredFact) -> String {
    var used = 0
    return form.pieces.map { piece in
      defer { if case .words = piece {} else { used += 1 } }
      switch piece {
      case .words(let words): return words
      case .bareNumber: return "\(used + 2)"
      case .value: return fact.values.names[used]
      case .number:
        if case .number(let type) = fact.type, let unit = type.unit {
          return "\(used + 2) \(unit.text)"
        }
        return "\(used + 2)"
      case .text, .date, .duration: return samples[piece]?[used] ?? ""
      }
    }.joined()
  }

  private func read(_ statement: String) -> PolicySyntax {
    let text = EndingFormTests.vocabulary + statement
    return Syntax.read(
      PolicyText(ruleFiles: [SourceFile(path: "a.rules", bytes: Array(text.utf8))]))
  }

  /// Reads a statement and formats it: no finding, and not a letter is changed.
  private func expectReads(_ statement: String) {
    let syntax = read(statement)
    let found = syntax.findings.map(\.message)
    #expect(found == [], "\(statement)")
    let text = EndingFormTests.vocabulary + statement
    let formatted = syntax.documents.first.flatMap { Formatter.formatted($0, of: syntax) }
    let isSame = formatted == Array(text.utf8)
    #expect(
      isSame,
      "\(String(decoding: (formatted ?? []).suffix(statement.utf8.count + 9), as: UTF8.self))")
  }

  @Test func everyEndingOfAConditionReadsAndStaysAsItIs() {
    for fact in read("").lexicon.facts {
      for isNegative in [false, true] {
        guard let phrase = isNegative ? fact.negativeText : fact.phrase.text else { continue }
        for form in EndingForm.forms(of: fact, isNegative: isNegative, in: .condition) {
          let words = EndingFormTests.words(form, of: fact)
          expectReads("rule A\n  if \(phrase) \(words)\n  then send plain\n")
        }
      }
    }
  }

  @Test func everyEndingOfAScenarioReads() {
    for fact in read("").lexicon.facts {
      for form in EndingForm.forms(of: fact, isNegative: false, in: .given) {
        let words = EndingFormTests.words(form, of: fact)
        let syntax = read("scenario A\n  given \(fact.phrase.text) \(words)\n  expect send plain\n")
        #expect(syntax.findings.map(\.message) == [], "\(words)")
      }
    }
  }

  @Test func everyEndingOfACellReads() {
    for fact in read("").lexicon.facts {
      for form in EndingForm.forms(of: fact, isNegative: false, in: .cell) {
        let words = EndingFormTests.words(form, of: fact)
        let syntax = read(
          "table A\n  | \(fact.phrase.text) | then |\n  | \(words) | send plain |\n")
        #expect(syntax.findings.filter { $0.severity == .error }.map(\.message) == [], "\(words)")
      }
    }
  }
}
