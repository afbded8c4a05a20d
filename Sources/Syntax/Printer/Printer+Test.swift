import Findings
import Values

extension Printer {
  /// One sentence.
  func text(_ test: TestSyntax) -> String {
    guard case .fact(let fact) = test.subject else {
      if case .outcome = test.subject {
        let (words, isOther) = ending(test.ending, nil, test)
        let phrase = phrase(test.phrase) + (isOther ? " not" : "")
        return "\(phrase) \(words)"
      }
      return test.isCell ? (test.isNegated ? "no" : "yes") : phrase(test.phrase)
    }
    if let recorded = recorded(test, fact) { return recorded }
    if test.isCell, lexicon[fact].type == .yesOrNo, case .none = test.ending {
      return test.isNegated ? "no" : "yes"
    }
    let (words, isOther) = ending(test.ending, fact, test)
    if isOther { return negative(test, fact, words) }
    let not = test.isCell && test.isNegated ? "not " : ""
    return not
      + [plainVerb(phrase(test.phrase), test.ending), words].filter { !$0.isEmpty }.joined(
        separator: " ")
  }

  /// A phrase about a text with its verb in the first form: `begins with` is `starts with`.
  private func plainVerb(_ phrase: String, _ ending: EndingSyntax) -> String {
    guard case .text(let match, _) = ending, match != .inDomain else { return phrase }
    let verbs = [
      (" begins with", " starts with"), (" begin with", " start with"), (" ends in", " ends with"),
      (" end in", " end with"), (" includes", " contains"), (" include", " contain"),
    ]
    for (also, first) in verbs where WordTable.lowercased(phrase).hasSuffix(also) {
      return phrase.dropLast(also.count) + first
    }
    return phrase
  }

  /// `other than V`, said by the negative phrase where there is one.
  private func negative(_ test: TestSyntax, _ fact: FactID, _ words: String) -> String {
    let isOne = !words.contains(",") && words.hasPrefix("one of ") && !test.ending.holdsList
    let short = isOne ? words.withoutQuantifier : words
    if test.phrase.start == test.phrase.end {
      return test.isFirstInCell(source) ? "not \(short)" : "other than \(words.withoutQuantifier)"
    }
    if let negative = lexicon[fact].negativeText { return "\(negative) \(short)" }
    return "\(phrase(test.phrase)) other than \(words.withoutQuantifier)"
  }

  /// Sentences about whether a fact is recorded, in the form in which they were written.
  private func recorded(_ test: TestSyntax, _ fact: FactID) -> String? {
    let isRecorded: Bool
    switch test.ending {
    case .recorded, .unknown: isRecorded = true
    case .negated(.recorded): isRecorded = false
    default: return nil
    }
    if test.phrase.start > test.span.start {
      return phrase(test.span)
    }
    if test.phrase.start == test.phrase.end {
      return test.isNegated || !isRecorded ? "not recorded" : "recorded"
    }
    if !lexicon[fact].endsInBe {
      let question =
        switch lexicon[fact].type {
        case .date: "when"
        case .yesOrNo: "whether"
        case .choice, .set, .number, .text: "what"
        }
      return "it is \(isRecorded ? "" : "not ")recorded \(question) \(phrase(test.phrase))"
    }
    return phrase(test.phrase) + (isRecorded ? " recorded" : " not recorded")
  }

  // MARK: Endings

  /// The words of an ending, and whether they are the negation of it.
  private func ending(_ ending: EndingSyntax, _ fact: FactID?, _ test: TestSyntax)
    -> (String, isOther: Bool)
  {
    switch ending {
    case .none: return ("", false)
    case .values(let quantifier, let values):
      return (self.values(quantifier, values, fact, test), false)
    case .listExcept(let quantifier, let list, let except):
      let names = Printer.joined(except.map { value($0, of: fact) }, by: "or")
      let words = quantifier == .oneOf ? "one of" : word(quantifier)
      return ("\(words) \(value(list)) other than \(names)", false)
    case .negated(let inner):
      return (self.ending(inner, fact, test).0, true)
    case .nothing: return ("nothing", false)
    case .anything: return ("anything", false)
    case .number(let number): return (text(number, unit(fact)), false)
    case .date(let date): return (text(date), false)
    case .text(let match, let values): return (text(match, values, test), false)
    case .recorded: return ("recorded", false)
    case .unknown: return ("unknown", false)
    }
  }

  private func word(_ quantifier: EndingSyntax.Quantifier) -> String {
    switch quantifier {
    case .single, .oneOf: "one of"
    case .anyOf: "any of"
    case .allOf: "all of"
    case .noneOf: "none of"
    }
  }

  private func values(
    _ quantifier: EndingSyntax.Quantifier, _ values: [ValueSyntax], _ fact: FactID?,
    _ test: TestSyntax
  ) -> String {
    let unit = unit(fact)
    let names = values.enumerated().map { index, value in
      self.value(value, of: fact, unit: index == values.count - 1 ? unit : nil)
    }
    let written = writtenEnding(test)
    let isBare = !Printer.quantifierWords.contains { written.hasPrefix($0) }
    if quantifier == .single, values.count == 1 { return names[0] }
    if values.count > 1, isBare {
      return Printer.joined(names, by: quantifier == .allOf ? "and" : "or")
    }
    if values.count == 1, isBare, !isList(values[0]) { return names[0] }
    return "\(word(quantifier)) \(names.joined(separator: ", "))"
  }

  private static let quantifierWords = [
    "one of", "any of", "all of", "none of", "both ", "either ", "neither ", "other than",
    "anything but", "in ", "on list", "on the list",
  ]

  private func isList(_ value: ValueSyntax) -> Bool {
    if case .list = value.kind { true } else { false }
  }

  /// What was written behind the phrase.
  private func writtenEnding(_ test: TestSyntax) -> String {
    let span = Span(
      file: test.span.file, start: max(test.phrase.end, test.span.start), end: test.span.end)
    let text = WordTable.lowercased(plain(span))
    return text.hasPrefix("not ") ? String(text.dropFirst(4)) : text
  }

  /// A value in its declared spelling, with the article or `on` that was written before it.
  func value(_ value: ValueSyntax, of fact: FactID? = nil, unit: String? = nil) -> String {
    let written = WordTable.lowercased(plain(value.span))
    let isDate = if case .day = value.kind { true } else { false }
    let leads = isDate ? ["on"] : ["a", "an", "the", "on"]
    let lead = leads.first { written.hasPrefix($0 + " ") }
    let text = bareValue(value, of: fact, unit: unit)
    guard let lead, !WordTable.lowercased(text).hasPrefix(lead + " ") else { return text }
    return "\(lead) \(text)"
  }

  private func bareValue(_ value: ValueSyntax, of fact: FactID?, unit: String?) -> String {
    switch value.kind {
    case .value(let id):
      return fact.map { name(lexicon[$0].valuePlaces[id.index]) } ?? plain(value.span)
    case .list(let list): return name(list)
    case .number(let number): return quantity(number, unit)
    case .day(let day): return day.words
    case .today: return "today"
    case .text(let text): return StringLiteral.quoted(text)
    case .outcome(let outcome): return name(outcome)
    }
  }

  // MARK: Numbers

  private func unit(_ fact: FactID?) -> String? {
    guard let fact, case .number(let type) = lexicon[fact].type else { return nil }
    return type.unit?.text
  }

  private func quantity(_ number: Decimal6, _ unit: String?) -> String {
    guard let unit else { return "\(number)" }
    return ["£", "€", "$"].contains(unit) ? "\(unit)\(number)" : "\(number) \(unit)"
  }

  private func text(_ ending: NumberEnding, _ unit: String?) -> String {
    switch ending {
    case .moreThan(let number): "more than \(quantity(number, unit))"
    case .lessThan(let number): "less than \(quantity(number, unit))"
    case .atLeast(let number): "at least \(quantity(number, unit))"
    case .atMost(let number): "at most \(quantity(number, unit))"
    case .between(let low, let high):
      "between \(["£", "€", "$"].contains(unit) ? quantity(low, unit) : "\(low)") and \(quantity(high, unit))"
    }
  }

  // MARK: Dates

  private func text(_ day: DayReference) -> String {
    switch day {
    case .day(let day): day.words
    case .today: "today"
    }
  }

  private func text(_ ending: DateEnding) -> String {
    switch ending {
    case .before(let day): "before \(text(day))"
    case .after(let day): "after \(text(day))"
    case .onOrBefore(let day): "on or before \(text(day))"
    case .onOrAfter(let day): "on or after \(text(day))"
    case .between(let first, let last): "between \(text(first)) and \(text(last))"
    case .inThePast: "in the past"
    case .inTheFuture: "in the future"
    case .within(let duration): "within \(duration.words)"
    case .withinOrPast(let duration): "within \(duration.words) or past"
    case .withinTheLast(let duration): "within the last \(duration.words)"
    case .moreThanAgo(let duration): "more than \(duration.words) ago"
    case .atLeastAgo(let duration): "at least \(duration.words) ago"
    case .lessThanAgo(let duration): "less than \(duration.words) ago"
    case .moreThanAway(let duration): "more than \(duration.words) away"
    case .atLeastAway(let duration): "at least \(duration.words) away"
    case .lessThanAway(let duration): "less than \(duration.words) away"
    }
  }

  // MARK: Texts

  private func text(_ match: TextMatch, _ values: [ValueSyntax], _ test: TestSyntax) -> String {
    let names = values.map { value($0) }
    let isList = values.count > 1 || values.contains { self.isList($0) }
    if match == .inDomain {
      return isList
        ? "in one of the domains \(names.joined(separator: ", "))" : "in the domain \(names[0])"
    }
    let list = isList ? "one of \(names.joined(separator: ", "))" : names[0]
    guard test.phrase.start == test.phrase.end else { return list }
    let verb =
      switch match {
      case .startsWith: "starts with "
      case .endsWith: "ends with "
      case .contains: "contains "
      case .equals, .inDomain: ""
      }
    return verb + list
  }
}

extension TestSyntax {
  /// Whether the sentence has no phrase of its own: it stands in a cell, or goes on from the one
  /// before.
  var isCell: Bool { phrase.start == phrase.end }

  /// Whether the sentence begins its cell.
  func isFirstInCell(_ source: SourceFile) -> Bool {
    var index = Int(span.start)
    while index > 0, [0x20, 0x09].contains(source.bytes[index - 1]) { index -= 1 }
    return index == 0 || source.bytes[index - 1] == UInt8(ascii: "|")
  }
}

extension String {
  fileprivate var withoutQuantifier: String {
    for words in ["one of ", "any of "] where hasPrefix(words) {
      let names = dropFirst(words.count).split(separator: ",").map { String($0).tidied }
      return Printer.joined(names, by: "or")
    }
    return self
  }
}

extension EndingSyntax {
  /// Whether a list is among its values.
  fileprivate var holdsList: Bool {
    switch self {
    case .values(_, let values):
      values.contains { if case .list = $0.kind { true } else { false } }
    case .negated(let inner): inner.holdsList
    case .listExcept: true
    case .none, .nothing, .anything, .number, .date, .text, .recorded, .unknown: false
    }
  }
}
