import Engine
import Findings
import JSON
import Model
import Reports
import Syntax
import Values

/// A policy's meaning as data, for the script that decides in the page.
///
/// A straightforward writing of `Policy`: ids are numbers, conditions nested arrays, numbers texts of
/// millionths, days numbers since 1 January 1970. `Sources/PageAssets/script/meaning.js` reads it.
struct MeaningJSON: JSONDocument {
  var writer = JSONWriter()
  let policy: Policy
  let links: Links
  /// The facts as the vocabulary groups them, each group with the comment above it.
  private let groups: [(title: String, facts: [FactID])]
  /// Every test once, by what it asks and how it is worded.
  private(set) var tests: [TestRecord] = []
  private var testNumbers: [TestRecord: Int] = [:]

  struct TestRecord: Hashable {
    let test: Test
    let words: String
  }

  init(_ policy: Policy, _ links: Links, groups: [(title: String, facts: [FactID])]) {
    self.policy = policy
    self.links = links
    self.groups = groups
  }

  /// The object on one line, safe between the tags of a script: no `<` stands in it.
  var text: String {
    var copy = self
    copy.writeAll()
    var text = ""
    for scalar in copy.writer.text.unicodeScalars {
      if scalar == "<" { text += "\\u003c" } else { text.unicodeScalars.append(scalar) }
    }
    return text
  }

  /// The number of a test, which is written when all conditions have been.
  mutating func number(of test: Test) -> Int {
    let record = TestRecord(test: test, words: policy.text(of: test))
    if let number = testNumbers[record] { return number }
    testNumbers[record] = tests.count
    tests.append(record)
    return tests.count - 1
  }

  private mutating func writeAll() {
    writer.beginObject()
    member("policy", policy.hash)
    array("facts", policy.vocabulary.facts) { $0.write($1) }
    array("outcomes", policy.vocabulary.outcomes) { $0.write($1) }
    array("notes", policy.vocabulary.notes) { $0.write($1) }
    array("definitions", policy.vocabulary.definitions) { $0.write($1) }
    array("rules", policy.rules) { $0.write($1) }
    array("tests", tests) { $0.write($1) }
    writeOverrides()
    if let otherwise = policy.otherwise {
      let place = policy.rules.count { $0.span < otherwise.span }
      write("otherwise", otherwise, place: place)
    }
    if let whenUnsure = policy.whenUnsure { write("whenUnsure", whenUnsure, place: nil) }
    writer.key("holidays")
    numbers(policy.calendar.holidays.map { Int($0) })
    array("scenarios", policy.scenarios.filter { !$0.expectations.isEmpty }) { $0.write($1) }
    array("groups", groups) { json, group in
      json.object { json in
        json.member("title", group.title)
        json.writer.key("facts")
        json.numbers(group.facts.map(\.index))
      }
    }
    writer.endObject()
  }

  // MARK: Vocabulary

  private mutating func write(_ fact: Fact) {
    object { json in
      json.member("id", json.links.anchors.facts[fact.id.index])
      json.member("phrase", fact.phrase)
      if let negative = fact.negative { json.member("negative", negative) }
      json.write(fact.kind)
      switch fact.presence {
      case .required: json.member("said", "required")
      case .optional: json.member("said", "optional")
      case .defaulted(let value):
        json.member("said", "default")
        json.writer.key("default")
        json.write(value)
      }
      if !fact.values.isEmpty { json.member("values", fact.values) }
      json.member("path", fact.path)
    }
  }

  private mutating func write(_ kind: Fact.Kind) {
    switch kind {
    case .choice: member("kind", "choice")
    case .set: member("kind", "set")
    case .yesOrNo: member("kind", "flag")
    case .number(let isWhole, let unit, let low, let high):
      member("kind", "number")
      if isWhole { flag("whole", true) }
      if let unit { member("unit", unit) }
      if let low { member("low", String(low.millionths)) }
      if let high { member("high", String(high.millionths)) }
    case .date: member("kind", "day")
    case .text: member("kind", "text")
    }
  }

  mutating func write(_ value: FactValue) {
    switch value {
    case .choice(let value): writer.number(value.index)
    case .set(let values): numbers(values.map(\.index).sorted())
    case .flag(let flag): writer.bool(flag)
    case .number(let number): writer.string(String(number.millionths))
    case .day(let day): writer.number(Int(day.number))
    case .text(let text): writer.string(text)
    }
  }

  private mutating func write(_ outcome: Outcome) {
    let style = OutcomeStyle(outcome.id)
    object { json in
      json.member("id", json.links.anchors.outcomes[outcome.id.index])
      json.member("name", outcome.name)
      json.member("shape", style.shape)
      json.member("colour", style.colour)
    }
  }

  private mutating func write(_ note: Note) {
    object { json in
      json.member("id", json.links.anchors.notes[note.id.index])
      json.member("name", note.name)
      guard !note.text.isEmpty else { return }
      json.array("text", note.text) { json, piece in
        switch piece {
        case .text(let text): json.writer.string(text)
        case .fact(let fact): json.writer.number(fact.index)
        }
      }
    }
  }

  private mutating func write(_ definition: Definition) {
    object { json in
      json.member("id", json.links.anchors.definitions[definition.id.index])
      json.member("phrase", definition.phrase)
      json.writer.key("if")
      json.write(definition.condition)
    }
  }

  // MARK: Rules

  private mutating func write(_ rule: Rule) {
    object { json in
      json.member("id", json.links.anchors.rules[rule.id.index])
      json.member("name", rule.name)
      json.member("kind", rule.kind.key)
      json.member("place", json.policy.files.name(of: rule.span))
      json.writer.key("if")
      json.write(rule.condition)
      if let outcome = rule.outcome { json.member("outcome", outcome.index) }
      json.writer.key("notes")
      json.numbers(rule.notes.map(\.index))
      if let from = rule.from { json.member("from", Int(from.number)) }
      if let until = rule.until { json.member("until", Int(until.number)) }
      if !rule.reasons.isEmpty { json.member("because", rule.reasons) }
      if !rule.authorities.isEmpty { json.member("see", rule.authorities) }
    }
  }

  /// For each node what it overrides directly: rules by number, behind them groups of rules.
  private mutating func writeOverrides() {
    let relation = OverrideRelation(policy.overrides)
    array("overrides", Array(0..<relation.nodeCount)) { json, node in
      json.numbers(relation.overridden(by: Int32(node)).map { Int($0) })
    }
  }

  private mutating func write(_ key: String, _ standard: Standard, place: Int?) {
    writer.key(key)
    object { json in
      json.member("outcome", standard.outcome.index)
      json.writer.key("notes")
      json.numbers(standard.notes.map(\.index))
      if let place { json.member("place", place) }
      if !standard.reasons.isEmpty { json.member("because", standard.reasons) }
      if !standard.authorities.isEmpty { json.member("see", standard.authorities) }
    }
  }

  // MARK: Scenarios

  private mutating func write(_ scenario: Scenario) {
    object { json in
      json.member("id", json.links.anchors.scenarios[scenario.span] ?? "scenarios")
      json.member("name", scenario.name)
      json.member("on", Int(scenario.day.number))
      let given = scenario.given.sorted { $0.key < $1.key }
      json.array("given", given) { json, given in
        json.object { json in
          json.member("fact", given.key.index)
          switch given.value {
          case .value(let value):
            json.writer.key("value")
            json.write(value)
          case .absent: json.member("state", "absent")
          case .unknown: json.member("state", "missing")
          }
        }
      }
    }
  }
}

extension Rule.Kind {
  /// Its name in the data.
  fileprivate var key: String {
    switch self {
    case .decision: "decision"
    case .guard: "guard"
    case .note: "note"
    }
  }
}
