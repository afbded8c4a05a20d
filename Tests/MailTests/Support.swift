import Engine
import Findings
import Model
import Registers
import Program
import Syntax
import Synchronization
import Testing
import Values

@testable import Mail

/// A policy for mails, and a filter that decides by it.
final class Office: Sendable {
  static let rules = """
    fact purpose is: one of SEN-tribunal, another matter
    fact subject is: text, if recorded
    fact size of the attachments is: number of MB from 0, if absent 0
    fact number of attachments is: whole number from 0, if absent 0
    fact number of recipients outside is: whole number from 0
    fact recipient prefers: any of plain, encrypted, post, if absent nothing
    fact council has promised this recipient: one of plain email, post, if recorded

    outcome send plain
    outcome send encrypted
    outcome hold for review
    outcome refuse to send
    outcome try again

    note consent note: "We sent this by ordinary email because you asked us to – in {subject}."
    note mark urgent
    note see to it

    section Stops
      overrides section Ordinary
    rule Secrets stay here
      if the subject contains "secret"
      then refuse to send
    rule Later
      if the subject contains "later"
      then try again
      overrides Secrets stay here
    rule Too large
      if the size of the attachments is more than 1 MB
      then hold for review
      overrides Secrets stay here
      overrides Later
    section Ordinary
    rule Promised
      if the council has promised this recipient plain email
      then send plain with consent note
    rule Tribunal
      if the purpose is SEN-tribunal
      then add mark urgent
    rule See to it
      if the subject contains "see to it"
      then add see to it
    rule Bulk
      if the number of recipients outside is more than 3
      then hold for review
      overrides Promised

    otherwise send encrypted

    when unsure hold for review
    """

  static let mapping = """
    purpose comes from header "X-Purpose"
    the subject comes from the subject
    size of the attachments comes from the size of the attachments
    number of attachments comes from the number of attachments
    number of recipients outside comes from the number of recipients outside "council.example"
    recipient prefers comes from register "promises.csv" by the recipient's address
    the council has promised this recipient comes from register "promises.csv" by the recipient's address
    send plain means accept with header "X-Send-Policy: plain"
    send encrypted means route to [gateway.example]:25 with header "X-Send-Policy: encrypted"
    hold for review means hold with "somebody has to look"
    refuse to send means reject with 550 5.7.1 "not this way"
    try again means defer
    what cannot be judged means hold
    consent note means add the text below the message
    mark urgent means header "Importance: high"
    see to it means hold
    several recipients are split
    split mail goes to 127.0.0.1:10587
    """

  static let promises = """
    address,council has promised this recipient,from,until
    mrs.x@example.org,plain email,2022-08-01,
    old@example.org,plain email,2020-01-01,2020-12-31
    """

  let filter: MailFilter
  let policy: MailPolicy
  private let state: State
  private let setup: DecisionSetup

  final class State: Sendable {
    let submitted = Mutex<[Mail]>([])
    let recorded = Mutex<[(message: String, answer: String)]>([])
    let canRecord = Mutex(true)
    let answers = Mutex<[SubmissionResult]>([])
  }

  init(mapping: String = Office.mapping) throws {
    let source = SourceFile(path: "office.rules", bytes: Array(Office.rules.utf8))
    let text = PolicyText(ruleFiles: [source])
    let resolution = resolve(read(text), text, today: .firstProved)
    let meaning = try #require(resolution.policy, "\(resolution.findings.map(\.message))")
    let vocabulary = Program(meaning).vocabulary
    let read = try MailMapping.read(Array(mapping.utf8), name: "mail.conf", vocabulary).get()
    let register = try Register.read(
      Array(Office.promises.utf8), name: "promises.csv", vocabulary
    ).get()
    policy = MailPolicy(vocabulary, read, read.registers.map { _ in register })
    setup = DecisionSetup(meaning, options: DecisionSetup.Options(), defaultDay: .firstProved)
    let state = State()
    let day = try #require(Day(year: 2026, month: 11, day: 24))
    self.state = state
    filter = MailFilter(
      MailFilter.Surroundings(
        moment: { Moment(day: day, hour: 9) },
        submit: { _, mail in
          state.submitted.withLock { $0.append(mail) }
          return state.answers.withLock { $0.isEmpty ? .accepted : $0.removeFirst() }
        },
        token: { "a token" }))
  }

  /// A desk as each conversation has one.
  var desk: MailDesk {
    let (policy, state, stream, output) = (policy, state, DecisionStream(setup), ByteBuffer())
    return MailDesk(
      begin: { policy },
      decide: { message in
        output.removeAll()
        Array(message.utf8).withUnsafeBytes { stream.decide(line: $0, number: nil, into: output) }
        let answer = String(decoding: output.bytes, as: UTF8.self)
        state.recorded.withLock { $0.append((message, answer)) }
        return Array(answer.utf8)
      },
      commit: { state.canRecord.withLock { $0 } })
  }

  func conclude(_ mail: Mail) -> MailConclusion { filter.conclude(mail, by: desk) }

  var submitted: [Mail] { state.submitted.withLock { $0 } }
  var recorded: [(message: String, answer: String)] { state.recorded.withLock { $0 } }
  func refuseToRecord() { state.canRecord.withLock { $0 = false } }
  func answer(_ answers: [SubmissionResult]) { state.answers.withLock { $0 = answers } }

  static func mail(
    to recipients: [String], subject: String = "Your review", purpose: String = "another matter"
  ) -> Mail {
    var mail = Mail()
    mail.sender = "<officer@council.example>"
    mail.recipients = recipients.map { "<\($0)>" }
    mail.queueID = "4ABC"
    mail.fields = [
      HeaderField("Subject", subject), HeaderField("X-Purpose", purpose),
      HeaderField("Content-Type", "text/plain; charset=utf-8"),
    ]
    mail.body = Array("Dear Mrs X\r\n".utf8)
    return mail
  }
}
