#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Measures a prototype: `prototype bitset|if-chain FOLDER SIZE [REPETITIONS]`; prints one JSON
/// object: nanoseconds a decision and a line (medians of the repetitions), milliseconds of loading,
/// bytes, and how many of the decisions differ from what is expected.
@main struct Main {
  static func main() {
    let words = CommandLine.arguments
    guard words.count >= 4, let size = Int(words[3]) else { fatalError("FORM FOLDER SIZE") }
    let repetitions = words.count > 4 ? Int(words[4]) ?? 15 : 15
    let measurement = Measurement(form: words[1], folder: words[2], size: size)
    let decide = measurement.decisions(repetitions)
    let lines = measurement.lines(repetitions)
    print(
      """
      {"median": \(decide), "line": \(lines), "load": \(measurement.load), \
      "program": \(measurement.program), "peak": \(peakMemory()), \
      "compared": \(measurement.expected.count), "wrong": \(measurement.wrong)}
      """)
  }
}

final class Measurement {
  let bitset: FlatBitset
  let isChain: Bool
  let folder: String
  let size: Int
  let expected: [Int32]
  /// As JSON; a chain is compiled, and has nothing to load.
  let load: String
  let program: String
  private(set) var wrong = 0

  init(form: String, folder: String, size: Int) {
    self.folder = folder
    self.size = size
    isChain = form == "if-chain"
    let start = nanoseconds()
    bitset = FlatBitset(isChain ? [] : Row.read(folder + "/rows-\(size).txt"))
    load = isChain ? "null" : "\((nanoseconds() - start) / 1e6)"
    program = isChain ? "null" : "\(bitset.bytes)"
    expected = readNumbers(folder + "/expected-\(size).txt").map { Int32($0) }
  }

  @inline(__always) private func decide(_ facts: UnsafePointer<Int32>) -> Int32 {
    isChain ? ifChain(facts) : bitset.decide(facts)
  }

  /// Nanoseconds a decision on coded facts.
  func decisions(_ repetitions: Int) -> Double {
    let bytes = readFile(folder + "/codes.bin")
    let codes = bytes.bindMemory(to: Int32.self)
    guard let first = codes.baseAddress else { fatalError("no messages") }
    var decided = [Int32](repeating: -9, count: expected.count)
    let median = median(repetitions) {
      for index in decided.indices { decided[index] = decide(first + index * Layout.width) }
    }
    compare(decided)
    return median
  }

  /// Nanoseconds a line: reading the message, deciding, writing the decision, all in memory.
  func lines(_ repetitions: Int) -> Double {
    let input = readFile(folder + "/messages.ndjson")
    guard let start = input.baseAddress else { fatalError("no messages") }
    let scanner = MessageScanner(folder: folder)
    scanner.learn(start)
    let tails = readLines(folder + "/tails-\(size).txt").map { Array(($0 + "\n").utf8) }
    let output = UnsafeMutableRawPointer.allocate(byteCount: input.count + 64, alignment: 64)
    let head = Array("{\"id\":\"".utf8)
    let facts = UnsafeMutablePointer<Int32>.allocate(capacity: Layout.width)
    var decided = [Int32](repeating: -9, count: expected.count)
    let median = median(repetitions) {
      var place = start
      var written = 0
      var id = UnsafeRawBufferPointer(start: start, count: 0)
      for index in decided.indices {
        guard let next = scanner.read(place, facts, &id) else { fatalError("line \(index)") }
        place = next
        let rule = decide(facts)
        decided[index] = rule
        let tail = tails[rule < 0 ? tails.count &- 1 : Int(rule)]
        written &+= append(head.withUnsafeBytes { $0 }, to: output + written)
        written &+= append(id, to: output + written)
        written &+= tail.withUnsafeBytes { append($0, to: output + written) }
      }
    }
    compare(decided)
    return median
  }

  @inline(__always) private func append(
    _ bytes: UnsafeRawBufferPointer, to output: UnsafeMutableRawPointer
  ) -> Int {
    if let start = bytes.baseAddress { memcpy(output, start, bytes.count) }
    return bytes.count
  }

  private func median(_ repetitions: Int, _ work: () -> Void) -> Double {
    let times = (0..<repetitions).map { _ in
      let start = nanoseconds()
      work()
      return (nanoseconds() - start) / Double(expected.count)
    }
    return (times.sorted()[repetitions / 2] * 10).rounded() / 10
  }

  private func compare(_ decided: [Int32]) {
    wrong = max(wrong, zip(decided, expected).filter { $0 != $1 }.count)
  }
}
