import Audit
import Engine
import JSON
import Loading
import Model
import Reports
import Values
import Workspace

/// `rulec audit`: what was really sent, held against the policy and its promises.
struct AuditCommand: Command {
  static let description = CommandDescription(
    name: "audit", summary: "hold what was really sent against the policy",
    details: [
      "Reads messages as they were really sent, one JSON object a line: the outcome in the field `sent`, the day in "
        + "`on`. Lists every one that the policy decides otherwise, and every one that broke a promise, and counts "
        + "them by month, rule and promise. The exit code is 1 if there is one.",
      "With --person it tells one person's messages in the order of their days, whether they were sent as they "
        + "should have been or not: what was known, what was done, what the policy says and why.",
    ],
    arguments: [.policy],
    options: [
      OptionDescription(
        name: "--messages", value: .one("FILE"),
        help: "what was sent, one message a line; `-`, as if left out, is standard input"),
      OptionDescription(
        name: "--person", value: .one("FIELD=VALUE"),
        help:
          "the timeline of the messages that have this in a field; small and capital letters are one"
      ),
      .choice("--format", AuditFormat.self, help: "text for people, json for programs"),
      .firstLine,
    ],
    examples: [
      "rulec audit rules --messages rules/examples/sent-2022-2023.ndjson",
      "rulec audit rules --messages sent-2023.ndjson --person case_number=4711",
    ])

  private let policy: String
  private let messages: String
  private let person: Person?
  private let format: AuditFormat
  private let firstLine: Int

  /// Whose messages a timeline is of.
  private struct Person {
    let path: [String]
    let value: String

    func isIn(_ members: [JSONValue.Member]) -> Bool {
      let value = path.reduce(JSONValue.object(members)) { $0?[$1] } as JSONValue?
      switch value {
      case .string(let text): return TextMatch.equals.matches(text, self.value)
      case .number(let digits): return digits == self.value
      case nil, .null, .bool, .array, .object: return false
      }
    }
  }

  init(_ arguments: Arguments) throws(UsageError) {
    policy = arguments.policy
    messages = arguments["--messages"] ?? "-"
    format = arguments.choice("--format", or: .text)
    firstLine = try arguments.firstLine()
    person = try AuditCommand.person(arguments["--person"])
  }

  private static func person(_ text: String?) throws(UsageError) -> Person? {
    guard let text else { return nil }
    let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else {
      throw UsageError(
        "--person takes a field and what it holds, and `\(text)` is not that",
        help: "for example --person recipient_address=mrs.x@example.org")
    }
    return Person(path: sides[0].split(separator: ".").map(String.init), value: String(sides[1]))
  }

  func run(_ console: Console) throws(Failure) -> ExitCode {
    let today = try PolicyLoading.today(nil, console)
    let input = try MessageInput.open(messages, console)
    defer { input.close() }
    guard let loaded = try PolicyLoading.flawlessPolicy(policy, on: today, console) else {
      return .found
    }
    let policy = try PolicyLoading.loaded(try loaded.meaning())
    var audit = AuditRun(policy, today: today, isTimeline: person != nil, format, console)
    try read(input, into: &audit)
    let counts = try audit.end()
    return counts.isClean ? .done : .found
  }

  private func read(_ input: MessageInput, into audit: inout AuditRun) throws(Failure) {
    let reader = LineReader(firstLine: firstLine, input.read)
    let block = LineBlock()
    while try filled(block, reader, input) {
      while let line = block.nextLine() {
        guard let text = MessageDecoder.message(in: line, number: block.lineNumber) else {
          continue
        }
        switch Result(catching: { () throws(MessageError) in try MessageDecoder.members(of: text) })
        {
        case .failure(let error): try audit.reject(error, line: block.lineNumber)
        case .success(let members):
          if let person, !person.isIn(members) { continue }
          try audit.judge(members, line: block.lineNumber)
        }
      }
    }
  }

  private func filled(
    _ block: LineBlock, _ reader: LineReader, _ input: MessageInput
  ) throws(Failure) -> Bool {
    do throws(SystemError) {
      return try reader.fill(block)
    } catch {
      throw .problem("cannot read \(input.name): \(error.reason)")
    }
  }
}

/// An audit under way: what is found is written as it comes, or, of one person, in the order of the days.
private struct AuditRun {
  private let auditor: Auditor
  private let decoder: SentMessageDecoder
  private let report: AuditReport
  private let console: Console
  private let isTimeline: Bool
  private var counts = AuditCounts()
  private var timeline: [(finding: AuditFinding, line: Int)] = []
  private var json: AuditJSON?

  init(_ policy: Policy, today: Day, isTimeline: Bool, _ format: AuditFormat, _ console: Console) {
    auditor = Auditor(policy)
    decoder = SentMessageDecoder(policy.vocabulary, today: today)
    report = AuditReport(policy, isTimeline: isTimeline)
    json = format == .json ? AuditJSON(policy) : nil
    self.isTimeline = isTimeline
    self.console = console
  }

  mutating func judge(_ members: [JSONValue.Member], line: Int) throws(Failure) {
    switch decoder.decode(members) {
    case .failure(let error): try reject(error, line: line)
    case .success(let sent):
      let finding = auditor.judge(sent)
      counts.add(finding)
      if isTimeline {
        timeline.append((finding, line))
      } else if finding.isBreach {
        try write(finding, line)
      }
    }
  }

  mutating func reject(_ error: MessageError, line: Int) throws(Failure) {
    counts.addRejected()
    guard json != nil else { return try console.write(report.text(of: error, line: line)) }
    json?.write(error, line: line)
    try handOn()
  }

  /// Writes what is left, and what was counted.
  mutating func end() throws(Failure) -> AuditCounts {
    timeline.sort {
      ($0.finding.sent.message.today, $0.line) < ($1.finding.sent.message.today, $1.line)
    }
    for (finding, line) in timeline { try write(finding, line) }
    guard json != nil else {
      try console.write(report.text(of: counts))
      return counts
    }
    json?.end(counts)
    try handOn()
    console.say(report.headline(counts))
    return counts
  }

  private mutating func write(_ finding: AuditFinding, _ line: Int) throws(Failure) {
    guard json != nil else { return try console.write(report.text(of: finding, line: line)) }
    json?.write(finding, line: line)
    try handOn()
  }

  private mutating func handOn() throws(Failure) {
    if let bytes = json?.take() { try console.write(bytes) }
  }
}
