import JSON
import Model
import Reports
import Syntax
import Values

extension MeaningJSON {
  /// A condition: `true`, the number of a test, or an array of a word and the parts.
  mutating func write(_ condition: Condition) {
    switch condition {
    case .always: writer.bool(true)
    case .test(let test): writer.number(number(of: test))
    case .not(let part): write("not", [part])
    case .and(let parts): write("and", parts)
    case .or(let parts): write("or", parts)
    case .definition(let use):
      writer.beginArray()
      writer.string("define")
      writer.number(use.id.index)
      writer.endArray()
    }
  }

  private mutating func write(_ word: String, _ parts: [Condition]) {
    writer.beginArray()
    writer.string(word)
    for part in parts { write(part) }
    writer.endArray()
  }

  // MARK: Tests

  mutating func write(_ record: TestRecord) {
    object { json in
      switch record.test.subject {
      case .fact(let fact): json.member("fact", fact.index)
      case .outcome: json.member("of", "outcome")
      case .today: json.member("of", "today")
      }
      json.member("words", record.words)
      json.write(record.test.predicate)
    }
  }

  private mutating func write(_ predicate: Predicate) {
    switch predicate {
    case .isTrue: member("ask", "isTrue")
    case .isOneOf(let values): write("isOneOf", values.map(\.index))
    case .holdsAny(let values): write("holdsAny", values.map(\.index))
    case .holdsAll(let values): write("holdsAll", values.map(\.index))
    case .holdsNone(let values): write("holdsNone", values.map(\.index))
    case .isEmpty: member("ask", "isEmpty")
    case .isNotEmpty: member("ask", "isNotEmpty")
    case .isIn(let ranges):
      member("ask", "isIn")
      array("ranges", ranges) { json, range in
        json.writer.beginArray()
        json.writer.string(String(range.lowerBound))
        json.writer.string(String(range.upperBound))
        json.writer.endArray()
      }
    case .isDated(let ranges):
      member("ask", "isDated")
      array("ranges", ranges) { json, range in
        json.writer.beginArray()
        json.write(range.first)
        json.write(range.last)
        json.writer.endArray()
      }
    case .matches(let patterns):
      member("ask", "matches")
      let sorted = patterns.map { ($0.match.key, String(decoding: $0.pattern, as: UTF8.self)) }
      array("patterns", sorted) { json, pattern in
        json.writer.beginArray()
        json.writer.string(pattern.0)
        json.writer.string(pattern.1)
        json.writer.endArray()
      }
    case .isRecorded: member("ask", "isRecorded")
    case .isOutcome(let outcomes): write("isOutcome", outcomes.map(\.index))
    case .isWorkingDay: member("ask", "isWorkingDay")
    }
  }

  private mutating func write(_ word: String, _ values: [Int]) {
    member("ask", word)
    writer.key("these")
    numbers(values.sorted())
  }

  /// A day, or one reckoned from today; null is an open end.
  private mutating func write(_ bound: DayBound?) {
    guard let bound else { return writer.null() }
    object { json in
      switch bound.anchor {
      case .day(let day): json.member("day", Int(day.number))
      case .today: break
      case .todayPlus(let duration): json.write(duration, sign: 1)
      case .todayMinus(let duration): json.write(duration, sign: -1)
      }
      if bound.offset != 0 { json.member("offset", bound.offset) }
    }
  }

  private mutating func write(_ duration: DayDuration, sign: Int) {
    member("plus", sign * duration.count)
    member("unit", duration.unit.name(one: false))
  }
}

extension TextMatch {
  /// Its name in the data.
  fileprivate var key: String {
    switch self {
    case .equals: "equals"
    case .startsWith: "startsWith"
    case .endsWith: "endsWith"
    case .contains: "contains"
    case .inDomain: "inDomain"
    }
  }
}

// MARK: - Writing

extension MeaningJSON {
  mutating func array<Item>(
    _ key: String, _ items: [Item], _ content: (inout MeaningJSON, Item) -> Void
  ) {
    writer.key(key)
    writer.beginArray()
    for item in items { content(&self, item) }
    writer.endArray()
  }

  mutating func numbers(_ numbers: [Int]) {
    writer.array { writer in for number in numbers { writer.number(number) } }
  }

  mutating func member(_ key: String, _ text: String) {
    writer.key(key)
    writer.string(text)
  }

  mutating func member(_ key: String, _ texts: [String]) {
    writer.key(key)
    writer.array { writer in for text in texts { writer.string(text) } }
  }

  mutating func member(_ key: String, _ number: Int) {
    writer.key(key)
    writer.number(number)
  }

  mutating func flag(_ key: String, _ flag: Bool) {
    writer.key(key)
    writer.bool(flag)
  }
}
