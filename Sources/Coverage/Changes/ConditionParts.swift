import Analysis
import Model
import Syntax

/// A part of a condition, and how to put something else in its place.
struct ConditionPart {
  enum Kind {
    /// A sentence, with or without `not` before it.
    case sentence(Condition)
    /// Several parts that one connective joins; with the other connective they are `exchanged`.
    case joined(exchanged: Condition)
    /// `not` before something that is no sentence.
    case negation
  }

  let condition: Condition
  let kind: Kind
  /// Whether it stands beside other parts, or is the whole of a condition that is a single sentence.
  let canBeLeftOut: Bool
  /// The whole condition with another part in this one's place; with none it is left out.
  let replaced: (Condition?) -> Condition

  /// All parts, in the order in which they are written; the whole first.
  static func all(in condition: Condition) -> [ConditionPart] {
    var search = PartWalk()
    search.visit(condition, under: nil) { $0 ?? .always }
    return search.parts
  }

  /// The whole condition with another sentence behind its `not`, or in its place.
  func replacingSentence(_ sentence: Condition) -> Condition {
    if case .not = condition { replaced(.not(sentence)) } else { replaced(sentence) }
  }
}

private struct PartWalk {
  var parts: [ConditionPart] = []

  /// What joins a part to those beside it.
  enum Connective { case and, or, not }

  mutating func visit(
    _ condition: Condition, under connective: Connective?,
    _ replaced: @escaping (Condition?) -> Condition
  ) {
    switch condition {
    case .always: break
    case .test, .definition: add(condition, .sentence(condition), canBeLeftOut: true, replaced)
    case .not(let inner):
      switch inner {
      case .test, .definition: add(condition, .sentence(inner), canBeLeftOut: true, replaced)
      case .always, .not, .and, .or:
        add(condition, .negation, canBeLeftOut: connective != nil, replaced)
        visit(inner, under: .not) { replaced($0.map { .not($0) }) }
      }
    case .and(let members):
      add(
        condition, .joined(exchanged: .or(members)),
        canBeLeftOut: connective == .or, replaced)
      visit(members, .and, replaced) { Condition.and($0) }
    case .or(let members):
      add(
        condition, .joined(exchanged: .and(members)),
        canBeLeftOut: connective == .and, replaced)
      visit(members, .or, replaced) { Condition.or($0) }
    }
  }

  private mutating func visit(
    _ members: [Condition], _ connective: Connective,
    _ replaced: @escaping (Condition?) -> Condition, joined: @escaping ([Condition]) -> Condition
  ) {
    for (index, member) in members.enumerated() {
      visit(member, under: connective) { part in
        var others = members
        if let part { others[index] = part } else { others.remove(at: index) }
        return switch others.count {
        case 0: replaced(nil)
        case 1: replaced(others[0])
        default: replaced(joined(others))
        }
      }
    }
  }

  private mutating func add(
    _ condition: Condition, _ kind: ConditionPart.Kind, canBeLeftOut: Bool,
    _ replaced: @escaping (Condition?) -> Condition
  ) {
    if case .joined = kind, condition.memberCount < 2 { return }
    parts.append(
      ConditionPart(
        condition: condition, kind: kind, canBeLeftOut: canBeLeftOut, replaced: replaced))
  }
}

extension Condition {
  fileprivate var memberCount: Int {
    switch self {
    case .and(let members), .or(let members): members.count
    case .always, .test, .not, .definition: 1
    }
  }
}
