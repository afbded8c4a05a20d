package import Findings
package import Values

/// A condition as it was written.
package indirect enum ConditionSyntax: Sendable {
  case test(TestSyntax)
  case not(ConditionSyntax, keyword: Span)
  /// Operands on one level, joined by one connective.
  case junction(JunctionSyntax)
  /// `A unless B`.
  case unless(ConditionSyntax, ConditionSyntax, keyword: Span)
  /// `( … )`.
  case brackets(ConditionSyntax, span: Span)
  /// `all of:` and its bullets.
  case block(BlockSyntax)
  /// `either A or B`, `both A and B`, `neither A nor B`.
  case group(GroupSyntax)
  /// Could not be read; the findings say why.
  case unreadable(Span)

  package var span: Span {
    switch self {
    case .test(let test): test.span
    case .not(let condition, let keyword): keyword.through(condition.span)
    case .junction(let junction): junction.span
    case .unless(let left, let right, _): left.span.through(right.span)
    case .brackets(_, let span): span
    case .block(let block): block.span
    case .group(let group): group.span
    case .unreadable(let span): span
    }
  }

  package var isReadable: Bool {
    switch self {
    case .test: true
    case .not(let condition, _), .brackets(let condition, _): condition.isReadable
    case .junction(let junction): junction.operands.allSatisfy(\.isReadable)
    case .unless(let left, let right, _): left.isReadable && right.isReadable
    case .block(let block): block.operands.allSatisfy(\.isReadable)
    case .group(let group): group.operands.allSatisfy(\.isReadable)
    case .unreadable: false
    }
  }
}

package enum Connective: Hashable, Sendable {
  case and, or
}

package struct JunctionSyntax: Sendable {
  package let connective: Connective
  package let operands: [ConditionSyntax]

  package var span: Span {
    operands[0].span.through(operands[operands.count - 1].span)
  }
}

/// How many of a block's bullets must hold.
package enum BlockQuantifier: Hashable, Sendable {
  case all, any, none
}

package struct BlockSyntax: Sendable {
  package let quantifier: BlockQuantifier
  package let head: Span
  package let operands: [ConditionSyntax]
  package let span: Span
}

package struct GroupSyntax: Sendable {
  package enum Kind: Hashable, Sendable {
    case either, both, neither
  }

  package let kind: Kind
  package let operands: [ConditionSyntax]
  package let span: Span
}

/// One sentence: a phrase and its ending.
package struct TestSyntax: Sendable {
  package let span: Span
  /// The words of the phrase; empty where the sentence goes on from the one before.
  package let phrase: Span
  package let subject: SubjectSyntax
  /// Whether the phrase was the negative one.
  package let isNegated: Bool
  package let ending: EndingSyntax
}

/// What a sentence is about.
package enum SubjectSyntax: Hashable, Sendable {
  case fact(FactID)
  case definition(DefinitionID)
  /// `the outcome is …`
  case outcome
  /// `today is a working day`
  case workingDay
}

/// How a sentence ends.
package indirect enum EndingSyntax: Hashable, Sendable {
  /// The phrase is the whole sentence.
  case none
  /// Values, texts, numbers, dates or outcomes, and lists of them.
  case values(Quantifier, [ValueSyntax])
  /// `one of LIST other than V`.
  case listExcept(Quantifier, ValueSyntax, except: [ValueSyntax])
  /// `not V`, `other than V`, `neither V nor V`: the negation of the ending.
  case negated(EndingSyntax)
  /// Of a set: `nothing`, `anything`.
  case nothing
  case anything
  case number(NumberEnding)
  case date(DateEnding)
  /// `starts with "S"` and its like.
  case text(TextMatch, [ValueSyntax])
  /// `recorded`, and `it is recorded what …`.
  case recorded
  /// `it is unknown what …`, in scenarios.
  case unknown

  package enum Quantifier: Hashable, Sendable {
    /// A value that stands alone.
    case single
    case oneOf
    case anyOf
    case allOf
    case noneOf
  }
}

package struct ValueSyntax: Hashable, Sendable {
  package let span: Span
  package let kind: Kind

  package enum Kind: Hashable, Sendable {
    case value(ValueID)
    case list(ListID)
    case number(Decimal6)
    case day(Day)
    case today
    case text(String)
    case outcome(OutcomeID)
  }
}

/// An ending that compares numbers.
package enum NumberEnding: Hashable, Sendable {
  case moreThan(Decimal6)
  case lessThan(Decimal6)
  case atLeast(Decimal6)
  case atMost(Decimal6)
  case between(Decimal6, Decimal6)
}

/// A day that an ending names: one of the calendar, or today.
package enum DayReference: Hashable, Sendable {
  case day(Day)
  case today
}

/// An ending that compares a date with another, or with today.
package enum DateEnding: Hashable, Sendable {
  case before(DayReference)
  case after(DayReference)
  case onOrBefore(DayReference)
  case onOrAfter(DayReference)
  case between(DayReference, DayReference)
  case inThePast
  case inTheFuture
  /// Today to today + D.
  case within(DayDuration)
  /// On or before today + D.
  case withinOrPast(DayDuration)
  /// Today − D to today.
  case withinTheLast(DayDuration)
  case moreThanAgo(DayDuration)
  case atLeastAgo(DayDuration)
  case lessThanAgo(DayDuration)
  case moreThanAway(DayDuration)
  case atLeastAway(DayDuration)
  case lessThanAway(DayDuration)
}
