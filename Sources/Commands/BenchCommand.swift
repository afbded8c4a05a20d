import Engine
import Model
import Program
import Values
import Workspace

/// `rulec bench`: how fast a policy decides.
struct BenchCommand: Command {
  static let description = CommandDescription(
    name: "bench", summary: "measure how fast a policy decides",
    arguments: [.policy],
    options: [
      OptionDescription(name: "--messages", value: .one("FILE"), help: "the messages to decide"),
      OptionDescription(name: "--only", value: .choice(["decide"]), help: "measure this alone"),
      OptionDescription(
        name: "--rounds", value: .one("N"), help: "how many times the messages are gone through"),
      OptionDescription(name: "--missing", value: .one("PERCENT"), help: "leave facts out"),
    ])

  private let policy: String
  private let messages: String
  private let rounds: Int
  private let missing: Int

  init(_ arguments: Arguments) throws(UsageError) {
    policy = arguments.policy
    messages = arguments["--messages"] ?? "-"
    rounds = arguments["--rounds"].flatMap { Int($0) } ?? 15
    missing = arguments["--missing"].flatMap { Int($0) } ?? 0
  }

  func run(_ console: Console) throws(Failure) -> ExitCode {
    let day = PolicyLoading.someDay(console)
    guard let policy = try PolicyLoading.meaning(policy, on: day, console) else { return .found }
    let start = System.nanoseconds
    let program = Program(policy)
    console.say("compiled in \((System.nanoseconds - start) / 1000) us, \(program.byteCount) bytes")
    let decider = Decider(program)
    let batch = CodedBatch(program)
    let decoder = MessageDecoder(policy.vocabulary)
    let input = try MessageInput.open(messages, console)
    defer { input.close() }
    let reader = LineReader(input.read)
    let block = LineBlock()
    var seed: UInt64 = 1
    do throws(SystemError) {
      while try reader.fill(block) {
        while let line = block.nextLine() {
          guard case .success(var decoded) = decoder.decode(line).map(\.values) else { continue }
          for index in decoded.indices {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            if Int(seed >> 33) % 100 < missing { decoded[index] = .missing }
          }
          decider.message.set(decoded)
          batch.append(decider.message)
        }
      }
    } catch {
      throw .problem("cannot read \(input.name): \(error.reason)")
    }
    var times: [Int] = []
    var sum = 0
    var unsure = 0
    for _ in 0..<rounds {
      let start = System.nanoseconds
      unsure = 0
      decider.decide(batch, today: day.number) { _, verdict in
        sum &+= verdict.outcome &+ decider.winnerCount
        if verdict.kind == .unsure { unsure += 1 }
      }
      times.append(System.nanoseconds - start)
    }
    times.sort()
    let median = Double(times[rounds / 2]) / Double(batch.count)
    let best = Double(times[0]) / Double(batch.count)
    console.say(
      "\(batch.count) messages, median \(median) ns, best \(best) ns, unsure \(unsure), \(sum)")
    return .done
  }
}
