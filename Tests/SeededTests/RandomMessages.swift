import JSON
import Model
import Syntax
import Values
import TestSupport

/// Makes messages for a vocabulary, as JSON: complete, incomplete, and with failed look-ups.
struct RandomMessages {
  var random: SeededRandom

  init(seed: UInt64) {
    random = SeededRandom(state: seed &+ 0xABCDEF)
  }

  private mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &random) < percent
  }

  /// One line; `missing` says how often in a hundred a fact is left out.
  mutating func line(for vocabulary: Vocabulary, missing: Int) -> String {
    var fields: [String: [String]] = [:]
    var unknown: [String] = []
    for fact in vocabulary.facts {
      if chance(missing / 2) {
        unknown.append(fact.field)
      } else if !chance(missing) {
        let (outer, inner) = (fact.path.dropLast().joined(separator: "."), fact.path.last ?? "")
        fields[outer, default: []].append("\(quoted(inner)):\(value(of: fact))")
      }
    }
    var members = fields[""] ?? []
    for (path, inside) in fields.sorted(by: { $0.key < $1.key }) where !path.isEmpty {
      let steps = path.split(separator: ".").map(String.init)
      let object = "{\(inside.joined(separator: ","))}"
      members.append(
        steps.reversed().reduce(object) { text, step in
          step == steps[0] ? "\(quoted(step)):\(text)" : "{\(quoted(step)):\(text)}"
        })
    }
    if !unknown.isEmpty {
      members.append("\"unknown\":[\(unknown.map(quoted).joined(separator: ","))]")
    }
    if chance(60) { members.append("\"on\":\"2026-0\(Int.random(in: 1...9, using: &random))-17\"") }
    if chance(30) { members.append("\"id\":\(chance(50) ? "17" : "\"m-1\"")") }
    if chance(10) { members.append("\"never heard of\":[{}]") }
    members.shuffle(using: &random)
    return "{\(members.joined(separator: chance(20) ? ", " : ","))}"
  }

  private func quoted(_ text: String) -> String {
    var writer = JSONWriter()
    writer.string(text)
    return writer.text
  }

  private mutating func value(of fact: Fact) -> String {
    if case .optional = fact.presence, chance(20) { return "null" }
    switch fact.kind {
    case .choice:
      return quoted(fact.values[Int.random(in: 0..<fact.values.count, using: &random)])
    case .set:
      let values = fact.values.filter { _ in chance(40) }
      return "[\(values.map(quoted).joined(separator: ","))]"
    case .yesOrNo: return chance(50) ? "true" : "false"
    case .number: return "\(Int.random(in: 0...41, using: &random))"
    case .date:
      let (month, day) = (
        Int.random(in: 1...12, using: &random), Int.random(in: 10...28, using: &random)
      )
      let year = Int.random(in: 2025...2027, using: &random)
      return "\"\(year)-\(month < 10 ? "0" : "")\(month)-\(day)\""
    case .text:
      let texts = ["gov.uk", "pat@a.GOV.uk", "nhs.net", "x y", "", "Say \"hi\" now", "é\u{1F600}"]
      return quoted(texts[Int.random(in: 0..<texts.count, using: &random)])
    }
  }
}
