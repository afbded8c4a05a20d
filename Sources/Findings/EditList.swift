/// Changes to one file that do not touch each other, in order.
package struct EditList {
  package private(set) var edits: [Edit] = []

  package init() {}

  /// Takes up another change; false if it overlaps one of the others.
  package mutating func insert(_ edit: Edit) -> Bool {
    let place = edits.partitioningIndex { $0.span.start >= edit.span.start }
    if place < edits.count, !EditList.areApart(edit, edits[place]) { return false }
    if place > 0, !EditList.areApart(edits[place - 1], edit) { return false }
    edits.insert(edit, at: place)
    return true
  }

  /// Whether the first ends before the second begins. Two insertions at one place would have no
  /// order.
  private static func areApart(_ first: Edit, _ second: Edit) -> Bool {
    first.span.end <= second.span.start && first.span.start < second.span.start
      || first.span.end < second.span.start
  }

  package func applied(to bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var position = 0
    for edit in edits {
      let start = min(Int(edit.span.start), bytes.count)
      result += bytes[position..<max(position, start)]
      result += edit.text.utf8
      position = max(position, min(Int(edit.span.end), bytes.count))
    }
    return result + bytes[position...]
  }
}

extension [Edit] {
  /// The first index whose element meets the condition, where all behind it meet it too.
  fileprivate func partitioningIndex(where condition: (Edit) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
