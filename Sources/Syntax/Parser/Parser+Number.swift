import Findings
import Values

extension Parser {
  /// The number that one token spells, if it looks like one: digits, or a number word to `twelve`.
  func number(_ index: Int) -> Result<Decimal6, DecimalError>? {
    guard let token = token(index), token.kind == .word else { return nil }
    if let value = token.keyword?.number {
      guard value != 1 || keyword(index + 1) != .of else { return nil }
      return .success(Decimal6(value))
    }
    let text = spelling(index)
    guard let first = text.utf8.first, let last = text.utf8.last else { return nil }
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    let isSigned = first == UInt8(ascii: "-") && text.utf8.count > 1
    guard digits.contains(first) || isSigned, digits.contains(last),
      text.utf8.dropFirst().allSatisfy({ digits.contains($0) || $0 == UInt8(ascii: ".") })
    else { return nil }
    return Decimal6.parse(Array(text.utf8)[...])
  }

  /// A number with its unit, and the token behind them.
  struct NumberMatch {
    let value: Decimal6
    let end: Int
    var troubles: [Finding] = []
  }

  /// number = [CURRENCY] NUMBER [UNIT]
  func matchNumber(of type: NumberTypeSyntax, at start: Int) -> NumberMatch? {
    var index = start
    if let sign = currency(index) {
      guard unitMatches(sign, type) else { return nil }
      index += 1
    }
    if let glued = matchGlued(of: type, at: index) { return glued }
    guard let reading = number(index) else { return nil }
    var troubles: [Finding] = []
    var value = Decimal6(0)
    switch reading {
    case .success(let read): value = read
    case .failure(let error): troubles.append(.badNumber(error, raw(index), list.span(index)))
    }
    index += 1
    if let end = thousandsEnd(index) {
      let text = (index - 1..<end).filter { kind($0) == .word }.map(raw).joined()
      troubles.append(.thousandsComma(span(index - 1..<end), plain: text))
      index = end
    }
    return NumberMatch(value: value, end: afterUnit(of: type, at: index), troubles: troubles)
  }

  /// Behind `10,000`: groups of three digits directly behind commas.
  private func thousandsEnd(_ start: Int) -> Int? {
    var index = start
    while kind(index) == .comma, !tokens[index].flags.contains(.afterSpace),
      let token = token(index + 1), token.kind == .word, !token.flags.contains(.afterSpace),
      token.end - token.start == 3, number(index + 1) != nil
    {
      index += 2
    }
    return index > start ? index : nil
  }

  func currency(_ index: Int) -> String? {
    guard let token = token(index), token.kind == .word, token.end - token.start <= 3 else {
      return nil
    }
    let text = raw(index)
    return ["£", "€", "$"].contains(text) ? text : nil
  }

  /// `10MB`, where MB is the fact's unit.
  private func matchGlued(of type: NumberTypeSyntax, at index: Int) -> NumberMatch? {
    guard let unit = type.unit, let token = token(index), token.kind == .word else { return nil }
    let text = spelling(index)
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }
    let suffix = text.dropFirst(digits.count)
    guard !digits.isEmpty, !suffix.isEmpty, Parser.isUnit(String(suffix), unit.text),
      case .success(let value) = Decimal6.parse(Array(digits.utf8)[...])
    else { return nil }
    return NumberMatch(value: value, end: index + 1)
  }

  private func unitMatches(_ text: String, _ type: NumberTypeSyntax) -> Bool {
    type.unit.map { Parser.isUnit(text, $0.text) } ?? false
  }

  /// The unit's word, with or without a final `s`.
  static func isUnit(_ written: String, _ unit: String) -> Bool {
    let (a, b) = (WordTable.lowercased(written), WordTable.lowercased(unit))
    return a == b || a == b + "s" || a + "s" == b
  }

  func afterUnit(of type: NumberTypeSyntax, at start: Int) -> Int {
    guard let unit = type.unit else { return start }
    let count = unit.text.split(separator: " ").count
    let end = start + count
    guard end <= limit, (start..<end).allSatisfy({ kind($0) == .word }),
      Parser.isUnit(spelling(start..<end), unit.text)
    else { return start }
    return end
  }

  // MARK: Endings of number facts

  /// number-ending = comparison number | (`between` | [`from`]) range | or-more
  func matchNumberEnding(of type: NumberTypeSyntax, at start: Int) -> EndingMatch? {
    if let (comparison, end) = numberComparison(at: start) {
      guard let number = matchNumber(of: type, at: afterArticles(end)) else { return nil }
      return EndingMatch(.number(comparison(number.value)), number.end, number.troubles)
    }
    if let end = match([.between], at: start) {
      return matchRange(of: type, at: end, connective: .and)
    }
    if let end = match([.from], at: start), keyword(start) == .from,
      let range = matchRange(of: type, at: end, connective: .to)
    {
      return range
    }
    return matchRange(of: type, at: start, connective: .to) ?? matchOrMore(of: type, at: start)
  }

  /// range = number (`and` | `to`) number
  private func matchRange(
    of type: NumberTypeSyntax, at start: Int, connective: Keyword
  ) -> EndingMatch? {
    guard let low = matchNumber(of: type, at: afterArticles(start)),
      keyword(low.end) == connective,
      let high = matchNumber(of: type, at: afterArticles(low.end + 1))
    else { return nil }
    var troubles = low.troubles + high.troubles
    if high.value < low.value {
      troubles.append(.emptyRange("\(low.value)", "\(high.value)", span(start..<high.end)))
    }
    return EndingMatch(.number(.between(low.value, high.value)), high.end, troubles)
  }

  /// or-more = number `or` more-or-less [UNIT]
  private func matchOrMore(of type: NumberTypeSyntax, at start: Int) -> EndingMatch? {
    guard let number = matchNumber(of: type, at: start), keyword(number.end) == .or,
      let (isLow, end) = matchMoreOrLess(at: number.end + 1)
    else { return nil }
    let unitEnd = afterUnit(of: type, at: end)
    let ending: NumberEnding = isLow ? .atLeast(number.value) : .atMost(number.value)
    return EndingMatch(.number(ending), unitEnd, number.troubles)
  }

  /// more-or-less = `more` | `over` | `above` | `greater`
  ///              | `fewer` | `less` | `under` | `below`
  ///
  /// Only where neither `than` nor a number follows.
  func matchMoreOrLess(at index: Int) -> (isLow: Bool, end: Int)? {
    guard let keyword = keyword(index), self.keyword(index + 1) != .than,
      number(index + 1) == nil, currency(index + 1) == nil, !beginsWithDigit(index + 1)
    else { return nil }
    switch keyword {
    case .more, .over, .above, .greater: return (true, index + 1)
    case .fewer, .less, .under, .below: return (false, index + 1)
    default: return nil
    }
  }

  /// Whether a word begins like `10MB`.
  private func beginsWithDigit(_ index: Int) -> Bool {
    guard let token = token(index), token.kind == .word else { return false }
    return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(source.bytes[Int(token.start)])
  }

  /// A comparison, as what it makes of a number.
  func numberComparison(at start: Int) -> ((Decimal6) -> NumberEnding, Int)? {
    guard let (comparison, end) = matchComparison(at: start) else { return nil }
    switch comparison {
    case .moreThan: return ({ .moreThan($0) }, end)
    case .lessThan: return ({ .lessThan($0) }, end)
    case .atLeast: return ({ .atLeast($0) }, end)
    case .atMost: return ({ .atMost($0) }, end)
    }
  }

  enum Comparison {
    case moreThan, lessThan, atLeast, atMost
  }

  /// comparison = [`no`] (`more` | `greater` | `larger` | `bigger`) `than`
  ///            | [`no`] (`less` | `fewer` | `smaller`) `than`
  ///            | (`more` | `greater` | `larger` | `bigger`) `than or equal to`
  ///            | (`less` | `fewer` | `smaller`) `than or equal to`
  ///            | `at least` | `at most` | `up to` | `over` | `above` | `under` | `below`
  func matchComparison(at start: Int) -> (Comparison, Int)? {
    for (words, comparison) in Parser.comparisons {
      if let end = match(words, at: start) { return (comparison, end) }
    }
    return nil
  }

  private static let comparisons: [([Keyword], Comparison)] = {
    var table: [([Keyword], Comparison)] = []
    for more in [Keyword.more, .greater, .larger, .bigger] {
      table.append(([more, .than, .or, .equal, .to], .atLeast))
    }
    for less in [Keyword.less, .fewer, .smaller] {
      table.append(([less, .than, .or, .equal, .to], .atMost))
    }
    for more in [Keyword.more, .greater, .larger, .bigger] {
      table.append(([.no, more, .than], .atMost))
      table.append(([more, .than], .moreThan))
    }
    for less in [Keyword.less, .fewer, .smaller] {
      table.append(([.no, less, .than], .atLeast))
      table.append(([less, .than], .lessThan))
    }
    table += [([.at, .least], .atLeast), ([.at, .most], .atMost), ([.up, .to], .atMost)]
    table += [([.over], .moreThan), ([.above], .moreThan)]
    table += [([.under], .lessThan), ([.below], .lessThan)]
    return table
  }()
}
