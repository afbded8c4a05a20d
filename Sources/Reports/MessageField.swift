import Model

/// A field of a message's JSON object, with the fields in it where it is an object itself.
struct MessageField {
  let name: String
  /// The fact that the field holds, by its place in the vocabulary; nil for an object.
  var fact: Int?
  var fields: [MessageField] = []

  /// The fields that hold facts, nested as the message nests them, in the order in which the
  /// vocabulary first needs them.
  static func fields(of facts: [Fact]) -> [MessageField] {
    var fields: [MessageField] = []
    for (index, fact) in facts.enumerated() {
      insert(fact.path[...], index, into: &fields)
    }
    return fields
  }

  private static func insert(
    _ path: ArraySlice<String>, _ fact: Int, into fields: inout [MessageField]
  ) {
    guard let step = path.first else { return }
    let place = fields.firstIndex { $0.name == step } ?? fields.count
    if place == fields.count { fields.append(MessageField(name: step)) }
    if path.count == 1 {
      fields[place].fact = fact
    } else {
      insert(path.dropFirst(), fact, into: &fields[place].fields)
    }
  }
}
