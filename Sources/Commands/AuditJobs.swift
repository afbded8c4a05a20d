import Audit
import Engine
import JSON
import Model
import Reports
import Syntax
import Values
import Workspace

/// Whose messages a timeline is of.
struct AuditedPerson: Sendable {
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

/// What came of a line of which there is something to say.
enum AuditedLine {
  case finding(AuditFinding, line: Int)
  case rejected(MessageError, line: Int)
}

/// Judges messages as they were sent, in one of several jobs.
final class AuditWorker: LineWorker {
  private let auditor: Auditor
  private let decoder: SentMessageDecoder
  private let quick: QuickCheck?
  private let person: AuditedPerson?
  private let audit: AuditRun
  private var lines: [AuditedLine] = []

  /// So many lines of which there is something to say are judged before they are handed on.
  private static let packet = 256

  /// A worker that goes through every message by its values, unless it may be quick.
  init(
    _ auditor: Auditor, _ quick: QuickCheck?, _ person: AuditedPerson?, today: Day,
    for audit: AuditRun
  ) {
    self.auditor = auditor
    self.quick = quick
    self.person = person
    self.audit = audit
    decoder = SentMessageDecoder(auditor.policy.vocabulary, today: today)
  }

  func take(_ line: UnsafeRawBufferPointer, number: Int) {
    if line.count <= LineReader.longest, quick?.take(padded: line) == true { return }
    guard let text = MessageDecoder.message(in: line, number: number) else { return }
    do throws(MessageError) {
      let members = try MessageDecoder.members(of: text)
      if let person, !person.isIn(members) { return }
      let sent = try decoder.decode(members).get()
      lines.append(.finding(auditor.judge(sent), line: number))
    } catch {
      lines.append(.rejected(error, line: number))
    }
  }

  var isFull: Bool { lines.count >= AuditWorker.packet }

  func handOn() throws(Failure) {
    for group in quick?.takeGroups() ?? [] { audit.add(group) }
    for line in lines { try audit.add(line) }
    lines.removeAll(keepingCapacity: true)
  }
}

/// An audit under way: what is found is written as it comes, or, of one person, in the order of the days.
final class AuditRun {
  private let report: AuditReport
  private let console: Console
  private let isTimeline: Bool
  private var counts = AuditCounts()
  private var timeline: [(finding: AuditFinding, line: Int)] = []
  private var json: AuditJSON?

  init(_ policy: Policy, isTimeline: Bool, _ format: AuditFormat, _ console: Console) {
    report = AuditReport(policy, isTimeline: isTimeline)
    json = format == .json ? AuditJSON(policy) : nil
    self.isTimeline = isTimeline
    self.console = console
  }

  func add(_ group: QuickCheck.Group) { counts.add(group) }

  func add(_ line: AuditedLine) throws(Failure) {
    switch line {
    case .finding(let finding, let line):
      counts.add(finding)
      if isTimeline {
        timeline.append((finding, line))
      } else if finding.isBreach {
        try write(finding, line)
      }
    case .rejected(let error, let line):
      counts.addRejected()
      guard json != nil else { return try console.write(report.text(of: error, line: line)) }
      json?.write(error, line: line)
      try handOn()
    }
  }

  /// Writes what is left, and what was counted.
  func end() throws(Failure) -> AuditCounts {
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

  private func write(_ finding: AuditFinding, _ line: Int) throws(Failure) {
    guard json != nil else { return try console.write(report.text(of: finding, line: line)) }
    json?.write(finding, line: line)
    try handOn()
  }

  private func handOn() throws(Failure) {
    if let bytes = json?.take() { try console.write(bytes) }
  }
}
