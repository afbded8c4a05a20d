import Engine
import JSON
import Loading
import Model
import Program
import Reports
import Syntax
import Values
import Workspace

/// `rulec bench`: how fast a policy decides on this machine.
struct BenchCommand: Command {
  enum Format: String, CaseIterable { case text, json }
  enum Part: String, CaseIterable { case decide }

  static let description = CommandDescription(
    name: "bench", summary: "measure how fast a policy decides on this machine",
    details: [
      "Decides the same messages again and again and says how long a decision takes, how long a line takes "
        + "that is read, decided and written, how long the policy takes to load, and how much memory it needs. "
        + "Nothing is proved first. Without --messages the policy's own scenarios are the messages."
    ],
    arguments: [.policy],
    options: [
      OptionDescription(
        name: "--messages", value: .one("FILE"),
        help: "the file with the messages, one a line; `-` for standard input"),
      .choice("--format", Format.self, help: "how to write what was measured; text if left out"),
      .choice("--only", Part.self, help: "measure the decisions alone"),
      OptionDescription(
        name: "--rounds", value: .one("N"),
        help: "go through the messages so many times; 15 if left out"),
      OptionDescription(
        name: "--missing", value: .one("PERCENT"),
        help: "let so many of a hundred facts be missing in the messages that are decided alone"),
    ],
    examples: ["rulec bench rules --messages messages.ndjson --format json"])

  private let policy: String
  private let messages: String?
  private let format: Format
  private let isDecisionsOnly: Bool
  private let rounds: Int
  private let missing: Int

  /// The most bytes of messages that are kept to be decided again.
  private static let mostBytes = 1 << 28

  init(_ arguments: Arguments) throws(UsageError) {
    policy = arguments.policy
    messages = arguments["--messages"]
    format = arguments.choice("--format", or: .text)
    isDecisionsOnly = arguments["--only"] != nil
    rounds = try arguments.number("--rounds", in: 1...1_000_000) ?? 15
    missing = try arguments.number("--missing", in: 0...100) ?? 0
  }

  func run(_ console: Console) throws(Failure) -> ExitCode {
    let day = PolicyLoading.someDay(console)
    let start = System.nanoseconds
    guard let (program, scenarios) = try load(day, console) else { return .found }
    let loadingTime = System.nanoseconds - start
    let lines = try self.lines(scenarios, program, console)
    let coded = CodedMessages(lines, program, missing: missing)
    guard coded.batch.count > 0 else {
      throw .problem(
        "there is no message to decide",
        help: "give messages with --messages, or a policy that has scenarios")
    }
    var measurement = Measurement(
      messages: coded.batch.count, rejected: coded.rejectedCount, programBytes: program.byteCount)
    measurement.measureDecisions(coded.batch, program, day, rounds: rounds)
    if !isDecisionsOnly {
      measurement.measureLoading(program, took: loadingTime, isBuilt: PolicySource.isBuilt(policy))
      measurement.measureLines(lines, program, day, rounds: rounds)
    }
    switch format {
    case .text: try console.write(measurement.text)
    case .json: try console.write(measurement.json + "\n")
    }
    return .done
  }

  /// The policy's program and its scenarios; of a built policy there are none at hand.
  private func load(
    _ day: Day, _ console: Console
  ) throws(Failure) -> (program: Program, scenarios: [Scenario])? {
    if PolicySource.isBuilt(policy), messages != nil {
      return (try PolicyLoading.loaded(try PolicySource.program(policy, keepsText: false)), [])
    }
    return try PolicyLoading.meaning(policy, on: day, console).map { (Program($0), $0.scenarios) }
  }

  /// The messages as lines of JSON, one behind the other.
  private func lines(
    _ scenarios: [Scenario], _ program: Program, _ console: Console
  ) throws(Failure) -> [UInt8] {
    guard let messages else {
      let vocabulary = program.vocabulary
      return scenarios.flatMap { scenario -> [UInt8] in
        let message = Message(vocabulary, given: scenario.given, today: scenario.day)
        let given = vocabulary.facts.map(\.id).filter { scenario.given[$0] != nil }
        return Array((message.json(given, vocabulary) + "\n").utf8)
      }
    }
    let input = try MessageInput.open(messages, console)
    defer { input.close() }
    let bytes = try input.contents(atMost: BenchCommand.mostBytes)
    guard bytes.count <= BenchCommand.mostBytes else {
      throw .problem("\(input.name) has more than \(BenchCommand.mostBytes >> 20) MB of messages")
    }
    return bytes
  }
}

/// Messages as a decider takes them.
struct CodedMessages {
  let batch: CodedBatch
  /// How many lines hold no message of the policy.
  private(set) var rejectedCount = 0

  /// Reads lines of JSON; so many of a hundred facts are missing, always the same ones.
  init(_ lines: [UInt8], _ program: Program, missing: Int) {
    batch = CodedBatch(program)
    let decoder = MessageDecoder(program.vocabulary)
    let message = CodedMessage(program)
    var random = SplitMix(state: 1)
    for line in lines.split(separator: UInt8(ascii: "\n")) {
      switch line.withUnsafeBytes({ decoder.decode($0) }) {
      case .failure: rejectedCount += 1
      case .success(let decoded):
        var states = decoded.values
        for fact in states.indices where Int(random.next() % 100) < missing {
          states[fact] = .missing
        }
        message.set(states)
        batch.append(message)
      }
    }
  }
}
