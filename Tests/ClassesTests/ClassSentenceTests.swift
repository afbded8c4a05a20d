import Classes
import Findings
import Model
import Syntax
import Testing
import Values

@Suite struct `The sentences for a class` {
  private let recipientPrefers = FactID(0)
  private let purpose = FactID(1)
  private let contains = FactID(2)
  private let size = FactID(3)
  private let owed = FactID(4)
  private let count = FactID(5)
  private let deadline = FactID(6)
  private let given = FactID(7)
  private let address = FactID(8)
  private let consent = FactID(9)

  private var vocabulary: Vocabulary {
    var vocabulary = Vocabulary()
    func number(_ unit: String?, isWhole: Bool = false) -> Fact.Kind {
      .number(isWhole: isWhole, unit: unit, low: Decimal6(0), high: nil)
    }
    func add(
      _ phrase: String, _ negative: String?, _ kind: Fact.Kind, _ presence: Fact.Presence,
      _ values: [String] = []
    ) {
      vocabulary.facts.append(
        Fact(
          id: FactID(vocabulary.facts.count), phrase: phrase, negative: negative, kind: kind,
          presence: presence, values: values, path: ["f\(vocabulary.facts.count)"], span: span))
    }
    let prefers = ["plain", "post", "portal", "in person", "the phone"]
    add("recipient prefers", "recipient does not prefer", .choice, .optional, prefers)
    add("purpose is", "purpose is not", .choice, .required, ["A", "B", "C", "D"])
    let contents = ["health-data", "financial-data", "photographs"]
    add("message contains", "message does not contain", .set, .required, contents)
    add("size is", "size is not", number("MB"), .required)
    add("debts come to", nil, number("£"), .optional)
    add("number of pages is", "number of pages is not", number(nil, isWhole: true), .required)
    add("deadline is", "deadline is not", .date, .optional)
    add("consent was given", "consent was not given", .date, .required)
    add("recipient's address is", "recipient's address is not", .text, .optional)
    add("family consented", nil, .yesOrNo, .optional)
    vocabulary.outcomes = ["send plain", "send by post", "hold with care"].enumerated().map {
      Outcome(id: OutcomeID($0), name: $1, span: span)
    }
    return vocabulary
  }

  private let span = Span(file: FileID(0), start: 0, end: 0)

  private func check(_ table: [([(Property, Bool)], [String])]) {
    let sentences = ClassSentences(vocabulary)
    for (properties, expected) in table { #expect(sentences.sentences(properties) == expected) }
  }

  private func v(_ indices: Int...) -> [ValueID] { indices.map { ValueID($0) } }

  private func day(_ day: Int, _ month: Int, _ year: Int) -> Day {
    Day(year: year, month: month, day: day) ?? .first
  }

  // MARK: Values

  @Test func `list the values that are left, or those that are not, whichever is shorter`() {
    check([
      ([(.isOneOf(recipientPrefers, v(0, 1)), true)], ["recipient prefers plain or post"]),
      ([(.isOneOf(recipientPrefers, v(3)), true)], ["recipient prefers \"in person\""]),
      ([(.isOneOf(recipientPrefers, v(4)), true)], ["recipient prefers the phone"]),
      ([(.isOneOf(purpose, v(3)), false)], ["purpose is not D"]),
      (
        [(.isOneOf(purpose, v(3)), false), (.isOneOf(purpose, v(2)), false)], ["purpose is A or B"]
      ),
      ([(.isOneOf(recipientPrefers, v(0)), false)], ["recipient does not prefer plain"]),
      (
        [(.isOneOf(recipientPrefers, v(0)), false), (.isRecorded(recipientPrefers), true)],
        ["recipient prefers post, portal, \"in person\" or the phone"]
      ),
      ([(.isRecorded(recipientPrefers), true)], ["it is recorded what recipient prefers"]),
      ([(.isRecorded(recipientPrefers), false)], ["it is not recorded what recipient prefers"]),
    ])
  }

  @Test func `say what a set holds and what not`() {
    check([
      (
        [(.holds(contains, v(0)), true), (.holds(contains, v(1)), false)],
        ["message contains health-data", "message does not contain financial-data"]
      ),
      (
        [(.holds(contains, v(0)), true), (.holds(contains, v(1)), true)],
        ["message contains all of health-data, financial-data"]
      ),
      ([(.holds(contains, v(0, 1)), true)], ["message contains health-data or financial-data"]),
      (
        [(.holds(contains, v(0, 1)), false)],
        ["message does not contain any of health-data, financial-data"]
      ),
      (
        [(.holds(contains, v(0, 1)), false), (.holds(contains, v(2)), false)],
        [
          "message contains nothing"
        ]
      ),
      ([(.holds(contains, v(0, 1, 2)), true)], ["message contains anything"]),
    ])
  }

  @Test func `negate a phrase that has no negative in brackets`() {
    check([
      ([(.isTrue(consent), false)], ["not (family consented)"]),
      (
        [(.isTrue(consent), false), (.isRecorded(consent), true)],
        ["it is recorded whether family consented", "not (family consented)"]
      ),
    ])
  }

  // MARK: Numbers

  @Test func `make one range of all bounds of a number, in the fewest figures`() {
    check([
      ([(.isAtLeast(size, 35_000_001), true)], ["size is more than 35 MB"]),
      ([(.isAtLeast(size, 35_000_000), true)], ["size is at least 35 MB"]),
      ([(.isAtLeast(size, 35_000_000), false)], ["size is less than 35 MB"]),
      (
        [(.isAtLeast(size, 35_000_001), true), (.isAtLeast(size, 50_000_001), false)],
        ["size is more than 35 MB and at most 50 MB"]
      ),
      (
        [
          (.isAtLeast(size, 10_000_000), true), (.isAtLeast(size, 35_000_000), true),
          (.isAtLeast(size, 50_000_001), false),
        ], ["size is between 35 and 50 MB"]
      ),
      ([(.isAtLeast(size, 1), false)], ["size is 0 MB"]),
      ([(.isAtLeast(size, 0), true)], []),
      ([(.isAtLeast(owed, 50_000_001), true)], ["debts come to more than £50"]),
      ([(.isAtLeast(owed, 50_000_001), false)], ["not (debts come to more than £50)"]),
      (
        [(.isAtLeast(owed, 50_000_001), false), (.isRecorded(owed), true)],
        ["debts come to at most £50"]
      ),
      ([(.isAtLeast(count, 35_000_001), true)], ["number of pages is at least 36"]),
      ([(.isAtLeast(count, 35_000_001), false)], ["number of pages is at most 35"]),
    ])
  }

  // MARK: Dates

  @Test func `give two bounds of a date the ending that says both`() {
    let days = DayDuration(count: 10, unit: .workingDays)
    let months = DayDuration(count: 12, unit: .months)
    func from(_ anchor: DayBound.Anchor, _ offset: Int = 0, of fact: FactID? = nil) -> Property {
      .isFrom(fact ?? deadline, DayBound(anchor, offset: offset))
    }
    let may = DayBound.Anchor.day(day(1, 5, 2026))
    let june = DayBound.Anchor.day(day(1, 6, 2026))
    check([
      (
        [(from(.today), true), (from(.todayPlus(days), 1), false)],
        ["deadline is within 10 working days"]
      ),
      (
        [(from(.today, of: given), true), (from(.todayPlus(days), 1, of: given), false)],
        ["consent was given within the next 10 working days"]
      ),
      (
        [(from(.today), true), (from(.todayPlus(days)), false)],
        ["deadline is less than 10 working days away"]
      ),
      (
        [(from(.todayMinus(months)), true), (from(.today, 1), false)],
        ["deadline is within the last 12 months"]
      ),
      ([(from(.today), true), (from(.today, 1), false)], ["deadline is today"]),
      ([(from(may), true), (from(may, 1), false)], ["deadline is 1 May 2026"]),
      (
        [(from(may), true), (from(june), false)],
        ["deadline is between 1 May 2026 and 31 May 2026"]
      ),
      (
        [(from(.todayPlus(days), 1), true), (from(may, 1), false)],
        ["deadline is more than 10 working days away and on or before 1 May 2026"]
      ),
      (
        [(from(.todayMinus(months)), true), (from(.today), false)],
        ["deadline is within the last 12 months and in the past"]
      ),
    ])
  }

  @Test func `say a bound of a date alone, and what holds where no date is recorded`() {
    let months = DayDuration(count: 12, unit: .months)
    func from(_ anchor: DayBound.Anchor, _ offset: Int = 0, of fact: FactID? = nil) -> Property {
      .isFrom(fact ?? given, DayBound(anchor, offset: offset))
    }
    let may = DayBound.Anchor.day(day(1, 5, 2026))
    check([
      ([(from(may), true)], ["consent was given on or after 1 May 2026"]),
      ([(from(may, 1), true)], ["consent was given after 1 May 2026"]),
      ([(from(may), false)], ["consent was given before 1 May 2026"]),
      ([(from(.today), false)], ["consent was given in the past"]),
      ([(from(.today, 1), true)], ["consent was given in the future"]),
      ([(from(.todayMinus(months)), false)], ["consent was given more than 12 months ago"]),
      ([(from(.todayMinus(months), 1), false)], ["consent was given at least 12 months ago"]),
      ([(from(.todayMinus(months)), true)], ["not (consent was given more than 12 months ago)"]),
      ([(from(.todayPlus(months)), true)], ["consent was given at least 12 months away"]),
      (
        [(from(.todayPlus(months), 1), false,)],
        [
          "not (consent was given more than 12 months away)"
        ]
      ),
      ([(from(may, of: deadline), false)], ["deadline is not on or after 1 May 2026"]),
      (
        [(from(.todayMinus(months), of: deadline), false)],
        ["(deadline is not recorded or deadline is more than 12 months ago)"]
      ),
      (
        [(from(.todayMinus(months), of: deadline), true)],
        ["deadline is recorded", "not (deadline is more than 12 months ago)"]
      ),
      (
        [(from(.todayPlus(months), 1, of: deadline), false), (.isRecorded(deadline), true)],
        ["deadline is within 12 months or past"]
      ),
    ])
  }

  @Test func `count days as people do, and not as bounds are reckoned`() {
    func from(_ days: Int) -> Property {
      let duration = DayDuration(count: abs(days), unit: .days)
      return .isFrom(
        given, DayBound(days < 0 ? .todayMinus(duration) : .todayPlus(duration), offset: 0))
    }
    check([
      ([(from(11), true)], ["consent was given more than 10 days away"]),
      ([(from(10), true)], ["consent was given at least 10 days away"]),
      ([(from(-364), false)], ["consent was given at least 365 days ago"]),
      ([(from(-365), false)], ["consent was given more than 365 days ago"]),
      ([(from(12), true)], ["consent was given at least 12 days away"]),
      ([(from(1), true)], ["consent was given in the future"]),
    ])
  }

  // MARK: Texts

  @Test func `leave out what follows from another pattern`() {
    func text(_ match: TextMatch, _ pattern: String) -> Property {
      .matches(address, TextPattern(match, Array(pattern.utf8)))
    }
    check([
      (
        [(text(.inDomain, "gov.uk"), true), (text(.inDomain, "kent.gov.uk"), true)],
        ["recipient's address is in the domain \"kent.gov.uk\""]
      ),
      (
        [(text(.equals, "a@gov.uk"), true), (text(.contains, "nhs"), false)],
        ["recipient's address is \"a@gov.uk\""]
      ),
      ([(text(.startsWith, "a\"b"), true)], ["recipient's address starts with \"a\\\"b\""]),
      (
        [(text(.inDomain, "gov.uk"), false), (text(.inDomain, "nhs.net"), false)],
        ["recipient's address is not in one of the domains \"gov.uk\", \"nhs.net\""]
      ),
      (
        [(text(.contains, "x"), false), (.isRecorded(address), true)],
        ["recipient's address is recorded", "recipient's address does not contain \"x\""]
      ),
    ])
  }

  // MARK: Today and the outcome

  @Test func `put the day in words, and name the outcome`() {
    let month = DayDuration(count: 1, unit: .months)
    let days = DayDuration(count: 30, unit: .days)
    check([
      ([(.todayIsFrom(day(1, 5, 2026)), true)], ["today is 1 May 2026 or later"]),
      ([(.todayIsFrom(day(1, 5, 2026)), false)], ["today is 30 April 2026 or earlier"]),
      (
        [(.todayIsFrom(day(1, 5, 2026)), true), (.todayIsFrom(day(2, 5, 2026)), false)],
        ["today is 1 May 2026"]
      ),
      (
        [(.todayIsFrom(day(1, 5, 2026)), true), (.todayIsFrom(day(1, 6, 2026)), false)],
        ["today is between 1 May 2026 and 31 May 2026"]
      ),
      ([(.todayIsFrom(.firstProved), true)], []),
      ([(.todayIsWorkingDay, false)], ["today is not a working day"]),
      (
        [(.isNoLater(DayBound(.todayPlus(month)), DayBound(.todayPlus(days), offset: 1)), true)],
        ["1 month from today is no later than the day after 30 days from today"]
      ),
      ([(.outcomeIs(OutcomeID(0)), true)], ["the outcome is send plain"]),
      (
        [(.outcomeIs(OutcomeID(1)), false), (.outcomeIs(OutcomeID(2)), false)],
        ["the outcome is not send by post or \"hold with care\""]
      ),
      (
        [(.outcomeIs(OutcomeID(0)), true), (.outcomeIs(OutcomeID(1)), false)],
        [
          "the outcome is send plain"
        ]
      ),
    ])
  }

  @Test func `come in the order of the vocabulary, today and the outcome last`() {
    check([
      (
        [
          (.outcomeIs(OutcomeID(0)), true), (.todayIsWorkingDay, true),
          (.isAtLeast(size, 35_000_001), true), (.isOneOf(recipientPrefers, v(1)), true),
        ],
        [
          "recipient prefers post", "size is more than 35 MB", "today is a working day",
          "the outcome is send plain",
        ]
      )
    ])
  }
}
