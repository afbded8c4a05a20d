import Findings
import Values

/// The words for declarations, names, numbers and dates.
extension Finding {
  static func colonMissing(_ what: String, _ phrase: PhraseSyntax, _ parser: Parser) -> Finding {
    let example = what == "fact" ? "fact \(phrase.text): yes or no" : "define \(phrase.text): …"
    if what == "fact", let type = parser.typeWord(in: phrase) {
      return Finding(
        .syntax, "a colon is missing before the kind of fact", at: parser.span(type),
        help: "write `: ` before `\(parser.spelling(type))`",
        fixes: [.replace(parser.span(type - 1).after, with: ":", "write the colon", isSafe: true)])
    }
    return Finding(
      .syntax, "a colon is missing after `\(phrase.text)`", at: phrase.span.after,
      help: "write `\(example)`")
  }

  static func phraseExpected(after what: String, _ parser: Parser) -> Finding {
    Finding(
      .syntax, "a phrase should stand after \(what)", at: parser.span(parser.position),
      help: "write the words with which its sentences begin, for example `recipient prefers`")
  }

  static func phraseTooLong(_ count: Int, _ span: Span) -> Finding {
    Finding(
      .syntax, "this phrase has \(count) words; a phrase has at most 12", at: span,
      help: "say it in fewer words")
  }

  static func nameExpected(_ what: String, _ parser: Parser) -> Finding {
    Finding(
      .syntax, "\(what) is missing", at: parser.span(parser.position),
      help: "write a name of letters, digits and hyphens; in quotes it may hold any other character"
    )
  }

  static func reservedWord(_ word: Keyword, in what: String, _ span: Span) -> Finding {
    Finding(
      .syntax, "`\(word.text)` cannot be part of \(what)", at: span,
      reason: "the language uses this word to join sentences",
      help: what == "a phrase"
        ? "say it in other words, without `\(word.text)`"
        : "put the whole name in quotes, or say it in other words")
  }

  static func valueNeedsQuotes(_ name: NameSyntax, _ start: String) -> Finding {
    Finding(
      .syntax, "`\(name.text)` must stand in quotes", at: name.span,
      reason: "`\(start)` means something else there",
      help: "write `\"\(name.text)\"`, here and wherever it is used",
      fixes: [.replace(name.span, with: StringLiteral.quoted(name.text), "put it in quotes")])
  }

  static func connectiveInNames(
    _ connective: Span, _ word: String, _ first: NameSyntax, _ second: NameSyntax
  ) -> Finding {
    let whole = "\(first.text) \(word) \(second.text)"
    return Finding(
      .ambiguous, "it is not clear whether `\(word)` parts two names or belongs to one",
      at: connective,
      help: "write a comma between two names; one name that holds the word stands in quotes: "
        + "`\"\(whole)\"`",
      fixes: [
        .replace(connective, with: ",", "they are two: write a comma"),
        .replace(
          first.span.through(second.span), with: StringLiteral.quoted(whole),
          "they are one: put it in quotes"),
      ])
  }

  static func emptyString(_ span: Span) -> Finding {
    Finding(
      .syntax, "there is nothing between these quotation marks", at: span, help: "write a name")
  }

  static func typeExpected(_ parser: Parser) -> Finding {
    let found = parser.isAtEnd ? "nothing" : "`\(parser.spelling(parser.position))`"
    var fixes: [Fix] = []
    if !parser.isAtEnd,
      let type = otherWordsForTypes[WordTable.lowercased(parser.spelling(parser.position))]
    {
      fixes = [.replace(parser.span(parser.position), with: type, "write `\(type)`")]
    }
    return Finding(
      .syntax, "the colon should be followed by the kind of fact, not by \(found)",
      at: parser.isAtEnd ? parser.span(parser.position) : parser.rest,
      help: "write `one of A, B, …`, `any of A, B, …`, `yes or no`, `number`, `whole number`, "
        + "`date` or `text`",
      fixes: fixes)
  }

  private static let otherWordsForTypes = [
    "yes/no": "yes or no", "y/n": "yes or no", "true/false": "yes or no", "boolean": "yes or no",
    "bool": "yes or no", "flag": "yes or no", "integer": "whole number", "int": "whole number",
    "count": "whole number", "decimal": "number", "numeric": "number", "string": "text",
    "words": "text", "day": "date", "datetime": "date",
  ]

  static func presenceExpected(_ span: Span) -> Finding {
    Finding(
      .syntax, "`if` in a fact is followed by `recorded` or `absent`", at: span,
      help: "write `if recorded` where the fact may be missing, or `if absent` and the value that "
        + "then counts; a rule's `if` begins a line of its own")
  }

  static func secondPresence(_ span: Span) -> Finding {
    Finding(
      .wrongType, "a fact has `if recorded` or `if absent`, not two of them", at: span,
      reason: "`if absent` says that there is always a value", help: "keep one of the two")
  }

  static func unitExpected(_ parser: Parser) -> Finding {
    Finding(
      .syntax, "a unit should stand after `of`", at: parser.span(parser.position),
      help: "write it in one word, for example `number of MB`")
  }

  static func pathExpected(_ span: Span) -> Finding {
    Finding(
      .syntax, "`from` under a fact names the field of the message that holds it", at: span,
      help: "write the field's name, with full stops between levels: `from message.purpose`")
  }

  static func badPath(_ path: NameSyntax) -> Finding {
    Finding(
      .syntax, "`\(path.text)` names no field: there is nothing between two of its full stops",
      at: path.span, help: "write the field's name, with one full stop between levels")
  }

  static func noteTextExpected(_ parser: Parser) -> Finding {
    Finding(
      .syntax, "the text of a note stands in quotes after the colon",
      at: parser.isAtEnd ? parser.span(parser.position) : parser.rest,
      help: "write `note NAME: \"…\"`")
  }

  static func listBodyExpected(_ name: NameSyntax, _ parser: Parser) -> Finding {
    Finding(
      .syntax, "the list `\(name.text)` says neither what is on it nor where to find it",
      at: parser.isAtEnd ? name.span : parser.rest,
      help: "write `list \(name.text): A, B, C` or `list \(name.text) from \"FILE.txt\"`")
  }

  // MARK: Numbers

  static func numberExpected(_ parser: Parser) -> Finding {
    Finding(.badNumber, "a number should stand here", at: parser.span(parser.position))
  }

  static func badNumber(_ error: DecimalError, _ text: String, _ span: Span) -> Finding {
    switch error {
    case .notANumber:
      Finding(
        .badNumber, "`\(text)` is not a number", at: span, help: "write digits, for example 35")
    case .tooManyDecimals:
      Finding(
        .badNumber, "`\(text)` has more than 6 decimals", at: span, help: "round it to 6 decimals")
    case .tooLarge:
      Finding(
        .badNumber, "`\(text)` is too large: numbers go to 1000000000000 either way", at: span)
    }
  }

  static func thousandsComma(_ span: Span, plain: String) -> Finding {
    Finding(
      .badNumber, "a number is written without commas", at: span,
      reason: "a comma parts the values of a list", help: "write `\(plain)`",
      fixes: [.replace(span, with: plain, "write `\(plain)`")])
  }

  static func numberInWords(_ text: String, _ figures: String, _ span: Span) -> Finding {
    Finding(
      .badNumber, "`\(text)` is written in figures", at: span,
      reason: "number words are read up to twelve", help: "write `\(figures)`",
      fixes: [.replace(span, with: figures, "write `\(figures)`")])
  }

  static func minusBeforeCurrency(_ fixed: String, _ span: Span) -> Finding {
    Finding(
      .badNumber, "the minus stands after the currency's sign", at: span, help: "write `\(fixed)`",
      fixes: [.replace(span, with: fixed, "write `\(fixed)`", isSafe: true)])
  }

  static func currencyInWords(_ word: String, _ fixed: String, _ span: Span) -> Finding {
    Finding(
      .badNumber, "`\(word)` is written as a sign", at: span, help: "write `\(fixed)`",
      fixes: [.replace(span, with: fixed, "write `\(fixed)`", isSafe: true)])
  }

  static func notANumber(_ text: String, unit: String?, _ span: Span) -> Finding {
    let digits = text.prefix { ("0"..."9").contains($0) || $0 == "." }
    let suffix = text.dropFirst(digits.count)
    if let unit {
      return Finding(
        .badNumber, "`\(text)` is not a number of \(unit)", at: span,
        help:
          "the unit here is \(unit): give the number of \(unit), for example `\(digits) \(unit)`")
    }
    return Finding(
      .badNumber, "`\(text)` is not a number", at: span,
      help: suffix.isEmpty ? nil : "this fact has no unit: write `\(digits)` alone")
  }

  static func emptyRange(_ low: String, _ high: String, _ span: Span) -> Finding {
    Finding(
      .badNumber, "nothing lies between \(low) and \(high): the first number is the greater one",
      at: span, help: "write the smaller number first: \(high), then \(low)")
  }

  static func dashRange(
    _ text: String, _ low: String, _ high: String, _ unit: String, _ span: Span
  ) -> Finding {
    let words = "between \(low) and \(high)\(unit)"
    return Finding(
      .badNumber, "`\(text)` is no single number", at: span, help: "write `\(words)`",
      fixes: [.replace(span, with: words, "write `\(words)`", isSafe: true)])
  }

  static func wrongUnit(_ word: String, unit: String?, _ phrase: String, _ span: Span) -> Finding {
    if let unit {
      return Finding(
        .wrongType, "`\(word)` is not the unit of `\(phrase)`: the unit is \(unit)", at: span,
        help: "give the number of \(unit)")
    }
    return Finding(
      .wrongType, "`\(phrase)` has no unit, so `\(word)` means nothing here", at: span,
      help: "leave it out, or declare the fact as `number of \(word)`")
  }

  // MARK: Dates

  static func dateExpected(after what: String, _ parser: Parser) -> Finding {
    let span = parser.isAtEnd ? parser.span(parser.position) : parser.rest
    let text = parser.isAtEnd ? "" : parser.spelling(parser.position..<parser.limit)
    return Finding(
      .badDate, text.isEmpty ? "a date is missing after \(what)" : "`\(text)` is no date",
      at: span,
      reason: text.isEmpty ? nil : "a rule may not change its meaning from day to day",
      help: "write the date in full, for example `1 September 2026`")
  }

  static func dateInFigures(_ text: String, _ span: Span) -> Finding {
    let parts = text.split { "/.-".contains($0) }.compactMap { Int($0) }
    var readings: [Day] = []
    if parts.count == 3 {
      let year = parts[2] < 100 ? 2000 + parts[2] : parts[2]
      let dayFirst = Day(year: year, month: parts[1], day: parts[0])
      let monthFirst = Day(year: year, month: parts[0], day: parts[1])
      for day in [dayFirst, monthFirst] {
        if let day, !readings.contains(day) { readings.append(day) }
      }
    }
    let words = readings.map(\.words)
    return Finding(
      .badDate,
      words.count == 2
        ? "`\(text)` may be \(words[0]) or \(words[1])"
        : "a date is not written in figures: `\(text)`",
      at: span, help: "write the month as a word: `\(words.first ?? "1 September 2026")`",
      fixes: words.map { .replace(span, with: $0, "write `\($0)`") })
  }

  static func yearMissing(_ text: String, _ span: Span) -> Finding {
    Finding(
      .badDate, "`\(text)` has no year", at: span, help: "write the year in four digits after it")
  }

  static func dayMissing(_ text: String, _ words: String, _ span: Span) -> Finding {
    Finding(
      .badDate, "`\(text)` is not one day", at: span, help: "write a day, for example `\(words)`",
      fixes: [.replace(span, with: words, "write `\(words)`")])
  }

  static func monthFirst(_ text: String, _ words: String, _ span: Span) -> Finding {
    Finding(
      .badDate, "the day of `\(text)` stands after its month", at: span,
      help: "write `\(words)`",
      fixes: [.replace(span, with: words, "write `\(words)`", isSafe: true)])
  }

  static func partOfDay(_ text: String, _ span: Span) -> Finding {
    Finding(
      .badDate, "`\(text)` cannot be counted: a date has no time of day", at: span,
      help: "count in whole days: `within 1 day`, `today`")
  }

  static func partOfDuration(_ text: String, _ span: Span) -> Finding {
    Finding(
      .badNumber, "`\(text)` is not a whole number of days, weeks, months or years", at: span,
      help: "write it in a smaller unit: `18 months` for one and a half years")
  }

  static func twoDigitYear(_ text: String, _ year: Int, _ span: Span) -> Finding {
    let full = text.split(separator: " ").dropLast().joined(separator: " ")
    let two = year < 10 ? "0\(year)" : "\(year)"
    return Finding(
      .badDate, "the year of `\(text)` may be 19\(two) or 20\(two)", at: span,
      help: "write the year in four digits",
      fixes: ["\(full) 20\(two)", "\(full) 19\(two)"].map {
        .replace(span, with: $0, "write `\($0)`")
      })
  }

  static func yearOutOfRange(_ text: String, _ span: Span) -> Finding {
    Finding(
      .badDate, "`\(text)` lies outside the years 1900 to 9999", at: span,
      help: "check the year: it is written in four digits, from 1900 on")
  }

  static func noSuchDate(_ text: String, lastDay: Int, month: Int, _ year: Int, _ span: Span)
    -> Finding
  {
    guard let name = Month(rawValue: month)?.name, lastDay > 0 else {
      return Finding(.badDate, "there is no such date as `\(text)`", at: span)
    }
    let last = "\(lastDay) \(name) \(year)"
    return Finding(
      .badDate, "there is no such date as `\(text)`", at: span,
      help: "\(name) \(year) ends on \(last)",
      fixes: [.replace(span, with: last, "write `\(last)`")])
  }

  static func endsBeforeStart(_ first: DateSyntax, _ last: DateSyntax) -> Finding {
    Finding(
      .badDate, "this ends before it starts: \(last.day.words) comes before \(first.day.words)",
      at: first.span.through(last.span), help: "write the earlier date first")
  }

  static func emptyDateRange(_ first: Day, _ last: Day, _ span: Span) -> Finding {
    Finding(
      .badDate, "no day lies between \(first.words) and \(last.words)", at: span,
      help: "write the earlier date first")
  }
}

extension Parser {
  /// Where the kind of a fact begins inside its phrase, if the colon between them was left out.
  fileprivate func typeWord(in phrase: PhraseSyntax) -> Int? {
    phrase.range.dropFirst().first { index in
      switch keyword(index) {
      case .number, .date, .text, .yes: true
      case .whole: keyword(index + 1) == .number
      case .one, .any: keyword(index + 1) == .of
      default: false
      }
    }
  }
}
