/// A field of a message that means something to a program.
struct Field {
  enum Kind: UInt8 {
    case choice, set, yesOrNo, number, date, text
    /// An object in which there are such fields.
    case object
    /// The fields with a meaning of their own.
    case id, today, unknown, sent
  }

  var kind: Kind
  /// The field of the object in which it stands; -1 of the message itself.
  var parent: Int32
  var fact: Int32 = -1
  /// The fact's first column and its group; what the column has in a message that says nothing.
  var column: Int32 = 0
  var group: Int32 = 0
  var unsaid: UInt32 = 0
  var stride: UInt32 = 0
  /// How many of the fact's columns are missing in a message that says nothing.
  var missing: Int32 = 0
  /// Where the words of a set's members begin in a message, and how many there are.
  var memberWord: Int32 = 0
  var memberWords: Int32 = 0
  var isWhole = false
  var low: Int64 = .min
  var high: Int64 = .max
  /// The declared values, or the fields of an object by name.
  var table: TextTable
}

/// The fields that a program's facts are read from, level by level. Shared by all readers of a program.
final class FieldTable: @unchecked Sendable {
  /// The message itself comes first.
  let fields: UnsafePointer<Field>
  let count: Int
  /// Whether messages can be read this way: each fact has a field of its own, and none lies in another's.
  /// Every checked policy is like that.
  let isPlain: Bool

  /// How many steps a path may have.
  static let longestPath = 32

  init(_ program: Program) {
    let tree = PathTree(program)
    isPlain = tree.isPlain
    count = tree.nodes.count
    let fields = UnsafeMutablePointer<Field>.allocate(capacity: count)
    for (number, node) in tree.nodes.enumerated() {
      (fields + number).initialize(to: Field(node, program))
    }
    self.fields = UnsafePointer(fields)
  }

  deinit {
    for number in 0..<count { fields[number].table.deallocate() }
    fields.deallocate()
  }
}

/// The paths of all facts, and the fields with a meaning of their own, as a tree.
private struct PathTree {
  struct Node {
    var parent: Int
    var kind: Field.Kind
    var fact: Int?
    /// The fields of an object.
    var children: [TextTable.Given] = []
  }

  private(set) var nodes = [Node(parent: -1, kind: .object)]
  private(set) var isPlain = true

  init(_ program: Program) {
    var first = 0
    while first < program.steps.count {
      let fact = program.steps[first].fact
      var end = first
      while end < program.steps.count, program.steps[end].fact == fact { end += 1 }
      add(Int(fact), (first..<end).map { program.steps[$0].name }, program)
      first = end
    }
    // Names of few bytes: whatever stands behind them is not looked at.
    addOwn("id", .id, program)
    addOwn("on", .today, program)
    addOwn("unknown", .unknown, program)
    addOwn("sent", .sent, program)
  }

  private mutating func add(_ fact: Int, _ path: [TextRecord], _ program: Program) {
    guard path.count <= FieldTable.longestPath else {
      isPlain = false
      return
    }
    var parent = 0
    for (depth, name) in path.enumerated() {
      let isLast = depth == path.count - 1
      let known = child(name, of: parent, program)
      if let known, isLast || nodes[known].kind != .object {
        isPlain = false
        return
      }
      if let known {
        parent = known
        continue
      }
      let kind = isLast ? Field.Kind(program.facts[fact].kind) : .object
      nodes.append(Node(parent: parent, kind: kind, fact: isLast ? fact : nil))
      nodes[parent].children.append(
        TextTable.Given(
          program.bytes(of: name), start: name.start, code: UInt32(nodes.count - 1)))
      parent = nodes.count - 1
    }
  }

  private func child(_ name: TextRecord, of parent: Int, _ program: Program) -> Int? {
    let bytes = program.bytes(of: name)
    let found = nodes[parent].children.first { known in
      let record = TextRecord(start: known.start, count: UInt32(known.length))
      return program.bytes(of: record).elementsEqual(bytes)
    }
    return found.map { Int($0.code) }
  }

  private mutating func addOwn(_ name: StaticString, _ kind: Field.Kind, _ program: Program) {
    let bytes = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    let own = TextTable.Given(bytes, start: 0, code: UInt32(nodes.count))
    if nodes[0].children.contains(where: {
      $0.words.low == own.words.low && $0.length == own.length
    }) {
      isPlain = false
      return
    }
    nodes.append(Node(parent: 0, kind: kind))
    nodes[0].children.append(own)
  }
}

extension Field.Kind {
  fileprivate init(_ kind: UInt32) {
    switch FactRecord.Kind(rawValue: kind) {
    case .choice: self = .choice
    case .set: self = .set
    case .yesOrNo: self = .yesOrNo
    case .number: self = .number
    case .date: self = .date
    case .text, nil: self = .text
    }
  }
}

extension Field {
  fileprivate init(_ node: PathTree.Node, _ program: Program) {
    let text = UnsafeRawPointer(program.text.base)
    kind = node.kind
    parent = Int32(node.parent)
    guard let number = node.fact else {
      table = TextTable(node.children, text: text)
      return
    }
    let record = program.facts[number]
    let first = program.columns[record.firstColumn]
    fact = Int32(number)
    column = Int32(record.firstColumn)
    group = Int32(first.group)
    unsaid = first.unsaid
    stride = first.stride
    memberWord = Int32(record.firstMemberWord)
    memberWords = Int32(record.memberWords)
    isWhole = record.isWhole != 0
    low = record.low
    high = record.high
    for column in record.firstColumn..<record.firstColumn + record.columnCount
    where program.columns[column].unsaid == program.columns[column].known {
      missing += 1
    }
    guard kind == .choice || kind == .set else {
      table = TextTable([], text: text)
      return
    }
    let given = (0..<Int(record.count)).map { number in
      let value = program.values[Int(record.first) + number]
      return TextTable.Given(
        program.bytes(of: value.name), start: value.name.start, code: value.code)
    }
    table = TextTable(given, text: text)
  }
}
