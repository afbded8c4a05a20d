import Model
import Syntax

/// Sentences about choices, sets, and facts that are yes or no.
extension ClassSentences {
  // MARK: Choices

  /// `recipient prefers plain or post`, `purpose is not A or B`.
  func choice(_ about: FactClass) -> [Saying] {
    let all = Set(about.fact.values.indices.map { ValueID($0) })
    var allowed = all
    for case (.isOneOf(_, let values), let isSo) in about.literals {
      allowed = isSo ? allowed.intersection(values) : allowed.subtracting(values)
    }
    let excluded = all.subtracting(allowed)
    guard !excluded.isEmpty else { return [] }
    let others = names(excluded, about.fact)
    let not = about.none(of: others)
    switch about.absence {
    case .included: return [allowed.isEmpty ? .negative(about.notRecorded) : not]
    case .impossible where allowed.count <= max(2, excluded.count) && !allowed.isEmpty,
      .excluded where allowed.count <= excluded.count + 3 && !allowed.isEmpty:
      return [about.yes(names(allowed, about.fact).joined(by: "or"))]
    case .impossible, .excluded: return [not]
    }
  }

  // MARK: Sets

  /// `message contains all of A, B`, `message contains A or B`, `message does not contain any of A,
  /// B`, `message contains nothing`.
  func set(_ about: FactClass) -> [Saying] {
    let all = Set(about.fact.values.indices.map { ValueID($0) })
    var excluded: Set<ValueID> = []
    for case (.holds(_, let values), false) in about.literals { excluded.formUnion(values) }
    var groups: [Set<ValueID>] = []
    for case (.holds(_, let values), true) in about.literals {
      let left = Set(values).subtracting(excluded)
      groups.append(left.isEmpty ? Set(values) : left)
    }
    let required = Set(groups.filter { $0.count == 1 }.flatMap(\.self))
    let open = groups.enumerated().filter { index, group in
      group.count != 1 && group.isDisjoint(with: required)
        && !groups.enumerated().contains { other, smaller in
          smaller.isSubset(of: group) && (smaller != group || other < index)
        }
    }.map(\.element)
    var sayings: [Saying] = []
    if !required.isEmpty {
      sayings.append(about.yes(names(required, about.fact).quantified("all of")))
    }
    for group in open {
      let isRest = group.union(excluded) == all && (excluded.isEmpty || group.count > 3)
      sayings.append(about.yes(isRest ? "anything" : names(group, about.fact).joined(by: "or")))
    }
    return sayings + none(of: excluded, all: all, about, hasPositive: !sayings.isEmpty)
  }

  private func none(
    of excluded: Set<ValueID>, all: Set<ValueID>, _ about: FactClass, hasPositive: Bool
  ) -> [Saying] {
    guard !excluded.isEmpty else { return [] }
    let names = names(excluded, about.fact)
    let mayBeAbsent = about.absence == .included
    if excluded == all {
      return [mayBeAbsent ? about.no("anything") : about.yes("nothing")]
    }
    let isExact = about.absence == .impossible || hasPositive
    if !mayBeAbsent, !isExact || about.negative == nil {
      return [about.yes("none of \(names.joined(separator: ", "))")]
    }
    return [about.no(names.quantified("any of"))]
  }

  // MARK: Yes or no

  /// `address is verified`, `address is not verified`, `not (parents have consented)`.
  func flag(_ about: FactClass) -> [Saying] {
    var answers: Set<Bool> = []
    for case (.isTrue, let isSo) in about.literals { answers.insert(isSo) }
    return answers.sorted { $0 && !$1 }.map { isSo in
      isSo ? .positive(about.phrase) : .negative(about.negative ?? "not (\(about.phrase))")
    }
  }

  // MARK: Names

  /// The names of values in declared order, quoted where the language needs it.
  func names(_ values: Set<ValueID>, _ fact: Fact) -> [String] {
    values.sorted().map { written(fact.values[$0.index]) }
  }

  /// A name as a sentence holds it: in quotes where it would read as something else.
  package func written(_ name: String) -> String {
    let words = ClassSentences.key(name).split(separator: " ")
    let beginsSentence = words.indices.contains { end in
      phraseKeys.contains(words[...end].joined(separator: " "))
    }
    return beginsSentence ? StringLiteral.quoted(name) : NameTable.written(name)
  }
}

extension FactClass {
  /// `purpose is not A or B`; `sender asked for other than A or B`, where there is no negative
  /// phrase.
  func none(of values: [String]) -> Saying {
    .negative("\(negative ?? "\(phrase) other than") \(values.joined(by: "or"))")
  }
}

extension [String] {
  /// `a`, `a or b`, `a, b or c`.
  func joined(by connective: String) -> String {
    guard count > 1, let last else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " \(connective) " + last
  }

  /// `a`, `one of a, b`.
  func quantified(_ quantifier: String) -> String {
    count == 1 ? self[0] : "\(quantifier) \(joined(separator: ", "))"
  }
}
