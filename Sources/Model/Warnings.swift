import Findings
import Syntax
import Values

/// What the rules and promises of a policy use of its vocabulary.
struct Usage {
  var facts: Set<FactID> = []
  var definitions: Set<DefinitionID> = []
  var outcomes: Set<OutcomeID> = []
  var notes: Set<NoteID> = []
  var lists: Set<ListID> = []
  var workingDays = false
  /// Tests of the near future, by fact: the sentence and its duration.
  var soon: [FactID: [(span: Span, ending: String)]] = [:]
  /// Date facts of which some test holds once the date is past.
  var past: Set<FactID> = []
}

/// The warnings that need no proof.
extension Resolver {
  mutating func warn() {
    warnAboutUnused()
    for (fact, uses) in usage.soon.sorted(by: { $0.key < $1.key }) where !usage.past.contains(fact)
    {
      guard let first = uses.first else { continue }
      report(
        .overdue(
          lexicon[fact].phrase.text, first.ending, first.span, others: uses.dropFirst().map(\.span))
      )
    }
  }

  // MARK: Unused words

  private mutating func warnAboutUnused() {
    for (index, fact) in lexicon.facts.enumerated() where !usage.facts.contains(FactID(index)) {
      report(.unused("fact", fact.phrase.text, fact.phrase.span))
    }
    for (index, definition) in lexicon.definitions.enumerated()
    where !usage.definitions.contains(DefinitionID(index)) {
      report(.unused("definition", definition.phrase.text, definition.phrase.span))
    }
    for (index, place) in lexicon.outcomePlaces.enumerated()
    where !usage.outcomes.contains(OutcomeID(index)) {
      report(.unused("outcome", place.text, place.span))
    }
    for (index, place) in lexicon.notePlaces.enumerated()
    where !usage.notes.contains(NoteID(index)) {
      report(.unused("note", place.text, place.span))
    }
    for (index, list) in lexicon.declaredLists.enumerated()
    where !usage.lists.contains(ListID(index)) {
      report(.unused("list", list.name.text, list.name.span))
    }
  }

  // MARK: Reasons

  mutating func warnAboutReason(_ clauses: Clauses, _ rules: [RuleID]) {
    guard let (_, keyword) = clauses.overrides.first, let first = rules.first else { return }
    let lacking = rules.filter { self.rules[$0.index].reasons.isEmpty }
    guard lacking.contains(first) || lacking.count == rules.count else { return }
    report(.noReason(self.rules[first.index].name, keyword))
  }

  // MARK: Negative sentences about optional facts

  /// Warns of negative sentences that are also true where nothing is recorded, unless a test beside
  /// them makes sure that something is.
  mutating func warnAboutNegations(_ condition: ConditionSyntax) {
    var path: [ConditionSyntax] = []
    warnAboutNegations(condition, &path)
  }

  /// `path` holds the conditions around this one, from the outside in.
  private mutating func warnAboutNegations(
    _ condition: ConditionSyntax, _ path: inout [ConditionSyntax]
  ) {
    path.append(condition)
    defer { path.removeLast() }
    switch condition {
    case .test(let test): warnAboutNegation(test, path)
    case .not(.test, _), .unreadable: break
    case .not(let inner, _), .brackets(let inner, _): warnAboutNegations(inner, &path)
    case .junction(let junction):
      for operand in junction.operands { warnAboutNegations(operand, &path) }
    case .unless(let left, let right, _):
      warnAboutNegations(left, &path)
      warnAboutNegations(right, &path)
    case .block(let block):
      for operand in block.operands { warnAboutNegations(operand, &path) }
    case .group(let group):
      for operand in group.operands { warnAboutNegations(operand, &path) }
    }
  }

  private mutating func warnAboutNegation(_ test: TestSyntax, _ path: [ConditionSyntax]) {
    guard case .fact(let fact) = test.subject, lexicon[fact].presence == .optional else { return }
    let isNegative: Bool =
      switch test.ending {
      case .recorded, .negated(.recorded), .unknown: false
      case .negated: !test.isNegated
      case .none, .values, .listExcept, .nothing, .anything, .number, .date, .text: test.isNegated
      }
    guard isNegative, !path.contains(where: { $0.factsRecordedIfTrue.contains(fact) }) else {
      return
    }
    report(
      .unrecordedNegation(
        syntax.files.text(test.span), lexicon[fact].phrase.text, test.span,
        isCell: test.phrase.start == test.phrase.end))
  }

  // MARK: Dates and domains

  mutating func noteDateUse(_ ending: DateEnding, of fact: FactID, _ test: TestSyntax) {
    switch ending {
    case .within(let duration):
      usage.soon[fact, default: []].append((test.span, "within \(duration.words)"))
    case .lessThanAway(let duration):
      usage.soon[fact, default: []].append((test.span, "less than \(duration.words) away"))
    case .inThePast, .withinOrPast, .withinTheLast, .moreThanAgo, .atLeastAgo, .lessThanAgo,
      .before(.today), .onOrBefore(.today):
      usage.past.insert(fact)
    case .inTheFuture, .onOrAfter(.today), .after(.today):
      if test.isNegated { usage.past.insert(fact) }
    case .before, .after, .onOrBefore, .onOrAfter, .between, .moreThanAway, .atLeastAway: break
    }
  }

  /// Warns of tests that look like a test for a domain and are none.
  mutating func noteTextUse(
    _ match: TextMatch, _ text: String, _ span: Span, fix: (String) -> Fix?
  ) {
    if match == .inDomain {
      let domain = Resolver.domain(text, match)
      if domain != text || domain.contains("@") { report(.domainWithSigns(text, domain, span)) }
      return
    }
    switch match {
    case .contains, .endsWith:
      guard Resolver.looksLikeDomain(text, labels: 2...) else { return }
    case .equals:
      guard Resolver.looksLikeDomain(text, labels: 2...2), !text.contains("@") else { return }
    case .startsWith, .inDomain: return
    }
    if match == .endsWith, text.hasPrefix(".") || text.hasPrefix("@") { return }
    let domain = text.drop { $0 == "@" || $0 == "." }
    report(.domainTest(match, text, domain: String(domain), span, fix: fix(String(domain))))
  }

  /// `gov.uk`, `.nhs.net`, `@police.uk`.
  private static func looksLikeDomain(_ text: String, labels range: PartialRangeFrom<Int>) -> Bool {
    let count = labels(text)
    return count.map { range.contains($0) } ?? false
  }

  private static func looksLikeDomain(_ text: String, labels range: ClosedRange<Int>) -> Bool {
    labels(text).map { range.contains($0) } ?? false
  }

  private static func labels(_ text: String) -> Int? {
    let domain = text.drop { $0 == "@" || $0 == "." }
    let parts = domain.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count >= 2, let last = parts.last, (2...12).contains(last.count),
      last.allSatisfy({ $0.isLetter && $0.isASCII }),
      !["txt", "pdf", "doc", "docx", "zip", "html"].contains(last.lowercased()),
      parts.allSatisfy({ part in
        !part.isEmpty && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
      })
    else { return nil }
    return parts.count
  }
}

extension ConditionSyntax {
  /// Facts that something is recorded about whenever the condition is true.
  fileprivate var factsRecordedIfTrue: Set<FactID> {
    switch self {
    case .test(let test):
      guard case .fact(let fact) = test.subject, !test.isNegated else { return [] }
      switch test.ending {
      case .negated, .unknown: return []
      case .none, .values, .listExcept, .nothing, .anything, .number, .date, .text, .recorded:
        return [fact]
      }
    case .junction(let junction) where junction.connective == .and:
      return junction.operands.reduce(into: []) { $0.formUnion($1.factsRecordedIfTrue) }
    case .block(let block) where block.quantifier == .all:
      return block.operands.reduce(into: []) { $0.formUnion($1.factsRecordedIfTrue) }
    case .group(let group) where group.kind == .both:
      return group.operands.reduce(into: []) { $0.formUnion($1.factsRecordedIfTrue) }
    case .brackets(let inner, _): return inner.factsRecordedIfTrue
    case .unless(let left, _, _): return left.factsRecordedIfTrue
    case .not, .junction, .block, .group, .unreadable: return []
    }
  }
}
