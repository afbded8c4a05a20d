import Findings
import Values

/// What officers write in the place of a form that the language has: each is recognised, and answered
/// with that form.
extension Parser {
  // MARK: Sentences

  /// `there is no deadline`, `it is not known what …`, `number of recipients exceeds 10`
  mutating func reportOtherWords(_ range: Range<Int>) -> Bool {
    reportRecordedInOtherWords(range) || reportVerb(range)
  }

  private mutating func reportRecordedInOtherWords(_ range: Range<Int>) -> Bool {
    let texts = range.map { words.text(tokens[$0].word) }
    let heads: [([String], Bool)] = [
      (["there", "is", "no"], false), (["there's", "no"], false), (["there", "is", "not"], false),
      (["there", "isn't"], false), (["there", "is"], true), (["it", "is", "not", "known"], false),
      (["it", "is", "known"], true), (["we", "do", "not", "know"], false), (["we", "know"], true),
      (["no"], false),
    ]
    guard let (head, isRecorded) = heads.first(where: { texts.starts(with: $0.0) }) else {
      return false
    }
    var start = afterArticles(range.lowerBound + head.count)
    if let keyword = keyword(start), [.what, .when, .whether, .where, .who, .how].contains(keyword)
    {
      start = afterArticles(start + 1)
    }
    guard let fact = factNamed(at: start, before: range.upperBound) else { return false }
    let declared = lexicon[fact]
    report(
      .recordedInOtherWords(
        declared.recordedSentence(isRecorded: isRecorded),
        isOptional: declared.presence == .optional, span(range)))
    return true
  }

  /// The fact whose phrase, with or without its `is`, fills a stretch, but for `is recorded` behind it.
  private func factNamed(at start: Int, before end: Int) -> FactID? {
    guard start < end else { return nil }
    var written = (start..<end).map { words.text(tokens[$0].word) }
    for tail in [["on", "record"], ["on", "file"], ["recorded"], ["known"], ["given"]]
    where written.count > tail.count && written.suffix(tail.count).elementsEqual(tail) {
      written.removeLast(tail.count)
    }
    return lexicon.facts.indices.first { index in
      let phrase = lexicon.facts[index].phrase.words.map(words.text)
      return written == phrase || (lexicon.facts[index].endsInBe && written == phrase.dropLast())
    }.map { FactID($0) }
  }

  /// A fact's phrase without its `is`, and another verb behind it.
  private mutating func reportVerb(_ range: Range<Int>) -> Bool {
    let written = range.filter { !(keyword($0).map(Keyword.articles.contains) ?? false) }
    for fact in lexicon.facts where fact.endsInBe {
      let stem = fact.phrase.words.dropLast().map(words.text)
      guard written.count > stem.count,
        written.prefix(stem.count).map({ words.text(tokens[$0].word) }).elementsEqual(stem)
      else { continue }
      let rest = written.dropFirst(stem.count)
      let verbs = rest.map { words.text(tokens[$0].word) }
      guard let (count, ending) = otherVerb(verbs, fact), let first = rest.first else { continue }
      let verb = span(first..<rest[rest.startIndex + count - 1] + 1)
      report(
        .taught("`\(source.text(verb).tidied)` is written in another way", write: ending, at: verb))
      return true
    }
    return false
  }

  /// How many words the verb has, and what the language says for it.
  private func otherVerb(_ verbs: [String], _ fact: DeclaredFact) -> (Int, String)? {
    let be = fact.phrase.words.last.map(words.text) ?? "is"
    let table: [([String], FactType?, String)] = [
      (["exceeds"], nil, "\(be) more than"), (["equals"], nil, be),
      (["has", "passed"], .date, "\(be) in the past"), (["passed"], .date, "\(be) in the past"),
      (["has", "expired"], .date, "\(be) in the past"), (["expired"], .date, "\(be) in the past"),
      (["includes"], .text, "contains"), (["has"], .text, "contains"),
      (["contain"], .text, "contains"), (["starts"], .text, "starts"),
    ]
    for (words, type, ending) in table where verbs.starts(with: words) && words != ["starts"] {
      if let type, type != fact.type { continue }
      return (words.count, ending)
    }
    return nil
  }

  // MARK: Numbers and dates

  /// `more then 10`
  func isThenForThan(_ index: Int) -> Bool {
    guard index > 0, index < tokens.count, tokens[index].keyword == .then,
      let before = tokens[index - 1].keyword
    else { return false }
    let comparatives: Set<Keyword> = [
      .more, .less, .fewer, .greater, .larger, .bigger, .smaller, .later, .earlier, .other,
    ]
    return comparatives.contains(before)
      && (number(index + 1) != nil || currency(index + 1) != nil)
  }

  mutating func reportThenForThan(_ start: Int) -> Bool {
    guard let index = (start..<min(start + 3, limit)).first(where: isThenForThan) else {
      return false
    }
    report(.thenForThan(span(index)))
    position = index + 1
    return true
  }

  /// `10 and above`
  mutating func reportAndAbove(_ fact: FactID, _ range: Range<Int>) -> Bool {
    guard case .number = lexicon[fact].type, range.count == 1, range.lowerBound > 0 else {
      return false
    }
    let words = [
      "above": "or more", "over": "or more", "more": "or more", "up": "or more",
      "upwards": "or more",
      "higher": "or more", "below": "or less", "under": "or less", "less": "or less",
      "fewer": "or fewer", "lower": "or less",
    ]
    guard let ending = words[self.words.text(tokens[range.lowerBound].word)] else { return false }
    let whole = span(range.lowerBound - 1..<range.upperBound)
    report(.taught("the number itself counts too", write: ending, at: whole))
    return true
  }

  /// `exactly 10`, `about 10`, `a maximum of 10`, `10+`
  mutating func reportNumberWords(_ start: Int, _ unit: String?) -> Bool {
    let index = afterArticles(start)
    let text = words.text(token(index)?.word ?? .none)
    if ["none", "no", "nil", "nobody"].contains(text), isStop(index + 1) {
      report(.taught("`\(text)` is no number", write: "0", at: span(index)))
      return true
    }
    if ["exactly", "precisely", "just"].contains(text) {
      report(.superfluous(text, "a number alone means exactly that number", span(index)))
      return true
    }
    if ["about", "approximately", "around", "roughly", "nearly", "almost"].contains(text) {
      report(
        .vagueWord(text, example: "between 5 and 10" + (unit.map { " " + $0 } ?? ""), span(index)))
      return true
    }
    let bounds = ["maximum": "at most", "max": "at most", "minimum": "at least", "min": "at least"]
    if let words = bounds[text] {
      let end = keyword(index + 1) == .of ? index + 2 : index + 1
      report(.taught("`\(text)` is written in another way", write: words, at: span(start..<end)))
      return true
    }
    if text.hasSuffix("+"), let value = Int(text.dropLast()) {
      let words = "at least \(value)"
      report(.taught("`\(text)` is written in words", write: words, at: span(index)))
      return true
    }
    return false
  }

  /// `in May 2026`, `older than 12 months`, `overdue`, `Monday 1 June 2026`, `within a fortnight`
  mutating func reportDateWords(_ start: Int, _ range: Range<Int>) -> Bool {
    let text = words.text(token(start)?.word ?? .none)
    if ["overdue", "past", "passed", "expired", "late"].contains(text), isStop(start + 1) {
      report(.taught("`\(text)` is written in another way", write: "in the past", at: span(start)))
      return true
    }
    let ages = ["older": "more than", "newer": "less than", "younger": "less than"]
    if let words = ages[text], keyword(start + 1) == .than,
      let (duration, end) = matchDuration(at: start + 2)
    {
      let ending = "\(words) \(duration.words) ago"
      report(.taught("a date is `… ago`, not `\(text)`", write: ending, at: span(start..<end)))
      return true
    }
    for index in range {
      let word = words.text(tokens[index].word)
      if Parser.weekdays.contains(word), case .day = matchDate(at: index + 1) {
        report(.weekdayBeforeDate(spelling(index), span(index)))
        return true
      }
      let units = ["fortnight": "2 weeks", "quarter": "3 months", "decade": "10 years"]
      if let unit = units[word] {
        let first = [.a, .an, .one].contains(keyword(index - 1)) ? index - 1 : index
        report(.taught("`\(word)` is not counted", write: unit, at: span(first..<index + 1)))
        return true
      }
    }
    return reportPeriod(start)
  }

  static let weekdays: Set<String> = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]

  /// `in May 2026`, `during 2025`
  private mutating func reportPeriod(_ start: Int) -> Bool {
    guard [.in, .during].contains(keyword(start)),
      case .trouble(let finding, let end, _) = matchUnusualDate(at: start + 1),
      let first = finding.fixes.first?.edits.first?.text
    else { return false }
    let parts = first.split(separator: " ").map(String.init)
    guard parts.count == 3, let year = Int(parts[2]),
      let month = Month(lowercased: WordTable.lowercased(parts[1]))
    else { return false }
    let isYear = end == start + 2
    let lastDay = isYear ? 31 : Day.count(ofMonth: month.rawValue, year: year)
    let last = "\(lastDay) \(isYear ? "December" : month.name) \(year)"
    let words = "between \(first) and \(last)"
    report(
      .taught(
        "a period is written with its first and last day", write: words, at: span(start..<end)))
    return true
  }

  // MARK: Values

  /// `no personal-data`, `only child`, `at least one of`, values in brackets
  mutating func reportValueWords(_ fact: DeclaredFact, _ phrase: Span, at start: Int) -> Bool {
    let kind = fact.isSet ? "any of" : "one of"
    if self.kind(start) == .open || self.kind(start - 1) == .open, reportBracketedValues(start) {
      return true
    }
    if let end = match([.at, .least, .one, .of], at: start), fact.isSet {
      report(
        .taught("`at least one of` is written in another way", write: kind, at: span(start..<end)))
      position = end
      return true
    }
    if fact.isSet,
      let end = matchAny([[.on, .the, .list], [.in, .the, .list], [.in]], at: start),
      let (_, after) = lexicon.lists.match(tokens, at: afterArticles(end), limit: limit, text: raw)
    {
      let words = "any of \(spelling(afterArticles(end)..<after))"
      report(
        .taught(
          "a fact with several values holds any of a list's values, or all of them", write: words,
          at: span(start..<after)))
      position = after
      return true
    }
    if reportSlash(fact, at: start) { return true }
    let next = afterArticles(start + 1)
    guard let (_, end) = fact.values.match(tokens, at: next, limit: limit, text: raw), isStop(end)
    else { return false }
    let value = spelling(next..<end)
    switch keyword(start) {
    case .no:
      report(.noBeforeValue(value, fact.negativeText, span(start..<end), phrase: phrase))
    case .only: report(.onlyValue(value, span(start..<end)))
    default: return false
    }
    position = end
    return true
  }

  /// `SEN-tribunal/blue-badge`
  private mutating func reportSlash(_ fact: DeclaredFact, at start: Int) -> Bool {
    guard let token = token(start), token.kind == .word else { return false }
    let parts = spelling(start).split(separator: "/").map(String.init)
    let known = Set(fact.values.names.map { WordTable.lowercased($0) })
    guard parts.count > 1, parts.allSatisfy({ known.contains(WordTable.lowercased($0)) }) else {
      return false
    }
    let words = parts.joined(separator: " or ")
    report(.taught("a slash may mean `and` or `or`", write: words, at: span(start)))
    return true
  }

  private mutating func reportBracketedValues(_ start: Int) -> Bool {
    let open = kind(start) == .open ? start : start - 1
    guard let close = (open..<limit).first(where: { kind($0) == .close }) else { return false }
    let inside = source.text(span(open + 1..<close)).tidied
    report(.listInBrackets(span(open..<close + 1), values: inside))
    position = close + 1
    return true
  }

  /// Goes on behind values that are joined to one that could not be read.
  mutating func skipFurtherValues(of fact: DeclaredFact, from end: Int) {
    var index = end
    while true {
      var next = index
      if kind(next) == .comma { next += 1 }
      if let keyword = keyword(next), [.or, .and].contains(keyword) { next += 1 }
      guard next > index, next < limit, !isPhraseStart(next) else { break }
      if let (_, after) = fact.values.match(tokens, at: next, limit: limit, text: raw),
        isStop(after)
      {
        index = after
        continue
      }
      let range = stretchRange(from: next)
      let text = spelling(range)
      guard range.count <= 4, let near = Spelling.nearest(text, in: fact.values.names) else {
        break
      }
      report(.unknownValue(text, of: fact, nearest: near, span(range)))
      index = range.upperBound
    }
    position = max(position, index)
  }

  /// `a gov.uk address`, `outside gov.uk`
  mutating func reportDomainWords(_ range: Range<Int>) -> Bool {
    let names = range.filter { kind($0) == .word && spelling($0).dropFirst().contains(".") }
    guard range.count > 1, range.count <= 5, names.count == 1, !spelling(names[0]).contains("@")
    else { return false }
    let texts = range.map { words.text(tokens[$0].word) }
    let isOutside = !Set(["outside", "external", "not", "beyond"]).isDisjoint(with: texts)
    report(.domainInWords(spelling(names[0]), isOutside: isOutside, span(range)))
    return true
  }

  // MARK: Lists of sentences

  /// The marks `1.`, `(a)`, `b)` at the start of lines from a token on; empty if there are none.
  func listMarks(from start: Int) -> [Span] {
    var marks: [Span] = []
    for index in start..<limit where tokens[index].isFirstOnLine {
      if tokens[index].keyword == .then { break }
      let isOpen = kind(index) == .open
      let word = isOpen ? index + 1 : index
      guard let token = token(word), token.kind == .word, token.end - token.start <= 4 else {
        continue
      }
      if kind(word + 1) == .close {
        marks.append(span(index..<word + 2))
      } else if !isOpen, token.flags.contains(.beforeFullStop) {
        let place = span(index)
        marks.append(Span(file: place.file, start: place.start, end: place.end + 1))
      }
    }
    return marks
  }
}
