@testable import Analysis
import Findings
import Model
import Syntax

extension Reference {
  /// The parts of a rule's condition that can be left out: from the last operand to the first, from the
  /// outside in, what is left out being gone for those behind it.
  func needlessParts(of rule: Rule) -> [String] {
    guard let span = rule.condition.span else { return [] }
    if isSame(rule.condition, .always, rule) { return [name(span, isWhole: true)] }
    var found: [String] = []
    _ = look(into: rule.condition, rule, &found) { $0 }
    return found
  }

  func name(_ span: Span, isWhole: Bool) -> String {
    "needless-condition \(span.start)-\(span.end)\(isWhole ? " whole" : "")"
  }

  /// Gives what is left of the condition.
  private func look(
    into condition: Condition, _ rule: Rule, _ found: inout [String],
    _ rebuilt: @escaping (Condition) -> Condition
  ) -> Condition {
    switch condition {
    case .always, .test, .definition: condition
    case .not(let part): .not(look(into: part, rule, &found) { rebuilt(.not($0)) })
    case .and(let parts): .and(look(intoParts: parts, rule, &found) { rebuilt(.and($0)) })
    case .or(let parts): .or(look(intoParts: parts, rule, &found) { rebuilt(.or($0)) })
    }
  }

  private func look(
    intoParts parts: [Condition], _ rule: Rule, _ found: inout [String],
    _ rebuilt: @escaping ([Condition]) -> Condition
  ) -> [Condition] {
    var kept = parts.map { Optional($0) }
    for index in parts.indices.reversed() where kept.compactMap({ $0 }).count > 1 {
      let whole = kept
      kept[index] = nil
      if isSame(rebuilt(whole.compactMap { $0 }), rebuilt(kept.compactMap { $0 }), rule) {
        if let span = parts[index].span { found.append(name(span, isWhole: false)) }
      } else {
        kept[index] = look(into: parts[index], rule, &found) { part in
          var changed = whole
          changed[index] = part
          return rebuilt(changed.compactMap { $0 })
        }
      }
    }
    return kept.compactMap { $0 }
  }

  /// Whether the rule applies to the same messages with one condition as with the other, whatever the
  /// outcome is.
  func isSame(_ condition: Condition, _ other: Condition, _ rule: Rule) -> Bool {
    let inForce = table.column(from: rule.from, until: rule.until)
    return policy.vocabulary.outcomes.allSatisfy { outcome in
      var outcomes = Array(repeating: none, count: policy.vocabulary.outcomes.count)
      outcomes[outcome.id.index] = all
      return (inForce & (column(condition, outcomes) ^ column(other, outcomes))).isEmpty
    }
  }

  /// The condition without all the parts of which `isGone` holds.
  func condition(_ condition: Condition, without isGone: (Condition) -> Bool) -> Condition {
    func kept(_ parts: [Condition]) -> [Condition] {
      parts.filter { !isGone($0) }.map { self.condition($0, without: isGone) }
    }
    return switch condition {
    case .always, .test, .definition: condition
    case .not(let part): .not(self.condition(part, without: isGone))
    case .and(let parts): .and(kept(parts))
    case .or(let parts): .or(kept(parts))
    }
  }
}
