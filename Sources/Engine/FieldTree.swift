import JSON
import Model
import Syntax

/// The fields that a policy's facts are read from, by name, level by level.
struct FieldTree: Sendable {
  private struct Node: Sendable {
    var children: [ExactText: Int] = [:]
    /// The facts that are read from this field itself; one, in a checked policy.
    var facts: [FactID] = []
    /// The path from the message to this field.
    var path: String
  }

  /// What a message holds where a fact is read from.
  enum Field {
    /// Nothing, or `null`.
    case empty
    case value(JSONValue)
    /// On the way to it stands something else than an object.
    case blocked(by: String, JSONValue)

    /// Whether the field has a value; what stands in its way is none.
    var hasValue: Bool {
      switch self {
      case .empty, .blocked: false
      case .value: true
      }
    }
  }

  /// The node of the message itself comes first.
  private var nodes = [Node(path: "")]
  private let factCount: Int

  init(_ facts: [Fact]) {
    factCount = facts.count
    for fact in facts where !fact.path.isEmpty {
      var node = 0
      for step in fact.path { node = child(step, of: node) }
      nodes[node].facts.append(fact.id)
    }
  }

  private mutating func child(_ name: String, of parent: Int) -> Int {
    if let known = nodes[parent].children[ExactText(name)] { return known }
    let path = parent == 0 ? name : nodes[parent].path + "." + name
    nodes.append(Node(path: path))
    nodes[parent].children[ExactText(name)] = nodes.count - 1
    return nodes.count - 1
  }

  /// What a message's members hold for each fact, and how many of them no fact is read from.
  ///
  /// Members of objects that no fact is read from are not counted, nor are the names in `known`.
  /// O(members).
  func fields(
    of members: [JSONValue.Member], known: Set<ExactText>
  ) -> (fields: [Field], ignored: Int) {
    var fields = [Field](repeating: .empty, count: factCount)
    var ignored = 0
    for member in members {
      if let child = nodes[0].children[ExactText(member.name)] {
        read(member.value, at: child, into: &fields, ignored: &ignored)
      } else if !known.contains(ExactText(member.name)) {
        ignored += 1
      }
    }
    return (fields, ignored)
  }

  private func read(
    _ value: JSONValue, at node: Int, into fields: inout [Field], ignored: inout Int
  ) {
    if case .null = value { return }
    for fact in nodes[node].facts { fields[fact.index] = .value(value) }
    guard !nodes[node].children.isEmpty else { return }
    guard case .object(let members) = value else {
      return block(node, by: nodes[node].path, value, in: &fields)
    }
    for member in members {
      if let child = nodes[node].children[ExactText(member.name)] {
        read(member.value, at: child, into: &fields, ignored: &ignored)
      } else {
        ignored += 1
      }
    }
  }

  private func block(
    _ node: Int, by path: String, _ value: JSONValue, in fields: inout [Field]
  ) {
    for child in nodes[node].children.values {
      for fact in nodes[child].facts { fields[fact.index] = .blocked(by: path, value) }
      block(child, by: path, value, in: &fields)
    }
  }
}
