import Model
import Values

/// Sentences about a number: `size is more than 35 MB and at most 50 MB`.
struct NumberSentences {
  private let about: FactClass
  private let isWhole: Bool
  private let unit: String?
  /// The declared range, in millionths.
  private let domain: ClosedRange<Int64>
  /// The range of the class; empty if its ends are the wrong way round.
  private var (first, last): (Int64, Int64)

  init(_ about: FactClass, isWhole: Bool, unit: String?, low: Decimal6?, high: Decimal6?) {
    self.about = about
    self.isWhole = isWhole
    self.unit = unit
    let limit = Decimal6.limit.millionths
    func next(_ millionths: Int64) -> Int64 {
      isWhole ? NumberSentences.wholeFrom(millionths) : millionths
    }
    (first, last) = (next(low?.millionths ?? -limit), -next(-(high?.millionths ?? limit)))
    domain = first...max(first, last)
    for case (.isAtLeast(_, let cut), let isSo) in about.literals {
      if isSo { first = max(first, next(cut)) } else { last = min(last, -next(1 - cut)) }
    }
  }

  /// The least whole number, in millionths, that is not less than so many of them.
  private static func wholeFrom(_ millionths: Int64) -> Int64 {
    let rest = millionths % 1_000_000
    return rest > 0 ? millionths - rest + 1_000_000 : millionths - rest
  }

  private var hasFirst: Bool { first > domain.lowerBound }
  private var hasLast: Bool { last < domain.upperBound }

  var sayings: [Saying] {
    guard about.absence != .included else {
      guard hasLast else { return [] }
      return last < domain.lowerBound ? [.negative(about.notRecorded)] : [about.no(aboveLast)]
    }
    switch (hasFirst, hasLast) {
    case (false, false): return []
    case (_, true) where first == last, (true, _) where first == last:
      return [about.yes(quantity(first))]
    case (true, false): return [about.yes(fromFirst)]
    case (false, true): return [about.yes(toLast)]
    case (true, true) where first > last: return [about.yes(fromFirst), about.yes(toLast)]
    case (true, true): return [about.yes(between)]
    }
  }

  // MARK: Endings

  private var fromFirst: String {
    inclusive(first, orBeyond: first - 1).map { "at least \($0)" }
      ?? "more than \(quantity(first - 1))"
  }

  private var toLast: String {
    inclusive(last, orBeyond: last + 1).map { "at most \($0)" } ?? "less than \(quantity(last + 1))"
  }

  /// What is more than the last number: the ending of a negation.
  private var aboveLast: String {
    inclusive(last, orBeyond: last + 1).map { "more than \($0)" }
      ?? "at least \(quantity(last + 1))"
  }

  private var between: String {
    guard inclusive(first, orBeyond: first - 1) != nil, inclusive(last, orBeyond: last + 1) != nil
    else { return "\(fromFirst) and \(toLast)" }
    let isCurrency = unit.map(NumberSentences.currencies.contains) ?? false
    return "between \(isCurrency ? quantity(first) : digits(first)) and \(quantity(last))"
  }

  /// The number with its unit, unless the one beyond it is shorter to write: 35 rather than
  /// 35.000001.
  private func inclusive(_ millionths: Int64, orBeyond beyond: Int64) -> String? {
    let isShorter = digits(beyond).utf8.count < digits(millionths).utf8.count
    return isShorter && !isWhole ? nil : quantity(millionths)
  }

  private static let currencies = ["£", "€", "$"]

  private func quantity(_ millionths: Int64) -> String {
    Fact.Kind.quantity(digits(millionths), unit: unit)
  }

  /// The digits of a number, which lies at most one millionth beyond those that can be written.
  private func digits(_ millionths: Int64) -> String {
    let limit = Decimal6.limit.millionths
    let number = Decimal6(millionths: min(max(millionths, -limit), limit))
    return (number ?? Decimal6.limit).description
  }
}
