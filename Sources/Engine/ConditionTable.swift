import Model
import Syntax

/// The conditions of a policy's rules and definitions, laid out flat.
///
/// A part of a condition is a number here, so that going through the conditions for every message
/// copies nothing.
struct ConditionTable: Sendable {
  /// Names a condition, or a part of one.
  struct PartID: Sendable {
    fileprivate let index: Int
  }

  /// Several parts, one after the other.
  struct Parts: Sequence, Sendable {
    fileprivate let indices: Range<Int>

    func makeIterator() -> some IteratorProtocol<PartID> {
      indices.lazy.map { PartID(index: $0) }.makeIterator()
    }
  }

  enum Part: Sendable {
    case always
    /// The test's number among all tests.
    case test(Int)
    case not(PartID)
    case and(Parts)
    case or(Parts)
    case definition(DefinitionID)
  }

  private var parts: [Part] = []
  private(set) var tests: [Test] = []
  private var rules: [PartID] = []
  private var definitions: [PartID] = []

  /// O(size of the policy).
  init(_ policy: Policy) {
    for rule in policy.rules { rules.append(add(rule.condition)) }
    for definition in policy.vocabulary.definitions {
      definitions.append(add(definition.condition))
    }
  }

  subscript(part: PartID) -> Part { parts[part.index] }
  subscript(rule: RuleID) -> PartID { rules[rule.index] }
  subscript(definition: DefinitionID) -> PartID { definitions[definition.index] }

  private mutating func add(_ condition: Condition) -> PartID {
    let place = room(for: 1).lowerBound
    put(condition, at: place)
    return PartID(index: place)
  }

  private mutating func room(for count: Int) -> Range<Int> {
    let start = parts.count
    parts.append(contentsOf: repeatElement(.always, count: count))
    return start..<parts.count
  }

  private mutating func put(_ condition: Condition, at place: Int) {
    switch condition {
    case .always: parts[place] = .always
    case .test(let test):
      parts[place] = .test(tests.count)
      tests.append(test)
    case .not(let inner): parts[place] = .not(add(inner))
    case .and(let members): parts[place] = .and(addAll(members))
    case .or(let members): parts[place] = .or(addAll(members))
    case .definition(let use): parts[place] = .definition(use.id)
    }
  }

  private mutating func addAll(_ members: [Condition]) -> Parts {
    let places = room(for: members.count)
    for (place, member) in zip(places, members) { put(member, at: place) }
    return Parts(indices: places)
  }
}
