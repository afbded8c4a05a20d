import Model
import Syntax
import Values

/// Words about the day and the outcome.
extension ClassSentences {
  // MARK: Today

  /// `today is 1 May 2026 or later`, which no rule can say; `today is not a working day`.
  func todaySentences(_ properties: [(Property, Bool)]) -> [String] {
    var (first, last) = (Day.firstProved, Day.lastProved)
    for case (.todayIsFrom(let day), let isSo) in properties {
      if isSo {
        first = max(first, day)
      } else {
        last = min(last, Day(clamping: Int(day.number) - 1))
      }
    }
    var sentences: [String] = []
    switch (first > Day.firstProved, last < Day.lastProved) {
    case (false, false): break
    case (true, false): sentences.append("today is \(first.words) or later")
    case (false, true): sentences.append("today is \(last.words) or earlier")
    case (true, true) where first == last: sentences.append("today is \(first.words)")
    case (true, true) where first > last:
      sentences += ["today is \(first.words) or later", "today is \(last.words) or earlier"]
    case (true, true): sentences.append("today is between \(first.words) and \(last.words)")
    }
    for (property, isSo) in properties {
      switch property {
      case .todayIsWorkingDay: sentences.append("today is \(isSo ? "" : "not ")a working day")
      case .isNoLater(let a, let b):
        sentences.append("\(a.words) is \(isSo ? "no " : "")later than \(b.words)")
      case .todayIsFrom, .outcomeIs, .isRecorded, .isOneOf, .holds, .isTrue, .isAtLeast, .isFrom,
        .matches:
        break
      }
    }
    return sentences.withoutRepetitions
  }

  // MARK: The outcome

  /// `the outcome is send plain`, `the outcome is not send plain or send by post`: sentences of
  /// guards, note rules and promises.
  func outcomeSentences(_ properties: [(Property, Bool)]) -> [String] {
    var (outcomes, others) = (Set<OutcomeID>(), Set<OutcomeID>())
    for case (.outcomeIs(let outcome), let isSo) in properties {
      if isSo { outcomes.insert(outcome) } else { others.insert(outcome) }
    }
    var sentences = outcomes.sorted().map { "the outcome is \(written(vocabulary[$0].name))" }
    // An outcome that is named is none of the others.
    if outcomes.isEmpty || !outcomes.isDisjoint(with: others), !others.isEmpty {
      let names = others.sorted().map { written(vocabulary[$0].name) }
      sentences.append("the outcome is not \(names.joined(by: "or"))")
    }
    return sentences
  }
}

extension [String] {
  fileprivate var withoutRepetitions: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
