import Engine
import JSON
import Model
import Program
package import Service
import Syntax
import Values

/// Where the mails of one conversation are decided, one round for each: by one policy from its first recipient to its
/// last, and on record before anything is done. Not to be shared between threads.
package struct MailDesk {
  /// Begins a round, and gives what its policy needs for mails; nil if there is none.
  private let begin: () -> MailPolicy?
  /// Decides a message, and gives the answer as `rulec decide` writes it.
  private let decide: (String) -> [UInt8]
  /// Ends the round: puts it on record, and says whether that was done.
  private let commit: () -> Bool

  init(
    begin: @escaping () -> MailPolicy?, decide: @escaping (String) -> [UInt8],
    commit: @escaping () -> Bool
  ) {
    (self.begin, self.decide, self.commit) = (begin, decide, commit)
  }

  /// A desk of a service whose policies have what mails need as their companion.
  package init(_ context: ServiceContext) {
    let desk = DecisionDesk(context)
    let output = ByteBuffer()
    self.init(
      begin: {
        desk.begin()
        return desk.policy.companion as? MailPolicy
      },
      decide: { message in
        output.removeAll()
        let bytes = Array(message.utf8)
        (bytes + [UInt8](repeating: 0, count: DecisionStream.padding)).withUnsafeBytes {
          desk.decide(
            padded: UnsafeRawBufferPointer(rebasing: $0[..<bytes.count]), number: nil, into: output)
        }
        return Array(output.bytes)
      },
      commit: {
        defer { desk.handInCounts() }
        return desk.commit()
      })
  }

  /// Decides a mail for each of its recipients; nil if that cannot be done, or is not on record.
  func judge(_ mail: Mail, at moment: Moment) -> (MailPolicy, [Judgement])? {
    guard let policy = begin(), (Day.firstProved...Day.lastProved).contains(moment.day) else {
      return nil
    }
    let facts = MailFacts(policy, mail, moment)
    var judgements: [Judgement] = []
    for (index, recipient) in mail.recipients.enumerated() {
      let members = facts.message(to: recipient, number: index + 1)
      var writer = JSONWriter()
      writer.value(.object(members))
      let answer = MailAnswer(decide(writer.text))
      let message = try? policy.decoder.decode(members).get().message(today: moment.day)
      var judgement = Judgement(
        recipient: recipient, message: writer.text, plan: policy.plan(answer, message))
      (judgement.outcome, judgement.rules) = (answer.outcome, answer.rules)
      judgements.append(judgement)
    }
    return commit() ? (policy, judgements) : nil
  }
}

/// A record of a decision, read.
private struct MailAnswer {
  let outcome: String?
  let notes: [String]
  let rules: [String]
  /// Why nothing was decided.
  let problem: String

  init(_ bytes: [UInt8]) {
    let json = try? JSONReader.read(bytes)
    outcome = json?["outcome"]?.text
    notes = json?["notes"]?.elements?.compactMap(\.text) ?? []
    rules = json?["rules"]?.elements?.compactMap(\.text) ?? []
    problem = json?[path: "error", "message"]?.text ?? "the message could not be judged"
  }
}

extension MailPolicy {
  /// What is to be done after an answer; the message tells what stands in the texts of notes.
  fileprivate func plan(_ answer: MailAnswer, _ message: Message?) -> MailPlan {
    let outcome = answer.outcome.flatMap { name in
      vocabulary.outcomes.first { $0.name == name }
    }
    guard let outcome, let message else { return unjudged(answer.problem) }
    let action = mapping.outcomes[outcome.id.index]
    var plan = MailPlan(way: action.way, fields: action.fields)
    for name in answer.notes {
      guard let note = vocabulary.notes.first(where: { $0.name == name }) else { continue }
      let text = note.text(for: message, vocabulary)
      switch mapping.notes[note.id.index] {
      case .nothing: break
      case .field(let field): plan.fields.append(field)
      case .hold: plan.waiting = "the note `\(name)` has to be seen to"
      case .below: plan.below.append(text.isEmpty ? name : text)
      case .attached: plan.attached.append(text.isEmpty ? name : text)
      }
    }
    // What does not go on as it is needs no text for its reader.
    switch plan.way {
    case .accept, .route, .redirect: break
    case .hold, .reply: (plan.below, plan.attached, plan.waiting) = ([], [], nil)
    }
    return plan
  }

  private func unjudged(_ problem: String) -> MailPlan {
    let action = mapping.unjudged
    var plan = MailPlan(way: action.way, fields: action.fields)
    if case .hold = action.way { plan.way = .hold(problem.onOneLine) }
    return plan
  }
}
