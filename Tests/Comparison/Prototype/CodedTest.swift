/// A test of one coded fact, as Tests/Comparison/coded.py describes it.
struct CodedTest {
  let fact: Int
  let kind: Int
  let a: Int
  let b: Int

  @inline(__always) func passes(_ facts: UnsafePointer<Int32>) -> Bool { accepts(Int(facts[fact])) }

  func accepts(_ value: Int) -> Bool {
    switch kind {
    case 0: a >> value & 1 != 0
    case 1: value >= a && value <= b
    case 2: value >> a & 1 != 0
    default: value >> a & 1 == 0
    }
  }
}

/// Tests that must all be true, and the rule that then applies.
struct Row {
  let rule: Int32
  let tests: [CodedTest]

  static func read(_ path: String) -> [Row] {
    let numbers = readNumbers(path)
    var rows: [Row] = []
    rows.reserveCapacity(numbers[0])
    var next = 2
    for _ in 0..<numbers[0] {
      let (rule, count) = (numbers[next], numbers[next + 1])
      next += 2
      let tests = (0..<count).map { index in
        let first = next + index * 4
        return CodedTest(
          fact: numbers[first], kind: numbers[first + 1], a: numbers[first + 2],
          b: numbers[first + 3])
      }
      next += count * 4
      rows.append(Row(rule: Int32(rule), tests: tests))
    }
    return rows
  }
}

/// The coded facts: their places in a message, and how many values they have.
enum Layout {
  /// How many integers a message has.
  static let width = 20
  /// Choices and sentences come first, then what is counted, then sets.
  static let counted = 15..<18
  static let sets = 18..<20
  static let values = [4, 24, 5, 12, 16, 40, 5, 30, 20, 8, 7, 3, 2, 2, 2]
  /// The least and the greatest number of each counted fact; days from 2024 to 2028.
  static let bounds = [0...50000, 0...100, 20000...21500]
}
