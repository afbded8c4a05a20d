import Findings
import Model
import Syntax
import Values

extension Policy {
  /// What the policy says, for a look at one that is judged wrongly.
  var listing: String {
    var lines = vocabulary.facts.map {
      "\($0.phrase): \($0.kind) \($0.values) \($0.presence)"
    }
    for definition in vocabulary.definitions {
      lines.append("\(definition.phrase): \(definition.condition.listing)")
    }
    for rule in rules {
      lines.append(
        "\(rule.kind) \(rule.id.index): if \(rule.condition.listing) then "
          + "\(rule.outcome.map { "\($0.index)" } ?? "-") with \(rule.notes.map(\.index)) "
          + "from \(rule.from?.description ?? "-") until \(rule.until?.description ?? "-")")
    }
    for line in overrides.lines {
      lines.append("overrides \(line.edges.map { "\($0.from)>\($0.to)" })")
    }
    for (index, group) in overrides.successors.dropFirst(rules.count).enumerated() {
      lines.append("group \(rules.count + index): \(group)")
    }
    if let otherwise {
      lines.append("otherwise \(otherwise.outcome.index) with \(otherwise.notes.map(\.index))")
    }
    for promise in promises {
      lines.append(
        "\(promise.name): if \(promise.condition.listing) \(promise.pledge) "
          + "from \(promise.from?.description ?? "-") until \(promise.until?.description ?? "-")")
    }
    return lines.joined(separator: "\n")
  }
}

extension Condition {
  fileprivate var listing: String {
    func joined(_ parts: [Condition], _ word: String) -> String {
      "(" + parts.map(\.listing).joined(separator: " \(word) ") + ")"
    }
    return switch self {
    case .always: "always"
    case .test(let test): "\(test.listing)@\(test.span.start)"
    case .not(let part): "not \(part.listing)"
    case .and(let parts): joined(parts, "and")
    case .or(let parts): joined(parts, "or")
    case .definition(let use): "definition \(use.id.index)@\(use.span.start)"
    }
  }
}

extension Test {
  fileprivate var listing: String {
    let subject =
      switch self.subject {
      case .fact(let fact): "f\(fact.index)"
      case .outcome: "outcome"
      case .today: "today"
      }
    let predicate =
      switch self.predicate {
      case .matches(let patterns):
        patterns.map { "\($0.match) '\(String(decoding: $0.pattern, as: UTF8.self))'" }
          .joined(separator: " or ")
      case .isOneOf(let values), .holdsAny(let values), .holdsAll(let values),
        .holdsNone(let values):
        "\("\(self.predicate)".prefix { $0 != "(" }) \(values.map(\.index).sorted())"
      case .isIn(let ranges): "in \(ranges)"
      case .isDated(let ranges):
        "dated "
          + ranges.map { "\($0.first?.listing ?? "")...\($0.last?.listing ?? "")" }
          .joined(separator: " or ")
      case .isOutcome(let outcomes): "is \(outcomes.map(\.index).sorted())"
      case .isTrue, .isEmpty, .isNotEmpty, .isRecorded, .isWorkingDay: "\(self.predicate)"
      }
    return "\(subject) \(predicate)"
  }
}

extension DayBound {
  fileprivate var listing: String {
    let words =
      switch anchor {
      case .day(let day): "\(day)"
      case .today: "today"
      case .todayPlus(let duration): "today + \(duration.words)"
      case .todayMinus(let duration): "today - \(duration.words)"
      }
    return offset == 0 ? words : "(\(words) \(offset))"
  }
}
