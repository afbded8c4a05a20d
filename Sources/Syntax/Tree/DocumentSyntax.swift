package import Findings
package import Values

/// One rule file as it was written.
package struct DocumentSyntax: Sendable {
  package let tokens: TokenList
  package var statements: [StatementSyntax]

  package var file: FileID { tokens.file }
}

/// One statement and the tokens that it covers.
package struct StatementSyntax: Sendable {
  package let range: Range<Int>
  package let kind: Kind

  package enum Kind: Sendable {
    case fact(FactSyntax)
    case outcome(OutcomeSyntax)
    case note(NoteSyntax)
    case list(ListSyntax)
    case define(DefinitionSyntax)
    case section(SectionSyntax)
    case rule(RuleSyntax)
    case otherwise(DefaultSyntax)
    case whenUnsure(DefaultSyntax)
    case promise(PromiseSyntax)
    case scenario(ScenarioSyntax)
    case table(TableSyntax)
    /// Lines that make no statement; the findings say why.
    case unreadable
  }
}

/// Words of an officer's own: a name, or a text that runs to the end of its line.
package struct NameSyntax: Hashable, Sendable {
  package let span: Span
  /// As written, white space collapsed; of a quoted name, what the quotes hold.
  package let text: String
  package var isQuoted = false
}

/// The words with which a sentence about a fact or definition begins.
package struct PhraseSyntax: Hashable, Sendable {
  package let span: Span
  package let range: Range<Int>
  /// Without articles; contractions written out.
  package let words: [Word]
  /// As written, white space collapsed.
  package let text: String
}

/// A date of the calendar.
package struct DateSyntax: Hashable, Sendable {
  package let span: Span
  package let day: Day
}

// MARK: Vocabulary

package struct FactSyntax: Sendable {
  package let keyword: Span
  package var phrase: PhraseSyntax
  package var type: TypeSyntax?
  package var presence: PresenceSyntax = .required
  package var path: NameSyntax?
  package var negative: PhraseSyntax?
  package var clauses: [ClauseSyntax] = []
}

package enum TypeSyntax: Sendable {
  case oneOf([NameSyntax])
  case anyOf([NameSyntax])
  case yesOrNo
  case number(NumberTypeSyntax)
  case date
  case text
}

package struct NumberTypeSyntax: Hashable, Sendable {
  package var isWhole: Bool
  package var unit: NameSyntax?
  package var low: Decimal6?
  package var high: Decimal6?
}

/// What a message that does not hold the fact means.
package enum PresenceSyntax: Sendable {
  /// The fact is missing.
  case required
  /// There is nothing recorded.
  case ifRecorded(Span)
  /// The fact has the value of the range of tokens, read as an ending.
  case ifAbsent(Span, EndingSyntax?, written: Range<Int>)
}

package struct OutcomeSyntax: Sendable {
  package let keyword: Span
  package let name: NameSyntax
}

package struct NoteSyntax: Sendable {
  package let keyword: Span
  package let name: NameSyntax
  package let text: NameSyntax?
}

package struct ListSyntax: Sendable {
  package let keyword: Span
  package let name: NameSyntax
  package var items: [ListItemSyntax]
  /// The file that holds the values, if they stand in one.
  package var path: NameSyntax?
  /// Whether the statement says what is on the list, or where to find it.
  package var hasBody = true
}

package struct ListItemSyntax: Hashable, Sendable {
  package let name: NameSyntax
  /// The day, where the item reads as a date.
  package let day: Day?
  /// Whether an unquoted item may be a text: it holds a full stop, an `@` or a digit.
  package let looksLikeText: Bool
}

package struct DefinitionSyntax: Sendable {
  package let keyword: Span
  package var phrase: PhraseSyntax
  package var condition: ConditionSyntax?
  package var negative: PhraseSyntax?
  package var clauses: [ClauseSyntax] = []
}

// MARK: Rules

package struct SectionSyntax: Sendable {
  package let keyword: Span
  package let name: NameSyntax
  package var clauses: [ClauseSyntax] = []
}

/// A decision rule, a note rule, or a guard.
package struct RuleSyntax: Sendable {
  /// `rule`, `guard`, or the `if` of a rule without a name.
  package let keyword: Span
  package let isGuard: Bool
  package let name: NameSyntax?
  package var condition: ConditionSyntax?
  package var clauses: [ClauseSyntax] = []

  package var consequent: ConsequentSyntax? { clauses.lazy.compactMap(\.consequent).first }
}

/// `otherwise` or `when unsure`.
package struct DefaultSyntax: Sendable {
  package let keyword: Span
  package let consequent: ConsequentSyntax?
  package var clauses: [ClauseSyntax] = []
}

/// What follows `then`: an outcome with its notes, or notes alone after `add`.
package struct ConsequentSyntax: Sendable {
  package let span: Span
  package let outcome: OutcomeReference?
  package let notes: [NoteReference]
  package let isAdd: Bool
}

package struct OutcomeReference: Hashable, Sendable {
  package let span: Span
  package let outcome: OutcomeID
}

package struct NoteReference: Hashable, Sendable {
  package let span: Span
  package let note: NoteID
}

/// A name after `overrides`.
package struct OverrideSyntax: Hashable, Sendable {
  package let name: NameSyntax
  package let isSection: Bool
}

// MARK: Clauses

/// A line under a statement, with the tokens it covers.
package struct ClauseSyntax: Sendable {
  package let keyword: Span
  package let range: Range<Int>
  package let kind: Kind

  package enum Kind: Sendable {
    case then(ConsequentSyntax)
    case because(NameSyntax)
    case see(NameSyntax)
    case overrides(OverrideSyntax)
    case from(DateSyntax)
    case until(DateSyntax)
    /// `from DATE to DATE` on one line.
    case fromUntil(DateSyntax, DateSyntax)
    case unless(ConditionSyntax)
    case negative(PhraseSyntax)
    case path(NameSyntax)
    case given(ConditionSyntax)
    case on(DateSyntax)
    case expect(ExpectationSyntax)
    case by(NameSyntax)
    case like(NameSyntax)
    case pledge(PledgeSyntax)
    /// The condition of `never send X if C` on one line.
    case pledgeCondition(ConditionSyntax)
    /// Could not be read; the findings say why.
    case unreadable

    package var isUnreadable: Bool {
      if case .unreadable = self { true } else { false }
    }
  }

  package var consequent: ConsequentSyntax? {
    if case .then(let consequent) = kind { consequent } else { nil }
  }
}

// MARK: Promises and scenarios

package struct PromiseSyntax: Sendable {
  package let keyword: Span
  package let name: NameSyntax
  package var condition: ConditionSyntax?
  package var clauses: [ClauseSyntax] = []
}

/// What a promise says.
package enum PledgeSyntax: Sendable {
  case always([ValueSyntax])
  case never([ValueSyntax])
  case alwaysAdd([NoteReference])
  case neverAdd([NoteReference])
  case neverDependsOn([FactReference])
}

package struct FactReference: Hashable, Sendable {
  package let span: Span
  package let fact: FactID
}

package struct ScenarioSyntax: Sendable {
  package let keyword: Span
  package let name: NameSyntax
  package var clauses: [ClauseSyntax] = []
}

/// What follows `expect`.
package enum ExpectationSyntax: Sendable {
  case outcome(OutcomeReference, notes: ExpectedNotes)
  case unsure

  package enum ExpectedNotes: Sendable {
    /// The expectation does not look at notes.
    case any
    case exactly([NoteReference])
  }
}

// MARK: Tables

package struct TableSyntax: Sendable {
  package let keyword: Span
  package let name: NameSyntax
  package var headings: [HeadingSyntax]
  package var rows: [RowSyntax]
  package var clauses: [ClauseSyntax] = []
}

package struct HeadingSyntax: Sendable {
  package let range: Range<Int>
  package let kind: Kind

  package enum Kind: Hashable, Sendable {
    case fact(FactID)
    case definition(DefinitionID)
    case then, because, from, until, name
    case unreadable
  }
}

/// A row of a table: a rule.
package struct RowSyntax: Sendable {
  package let range: Range<Int>
  package let cells: [Range<Int>]
  /// Counted from 1, without heading and rule line.
  package let number: Int
  package var name: NameSyntax?
  /// The tests of its cells, joined by `and`; nil for a row without a test.
  package var conditions: [ConditionSyntax]
  package var consequent: ConsequentSyntax?
  package var because: NameSyntax?
  package var from: DateSyntax?
  package var until: DateSyntax?
}
