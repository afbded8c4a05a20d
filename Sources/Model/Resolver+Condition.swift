import Findings
import Syntax
import Values

/// Where a condition stands; the outcome is known in some places only.
enum ConditionPlace {
  case definition(DefinitionID)
  case decisionRule
  /// Guards, note rules and promises.
  case afterOutcome

  var knowsOutcome: Bool {
    if case .afterOutcome = self { true } else { false }
  }
}

extension Resolver {
  /// What a condition means. Parts that could not be read count as always true: the policy has an
  /// error and decides nothing.
  mutating func resolve(_ syntax: ConditionSyntax, in place: ConditionPlace) -> Condition {
    switch syntax {
    case .test(let test): return resolve(test, in: place)
    case .not(let condition, _): return .not(resolve(condition, in: place))
    case .junction(let junction):
      let parts = junction.operands.map { resolve($0, in: place) }
      return junction.connective == .and ? .and(parts) : .or(parts)
    case .unless(let left, let right, _):
      return .and([resolve(left, in: place), .not(resolve(right, in: place))])
    case .brackets(let condition, _): return resolve(condition, in: place)
    case .block(let block):
      let parts = block.operands.map { resolve($0, in: place) }
      switch block.quantifier {
      case .all: return .and(parts)
      case .any: return .or(parts)
      case .none: return .not(.or(parts))
      }
    case .group(let group):
      let parts = group.operands.map { resolve($0, in: place) }
      switch group.kind {
      case .either: return .or(parts)
      case .both: return .and(parts)
      case .neither: return .not(.or(parts))
      }
    case .unreadable: return .always
    }
  }

  private mutating func resolve(_ test: TestSyntax, in place: ConditionPlace) -> Condition {
    let condition: Condition
    switch test.subject {
    case .fact(let fact):
      usage.facts.insert(fact)
      condition = resolve(test.ending, of: fact, test)
    case .definition(let id):
      usage.definitions.insert(id)
      condition = .definition(DefinitionUse(id, at: test.span))
    case .workingDay:
      usage.workingDays = true
      condition = .test(Test(.today, .isWorkingDay, at: test.span))
    case .outcome:
      if !place.knowsOutcome { report(.outcomeNotKnown(place, test.span)) }
      condition = .test(
        Test(.outcome, .isOutcome(outcomes(in: test.ending, at: test.span)), at: test.span))
    }
    return test.isNegated ? .not(condition) : condition
  }

  private mutating func resolve(_ ending: EndingSyntax, of fact: FactID, _ test: TestSyntax)
    -> Condition
  {
    func atom(_ predicate: Predicate) -> Condition {
      .test(Test(.fact(fact), predicate, at: test.span))
    }
    switch ending {
    case .none: return atom(.isTrue)
    case .values(let quantifier, let values):
      return atom(predicate(quantifier, values, of: fact, in: test))
    case .listExcept(let quantifier, let list, let except):
      return atom(predicate(quantifier, list, except: except, of: fact, in: test))
    case .negated(let inner): return .not(resolve(inner, of: fact, test))
    case .nothing: return atom(.isEmpty)
    case .anything: return atom(.isNotEmpty)
    case .number(let number): return atom(.isIn(Resolver.ranges(number)))
    case .date(let date):
      noteDateUse(date, of: fact, test)
      return atom(.isDated([Resolver.range(date)]))
    case .text(let match, let values):
      return atom(.matches(patterns(match, values, in: test)))
    case .recorded:
      if lexicon[fact].presence != .optional {
        report(.alwaysRecorded(lexicon[fact], test.span))
      }
      return atom(.isRecorded)
    case .unknown:
      report(.unknownOutsideScenario(test.span))
      return .always
    }
  }

  // MARK: Values

  private mutating func predicate(
    _ quantifier: EndingSyntax.Quantifier, _ values: [ValueSyntax], of fact: FactID,
    in test: TestSyntax?
  ) -> Predicate {
    switch lexicon[fact].type {
    case .choice: return .isOneOf(valueIDs(values, of: fact))
    case .set:
      let ids = valueIDs(values, of: fact)
      switch quantifier {
      case .single, .anyOf, .oneOf: return .holdsAny(ids)
      case .allOf: return .holdsAll(ids)
      case .noneOf: return .holdsNone(ids)
      }
    case .number:
      return .isIn(
        values.compactMap { value in
          if case .number(let number) = value.kind {
            number.millionths...number.millionths
          } else {
            nil
          }
        })
    case .date: return .isDated(days(values).map { DayRange(first: $0, last: $0) })
    case .text: return .matches(patterns(.equals, values, in: test))
    case .yesOrNo: return .isTrue
    }
  }

  /// `one of LIST other than V`
  private mutating func predicate(
    _ quantifier: EndingSyntax.Quantifier, _ list: ValueSyntax, except: [ValueSyntax],
    of fact: FactID, in test: TestSyntax
  ) -> Predicate {
    let all = predicate(quantifier, [list], of: fact, in: nil)
    let without = predicate(quantifier, except, of: fact, in: nil)
    for value in except where !isIn(value, list, of: fact) {
      report(.exceptionNotOnList(syntax.files.text(value.span), list, self, value.span))
    }
    let left = all.subtracting(without)
    if left.isVacant { report(.nothingLeftOfList(syntax.files.text(list.span), test.span)) }
    return left
  }

  private mutating func isIn(_ value: ValueSyntax, _ list: ValueSyntax, of fact: FactID) -> Bool {
    let all = predicate(.oneOf, [list], of: fact, in: nil)
    let one = predicate(.oneOf, [value], of: fact, in: nil)
    return one.subtracting(all).isVacant
  }

  mutating func valueIDs(_ values: [ValueSyntax], of fact: FactID) -> Set<ValueID> {
    var ids: Set<ValueID> = []
    for value in values {
      switch value.kind {
      case .value(let id): ids.insert(id)
      case .list(let list):
        for item in items(.values(list, fact), at: value.span) {
          if let id = valueID(item, of: fact) { ids.insert(id) }
        }
      case .number, .day, .today, .text, .outcome: break
      }
    }
    return ids
  }

  private mutating func days(_ values: [ValueSyntax]) -> [DayBound] {
    var bounds: [DayBound] = []
    for value in values {
      switch value.kind {
      case .day(let day): bounds.append(DayBound(.day(day)))
      case .today: bounds.append(DayBound(.today))
      case .list(let list):
        bounds += items(.days(list), at: value.span).compactMap(\.day).map { DayBound(.day($0)) }
      case .value, .number, .text, .outcome: break
      }
    }
    return bounds
  }

  private mutating func patterns(_ match: TextMatch, _ values: [ValueSyntax], in test: TestSyntax?)
    -> [TextPattern]
  {
    var texts: [String] = []
    for value in values {
      switch value.kind {
      case .text(let text):
        texts.append(text)
        let isAlone = values.count == 1
        let phrase = test.flatMap { isAlone ? domainPhrase($0) : nil }
        noteTextUse(match, text, value.span) { domain in
          guard let test, let phrase else { return nil }
          let sentence = "\(phrase) in the domain \(StringLiteral.quoted(domain))"
          return .replace(test.span, with: sentence, "write `\(sentence)`")
        }
      case .list(let list): texts += items(.texts(list), at: value.span).map(\.name.text)
      case .value, .number, .day, .today, .outcome: break
      }
    }
    return texts.map { TextPattern(match, Array(Resolver.domain($0, match).utf8)) }
  }

  /// The phrase of a sentence about a text, as `in the domain` follows it.
  private func domainPhrase(_ test: TestSyntax) -> String? {
    guard case .fact(let fact) = test.subject, test.phrase.start < test.phrase.end else {
      return nil
    }
    return test.isNegated ? lexicon[fact].negativeText : lexicon[fact].phrase.text
  }

  /// A domain as it is compared: without the `@`, `*.` or full stop that may stand before it.
  static func domain(_ text: String, _ match: TextMatch) -> String {
    guard match == .inDomain else { return text }
    var domain = text[...]
    for prefix in ["*", "@", "."] where domain.hasPrefix(prefix) && domain.count > prefix.count {
      domain = domain.dropFirst(prefix.count)
    }
    if domain.hasSuffix("."), domain.count > 1 { domain = domain.dropLast() }
    return String(domain)
  }

  mutating func outcomes(in ending: EndingSyntax, at span: Span) -> Set<OutcomeID> {
    switch ending {
    case .values(_, let values): outcomes(values)
    case .listExcept(_, let list, let except): outcomes([list]).subtracting(outcomes(except))
    case .negated(let inner): outcomes(in: inner, at: span)
    case .none, .nothing, .anything, .number, .date, .text, .recorded, .unknown: []
    }
  }

  mutating func outcomes(_ values: [ValueSyntax]) -> Set<OutcomeID> {
    var ids: Set<OutcomeID> = []
    for value in values {
      switch value.kind {
      case .outcome(let outcome): ids.insert(outcome)
      case .list(let list):
        for item in items(.outcomes(list), at: value.span) {
          if let number = lexicon.outcomes.number(of: item.name.text) {
            ids.insert(OutcomeID(number))
          }
        }
      case .value, .number, .day, .today, .text: break
      }
    }
    usage.outcomes.formUnion(ids)
    return ids
  }

  // MARK: Numbers and dates

  private static let largest = Decimal6.limit.millionths

  private static func ranges(_ ending: NumberEnding) -> [ClosedRange<Int64>] {
    let (low, high): (Int64, Int64) =
      switch ending {
      case .moreThan(let number): (number.millionths + 1, largest)
      case .lessThan(let number): (-largest, number.millionths - 1)
      case .atLeast(let number): (number.millionths, largest)
      case .atMost(let number): (-largest, number.millionths)
      case .between(let low, let high): (low.millionths, high.millionths)
      }
    return low <= high ? [low...high] : []
  }

  private static func bound(_ day: DayReference, offset: Int = 0) -> DayBound {
    switch day {
    case .day(let day): DayBound(.day(day), offset: offset)
    case .today: DayBound(.today, offset: offset)
    }
  }

  /// The days that an ending means, both ends included.
  private static func range(_ ending: DateEnding) -> DayRange {
    let today = DayBound(.today)
    return switch ending {
    case .before(let day): DayRange(first: nil, last: bound(day, offset: -1))
    case .after(let day): DayRange(first: bound(day, offset: 1), last: nil)
    case .onOrBefore(let day): DayRange(first: nil, last: bound(day))
    case .onOrAfter(let day): DayRange(first: bound(day), last: nil)
    case .between(let first, let last): DayRange(first: bound(first), last: bound(last))
    case .inThePast: DayRange(first: nil, last: DayBound(.today, offset: -1))
    case .inTheFuture: DayRange(first: DayBound(.today, offset: 1), last: nil)
    case .within(let duration): DayRange(first: today, last: DayBound(.todayPlus(duration)))
    case .withinOrPast(let duration): DayRange(first: nil, last: DayBound(.todayPlus(duration)))
    case .withinTheLast(let duration):
      DayRange(first: DayBound(.todayMinus(duration)), last: today)
    case .moreThanAgo(let duration):
      DayRange(first: nil, last: DayBound(.todayMinus(duration), offset: -1))
    case .atLeastAgo(let duration): DayRange(first: nil, last: DayBound(.todayMinus(duration)))
    case .lessThanAgo(let duration):
      DayRange(first: DayBound(.todayMinus(duration), offset: 1), last: today)
    case .moreThanAway(let duration):
      DayRange(first: DayBound(.todayPlus(duration), offset: 1), last: nil)
    case .atLeastAway(let duration): DayRange(first: DayBound(.todayPlus(duration)), last: nil)
    case .lessThanAway(let duration):
      DayRange(first: today, last: DayBound(.todayPlus(duration), offset: -1))
    }
  }
}

extension Predicate {
  /// What is left of a list of values without some of them.
  fileprivate func subtracting(_ other: Predicate) -> Predicate {
    switch (self, other) {
    case (.isOneOf(let a), .isOneOf(let b)): .isOneOf(a.subtracting(b))
    case (.holdsAny(let a), .holdsAny(let b)): .holdsAny(a.subtracting(b))
    case (.holdsAll(let a), .holdsAll(let b)): .holdsAll(a.subtracting(b))
    case (.holdsNone(let a), .holdsNone(let b)): .holdsNone(a.subtracting(b))
    case (.isIn(let a), .isIn(let b)): .isIn(a.filter { !b.contains($0) })
    case (.isDated(let a), .isDated(let b)): .isDated(a.filter { !b.contains($0) })
    case (.matches(let a), .matches(let b)):
      .matches(a.filter { pattern in !b.contains { $0.isSame(as: pattern) } })
    default: self
    }
  }

  /// Whether no value is left.
  fileprivate var isVacant: Bool {
    switch self {
    case .isOneOf(let values), .holdsAny(let values), .holdsAll(let values), .holdsNone(let values):
      values.isEmpty
    case .isIn(let ranges): ranges.isEmpty
    case .isDated(let ranges): ranges.isEmpty
    case .matches(let patterns): patterns.isEmpty
    case .isTrue, .isEmpty, .isNotEmpty, .isRecorded, .isOutcome, .isWorkingDay: false
    }
  }
}

extension TextPattern {
  fileprivate func isSame(as other: TextPattern) -> Bool {
    func lowercased(_ bytes: [UInt8]) -> [UInt8] {
      bytes.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    }
    return match == other.match && lowercased(pattern) == lowercased(other.pattern)
  }
}
