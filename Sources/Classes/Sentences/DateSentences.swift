import Model
import Syntax
import Values

/// Sentences about a date: `deadline is within 10 working days`, `consent was given more than 12
/// months ago`.
///
/// The properties of a date are bounds: days from which on it lies, and days before which it lies.
/// One of each that are the two ends of an ending become that ending; every other is said alone.
struct DateSentences {
  private let about: FactClass
  /// The date is one of these days or later; none of them follows from another.
  private let lows: [DayBound]
  /// The date lies before these days; none of them follows from another.
  private let highs: [DayBound]

  init(_ about: FactClass) {
    self.about = about
    var lows: [DayBound] = []
    var highs: [DayBound] = []
    for case (.isFrom(_, let bound), let isSo) in about.literals {
      let bound = bound.plain
      if isSo, !bound.isBeforeAllDates { lows.append(bound) }
      if !isSo, !bound.isBehindAllDates { highs.append(bound) }
    }
    self.lows = DateSentences.strongest(lows) { $0.isNoLater(than: $1) }
    self.highs = DateSentences.strongest(highs) { $1.isNoLater(than: $0) }
  }

  /// The bounds that do not follow from another one.
  private static func strongest(
    _ bounds: [DayBound], follows: (DayBound, DayBound) -> Bool
  ) -> [DayBound] {
    var kept: [DayBound] = []
    for bound in bounds where !kept.contains(where: { follows(bound, $0) }) {
      kept.removeAll { follows($0, bound) }
      kept.append(bound)
    }
    return kept
  }

  var sayings: [Saying] {
    if about.absence == .included { return highs.map { negated($0) } }
    let (lows, highs, pairs) = paired()
    return pairs + joined(lows.map { low($0) } + highs.map { high($0) })
  }

  /// Positive sentences become one: the phrase, and its endings joined by `and`.
  private func joined(_ sayings: [Saying]) -> [Saying] {
    let positive = sayings.filter { !$0.holdsWhereAbsent }
    guard let first = positive.first else { return sayings }
    let rest = positive.dropFirst().map { $0.text.dropFirst(about.phrase.count + 1) }
    return [.positive(([first.text[...]] + rest).joined(separator: " and "))]
      + sayings.filter(\.holdsWhereAbsent)
  }

  // MARK: Two bounds

  /// The bounds that no sentence says together with another one, and the sentences that say two.
  private func paired() -> (lows: [DayBound], highs: [DayBound], sayings: [Saying]) {
    var (singleLows, singleHighs, sayings) = (lows, highs, [Saying]())
    for low in lows {
      for high in highs where singleLows.contains(low) {
        guard let ending = between(low, high) else { continue }
        sayings.append(about.yes(ending))
        singleLows.removeAll { $0 == low }
        singleHighs.removeAll { $0 == high }
      }
    }
    return (singleLows, singleHighs, sayings)
  }

  private func between(_ low: DayBound, _ high: DayBound) -> String? {
    let (today, tomorrow) = (DayBound(.today), DayBound(.today, offset: 1))
    switch (low.anchor, high.anchor) {
    case (_, .todayPlus(let duration)) where low == today && high.offset == 1:
      return within(duration)
    case (_, .todayPlus(let duration)) where low == today && high.offset == 0:
      return "less than \(duration.words) away"
    case (.todayMinus(let duration), _) where high == tomorrow && low.offset == 0:
      return "within the last \(duration.words)"
    case (.todayMinus(let duration), _) where high == tomorrow && low.offset == 1:
      return "less than \(duration.words) ago"
    default: break
    }
    guard let first = low.firstDay, let last = high.lastDay else { return nil }
    if first == last { return first }
    guard let a = low.fixed, let b = high.fixed, b <= a else {
      return "between \(first) and \(last)"
    }
    return nil
  }

  /// `within` needs `next` behind `was given`, where it could mean the days gone by.
  private func within(_ duration: DayDuration) -> String {
    "within \(isWas ? "the next " : "")\(duration.words)"
  }

  private var isWas: Bool {
    let words = WordTable.lowercased(about.phrase).split(separator: " ").dropFirst()
    return words.contains("was") || words.contains("were")
  }

  // MARK: One bound

  /// What is said of a date that lies no earlier than a day.
  private func low(_ bound: DayBound) -> Saying {
    let isGone = highs.contains { $0.isNoLater(than: DayBound(.today, offset: 1)) }
    switch bound.anchor {
    case .todayMinus(let duration) where bound.offset == 0:
      return isGone
        ? about.yes("within the last \(duration.words)")
        : about.inBrackets("more than \(duration.words) ago")
    case .todayMinus(let duration) where bound.offset == 1:
      return isGone
        ? about.yes("less than \(duration.words) ago")
        : about.inBrackets("at least \(duration.words) ago")
    case .day, .today, .todayPlus, .todayMinus:
      return about.yes(bound.orLater ?? "\(bound.words) or later")
    }
  }

  /// What is said of a date that lies before a day.
  private func high(_ bound: DayBound) -> Saying {
    let isToCome = lows.contains { DayBound(.today).isNoLater(than: $0) }
    switch bound.anchor {
    case .day, .today:
      return about.yes(bound.earlier ?? "before \(bound.words)")
    case .todayMinus(let duration) where bound.offset == 0:
      return about.yes("more than \(duration.words) ago")
    case .todayMinus(let duration) where bound.offset == 1:
      return about.yes("at least \(duration.words) ago")
    case .todayPlus(let duration) where bound.offset == 0:
      return isToCome
        ? about.yes("less than \(duration.words) away")
        : about.inBrackets("at least \(duration.words) away")
    case .todayPlus(let duration) where bound.offset == 1:
      if isToCome { return about.yes(within(duration)) }
      return isWas
        ? about.inBrackets("more than \(duration.words) away")
        : about.yes("within \(duration.words) or past")
    case .todayPlus, .todayMinus: return about.yes("before \(bound.words)")
    }
  }

  /// What is said where nothing need be recorded: either nothing is, or the date lies before a day.
  private func negated(_ bound: DayBound) -> Saying {
    if bound.isBeforeAllDates { return .negative(about.notRecorded) }
    switch bound.anchor {
    case .day, .today:
      return about.no(bound.orLater ?? "\(bound.words) or later")
    case .todayPlus where bound.orLater != nil:
      return about.inBrackets(bound.orLater ?? "")
    case .todayPlus, .todayMinus:
      return .negative("(\(about.notRecorded) or \(high(bound).text))")
    }
  }
}
