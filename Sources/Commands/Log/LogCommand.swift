import DecisionLog
import JSON
import Values
import Workspace

/// `rulec log`: reads the log of decisions.
struct LogCommand: Command {
  enum Action: String, CaseIterable {
    case verify, head, show, replay
  }

  enum Format: String, CaseIterable {
    case text, json
  }

  static let description = CommandDescription(
    name: "log", summary: "verify, show or replay a log of decisions",
    details: [
      "`rulec log verify FILE...` finds out whether the files of a log are what was written: whatever was "
        + "changed, removed, put in or moved is told with its line. What was cut off at the end shows "
        + "against a chain that was kept elsewhere, which `rulec log head FILE` gives: say it with --head.",
      "`rulec log show FILE...` shows what was decided, on what, and why; the options say which records. "
        + "`rulec log replay FILE... POLICY` decides every message anew, by another policy or the same, and "
        + "shows what comes out otherwise.",
      "docs/serving.md says what is in a log.",
    ],
    arguments: [
      ArgumentDescription(
        name: Action.allCases.map(\.rawValue).joined(separator: "|"), help: "what to do",
        isRequired: true),
      ArgumentDescription(
        name: "FILE",
        help: "the log's files, in any order; for `replay`, and then the policy",
        isRequired: true, mayRepeat: true),
    ],
    options: [
      OptionDescription(
        name: "--head", value: .one("CHAIN"),
        help: "verify: the chain that was kept, 64 digits, or what `rulec log head` gave"),
      OptionDescription(
        name: "--id", value: .one("ID"), help: "show: the message with this id"),
      OptionDescription(
        name: "--recipient", value: .one("TEXT"),
        help: "show: messages of which this is a fact, such as an address"),
      OptionDescription(
        name: "--rule", value: .one("NAME"), help: "show: what this rule decided"),
      OptionDescription(
        name: "--outcome", value: .one("OUTCOME"), help: "show: what was decided so"),
      OptionDescription(
        name: "--from", value: .one("DATE"), help: "show: from this day on, in UTC"),
      OptionDescription(name: "--to", value: .one("DATE"), help: "show: up to this day, in UTC"),
      OptionDescription(
        name: "--log-key", value: .one("FILE"),
        help: "show: the key that facts were hashed with, to find a --recipient by it"),
      .choice(
        "--format", Format.self, help: "text for people, or the records as they are, one a line"),
    ],
    examples: [
      "rulec log verify decisions.log",
      "rulec log show decisions.log --recipient mrs.x@example.org",
      "rulec log replay decisions.log rules",
    ])

  private let action: Action
  private let files: [String]
  private let policy: String
  private let kept: Chain?
  private let query: LogQuery
  private let format: Format

  init(_ arguments: Arguments) throws(UsageError) {
    let word = arguments.argument(0) ?? ""
    guard let action = Action(rawValue: word) else {
      throw UsageError(
        "`rulec log` cannot `\(word)`: it can verify, head, show and replay",
        help: LogCommand.description.usage)
    }
    self.action = action
    var files = arguments.arguments(from: 1)
    policy = action == .replay && files.count > 1 ? files.removeLast() : "rules"
    self.files = files
    kept = try LogCommand.chain(arguments["--head"])
    var query = LogQuery()
    query.id = arguments["--id"]
    query.recipient = arguments["--recipient"]
    query.rule = arguments["--rule"]
    query.outcome = arguments["--outcome"]
    query.from = try arguments.day("--from")
    query.to = try arguments.day("--to")
    if let path = arguments["--log-key"] { query.hashing = try LogOptions.hashing([], key: path) }
    self.query = query
    format = arguments.choice("--format", or: .text)
  }

  /// A chain as 64 digits, also where a number stands before it.
  private static func chain(_ text: String?) throws(UsageError) -> Chain? {
    guard let text else { return nil }
    let digits = text.split(separator: " ").last.map { Array($0.utf8) } ?? []
    guard let chain = Chain(digits) else {
      throw UsageError(
        "--head needs a chain, 64 digits from 0 to f, and `\(text)` is none",
        help: "`rulec log head FILE` gives it")
    }
    return chain
  }

  func run(_ console: Console) throws(Failure) -> ExitCode {
    switch action {
    case .verify: return try verify(console)
    case .head:
      let result = try verification()
      try console.write("\(result.head.number) \(result.head.chain)\n")
      return result.faults.isEmpty ? .done : .found
    case .show: return try show(console)
    case .replay: return try LogReplaying(files: try ordered(), policy: policy).run(console)
    }
  }

  private func ordered() throws(Failure) -> [String] {
    do throws(SystemError) { return try LogVerification.inOrder(files) } catch {
      throw LogCommand.unreadable(files, error)
    }
  }

  static func unreadable(_ files: [String], _ error: SystemError) -> Failure {
    let missing = files.first { (try? System.status($0, followingLinks: true)) == nil }
    return .problem("cannot read `\(missing ?? files.joined(separator: "`, `"))`: \(error.reason)")
  }

  // MARK: - Verifying

  private func verification() throws(Failure) -> LogVerification {
    let files = try ordered()
    do throws(SystemError) { return try LogVerification(files, kept: kept) } catch {
      throw LogCommand.unreadable(files, error)
    }
  }

  private func verify(_ console: Console) throws(Failure) -> ExitCode {
    let result = try verification()
    for fault in result.faults {
      try console.write("\(fault.file):\(fault.line): \(fault.message)\n")
    }
    for remark in result.remarks { console.say(remark) }
    let records = result.recordCount == 1 ? "1 record" : "\(result.recordCount) records"
    switch result.faults.count {
    case 0:
      console.say("\(records), unchanged; the last is \(result.head.number), with this chain:")
      console.say("\(result.head.chain)")
      return .done
    case 1: console.say("\(records); 1 place is not as it was written")
    default: console.say("\(records); \(result.faults.count) places are not as they were written")
    }
    return .found
  }

  // MARK: - Showing

  private func show(_ console: Console) throws(Failure) -> ExitCode {
    var count = 0
    try LogCommand.forEachLine(of: try ordered(), console) { (line, record) throws(Failure) in
      guard query.matches(record) else { return }
      count += 1
      switch format {
      case .json: try console.write(Array(line) + [UInt8(ascii: "\n")])
      case .text: try console.write(RecordText(record).text)
      }
    }
    console.say(count == 1 ? "1 record" : "\(count) records")
    return .done
  }

  /// Reads every record of a log; lines that are none are told of and left out.
  static func forEachLine(
    of files: [String], _ console: Console,
    _ body: (UnsafeRawBufferPointer, LogRecord) throws(Failure) -> Void
  ) throws(Failure) {
    for file in files {
      do {
        let reader = try LogReader(file)
        var failure: Failure?
        while failure == nil {
          let line: Void? = try reader.nextLine { (line) throws(SystemError) in
            guard let record = LogRecord(line) else {
              console.say("\(file):\(reader.lineNumber): this is not a record, and left out")
              return
            }
            do throws(Failure) { try body(line, record) } catch { failure = error }
          }
          guard line != nil else { break }
        }
        if let failure { throw failure }
      } catch let error as SystemError {
        throw unreadable([file], error)
      } catch let error as Failure {
        throw error
      } catch { preconditionFailure("reading a log throws nothing else") }
    }
  }
}
