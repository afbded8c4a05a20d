/// The names that an object has had so far.
struct SeenNames {
  /// The names, once there are more than a few of them.
  private var names: Set<ExactName> = []

  /// Up to how many members looking at each of them is quicker than a hash table.
  private static let few = 8

  /// Adds the name of the member that comes after these; false if one of them has it already.
  ///
  /// Takes constant time, however many members there are.
  mutating func insert(_ name: String, after members: [JSONValue.Member]) -> Bool {
    guard members.count >= SeenNames.few else {
      return !members.contains { isSame($0.name, name) }
    }
    if names.isEmpty {
      names = Set(members.map { ExactName(text: $0.name) })
    }
    return names.insert(ExactName(text: name)).inserted
  }
}

/// A name that is the same as another only if it has the same code points.
private struct ExactName: Hashable {
  let text: String

  static func == (left: ExactName, right: ExactName) -> Bool {
    isSame(left.text, right.text)
  }

  func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
