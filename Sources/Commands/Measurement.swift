import Engine
import JSON
import Program
import Reports
import Values
import Workspace

/// How long a policy takes, and how much memory; times in nanoseconds.
struct Measurement {
  let messages: Int
  let rejected: Int
  /// Of one decision on facts that are coded already.
  private var decisionMedian = 0.0
  private var decision99th = 0.0
  /// Of reading, resolving and compiling the policy.
  private var textTime: Int?
  /// Of taking over and checking the bytes of the built policy.
  private var builtTime: Int?
  /// Of reading, deciding and writing one line.
  private var lineMedian: Double?
  private var lineMedianOfTwoJobs: Double?
  private let programBytes: Int

  init(messages: Int, rejected: Int, programBytes: Int) {
    self.messages = messages
    self.rejected = rejected
    self.programBytes = programBytes
  }

  // MARK: - Decisions

  mutating func measureDecisions(
    _ batch: CodedBatch, _ program: Program, _ day: Day, rounds: Int
  ) {
    let decider = Decider(program)
    var winners = 0
    let times = (0..<rounds).map { _ -> Double in
      let start = System.nanoseconds
      decider.decide(batch, today: day.number) { _, _ in winners &+= decider.winnerCount }
      return Double(System.nanoseconds - start) / Double(batch.count)
    }
    decisionMedian = times.sorted()[rounds / 2]
    decision99th = percentile99(batch, decider, day)
  }

  /// What 99 of 100 decisions do not exceed, each timed by itself, less what looking at the clock takes.
  private func percentile99(_ batch: CodedBatch, _ decider: Decider, _ day: Day) -> Double {
    var clock: [Int] = []
    for _ in 0..<1000 {
      let start = System.nanoseconds
      clock.append(System.nanoseconds - start)
    }
    var times: [Int] = []
    var last = System.nanoseconds
    decider.decide(batch, today: day.number) { _, _ in
      let now = System.nanoseconds
      times.append(now - last)
      last = System.nanoseconds
    }
    let least = clock.sorted()[clock.count / 2]
    return Double(max(times.sorted()[(times.count - 1) * 99 / 100] - least, 0))
  }

  // MARK: - Loading

  /// Takes over how long the policy took to load; one that was not built is loaded once more as if it were.
  mutating func measureLoading(_ program: Program, took time: Int, isBuilt: Bool) {
    if isBuilt {
      builtTime = time
      return
    }
    textTime = time
    let times = (0..<5).compactMap { _ in timeToTakeOver(program) }
    builtTime = times.isEmpty ? nil : times.sorted()[times.count / 2]
  }

  private func timeToTakeOver(_ program: Program) -> Int? {
    program.withBytes { bytes in
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 64)
      copy.copyMemory(from: bytes)
      let start = System.nanoseconds
      let loaded = try? Program(reading: UnsafeRawBufferPointer(copy)) {
        UnsafeMutableRawBufferPointer(mutating: $0).deallocate()
      }
      return loaded.map { _ in System.nanoseconds - start }
    }
  }

  // MARK: - Lines

  mutating func measureLines(_ lines: [UInt8], _ program: Program, _ day: Day, rounds: Int) {
    let lines = Measurement.manyLines(lines)
    lineMedian = median(lines, program, day, jobs: 1, rounds: rounds)
    lineMedianOfTwoJobs = median(lines, program, day, jobs: 2, rounds: rounds)
  }

  /// The lines, again and again until two jobs have enough to share: each takes a block at a time.
  private static func manyLines(_ lines: [UInt8]) -> [UInt8] {
    let enough = 32 * LineReader.usualChunk
    guard !lines.isEmpty, lines.count < enough else { return lines }
    let whole = lines.last == UInt8(ascii: "\n") ? lines : lines + [UInt8(ascii: "\n")]
    var many: [UInt8] = []
    while many.count < enough { many += whole }
    return many
  }

  private func median(
    _ lines: [UInt8], _ program: Program, _ day: Day, jobs: Int, rounds: Int
  ) -> Double? {
    var times: [Double] = []
    for _ in 0..<rounds {
      let setup = DecisionSetup(
        program, program.vocabulary, meaning: nil, options: DecisionSetup.Options(),
        defaultDay: day)
      let (input, console) = (MessageInput(lines), Console.ofNothing(day))
      let start = System.nanoseconds
      guard let counts = try? DecisionJobs(jobs, setup, input, console).run() else { return nil }
      let count = max(counts.decided + counts.rejected, 1)
      times.append(Double(System.nanoseconds - start) / Double(count))
    }
    return times.sorted()[times.count / 2]
  }

  // MARK: - Results

  var text: String {
    var lines = [
      "messages             \(messages)" + (rejected > 0 ? ", and \(rejected) rejected" : ""),
      "a decision           \(Measurement.words(decisionMedian)) ns; "
        + "99 of 100 within \(Measurement.words(decision99th)) ns",
    ]
    if let lineMedian, let lineMedianOfTwoJobs {
      lines.append(
        "a line               \(Measurement.words(lineMedian)) ns, "
          + "\(Int(1e9 / lineMedian)) a second; with two jobs \(Measurement.words(lineMedianOfTwoJobs)) ns"
      )
    }
    let loading = [
      textTime.map { "\(Measurement.milliseconds($0)) ms from its text" },
      builtTime.map { "\(Measurement.milliseconds($0)) ms once it is built" },
    ].compactMap { $0 }
    if !loading.isEmpty { lines.append("loading              " + loading.joined(separator: "; ")) }
    lines.append(
      "memory               \(programBytes) bytes; \(System.peakMemory) at most in this run")
    return lines.joined(separator: "\n") + "\n"
  }

  var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("messages")
      writer.number(messages)
      writer.key("decide")
      writer.object { writer in
        writer.key("median")
        writer.number(raw: Measurement.words(decisionMedian))
        writer.key("p99")
        writer.number(raw: Measurement.words(decision99th))
      }
      write("lines", "median", lineMedian, to: &writer)
      write("linesTwoJobs", "median", lineMedianOfTwoJobs, to: &writer)
      if textTime != nil || builtTime != nil {
        writer.key("load")
        writer.object { writer in
          for (key, time) in [("text", textTime), ("build", builtTime)] {
            guard let time else { continue }
            writer.key(key)
            writer.number(raw: Measurement.milliseconds(time))
          }
        }
      }
      writer.key("memory")
      writer.object { writer in
        writer.key("program")
        writer.number(programBytes)
        writer.key("peak")
        writer.number(System.peakMemory)
      }
    }
    return writer.text
  }

  private func write(
    _ key: String, _ inner: String, _ value: Double?, to writer: inout JSONWriter
  ) {
    guard let value else { return }
    writer.key(key)
    writer.object { writer in
      writer.key(inner)
      writer.number(raw: Measurement.words(value))
    }
  }

  private static func milliseconds(_ nanoseconds: Int) -> String {
    words(Double(nanoseconds) / 1e6)
  }

  /// A number with one decimal, or two where it is small.
  private static func words(_ number: Double) -> String {
    let factor = number < 10 ? 100 : 10
    let parts = Int(number * Double(factor) + 0.5)
    let rest = String(parts % factor)
    let zeros = String(repeating: "0", count: (factor == 100 ? 2 : 1) - rest.utf8.count)
    return "\(parts / factor).\(zeros)\(rest)"
  }
}

extension MessageInput {
  /// Lines that are in memory.
  fileprivate init(_ lines: [UInt8]) {
    var offset = 0
    self.init(name: "the messages") { (buffer) throws(SystemError) in
      let count = min(buffer.count, lines.count - offset)
      buffer.copyBytes(from: lines[offset..<offset + count])
      offset += count
      return count
    }
  }
}

extension Console {
  /// A console that nobody looks at.
  fileprivate static func ofNothing(_ day: Day) -> Console {
    Console(
      Console.Streams(
        input: { (_) throws(SystemError) in 0 }, output: { (_) throws(SystemError) in },
        errors: { (_) throws(SystemError) in }), Surroundings(today: day))
  }
}
