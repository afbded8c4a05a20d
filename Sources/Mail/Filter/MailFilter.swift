import Synchronization

/// Says what the mail system is to do with mails.
///
/// Every mail is decided for each of its recipients. Where that comes to one thing, it is done with the mail; where
/// not, the mail is split or held, as the mapping says. Whatever goes wrong, the mail is put off or held, and never
/// goes on undecided. Any number of threads may share it.
package final class MailFilter: Sendable {
  /// What the filter asks of its surroundings.
  package struct Surroundings: Sendable {
    package var moment: @Sendable () -> Moment
    /// Hands a mail to a submission server.
    package var submit: @Sendable (HostPort, Mail) -> SubmissionResult
    /// A text that nobody can guess; nil if none can be had.
    package var token: @Sendable () -> String?

    package init(
      moment: @escaping @Sendable () -> Moment,
      submit: @escaping @Sendable (HostPort, Mail) -> SubmissionResult,
      token: @escaping @Sendable () -> String?
    ) {
      self.moment = moment
      self.submit = submit
      self.token = token
    }
  }

  /// A mail that was split off another and has not come back yet.
  private struct Part: Sendable {
    let sender: String
    let recipients: Set<String>
    let plan: MailPlan
    let ownFields: Set<String>
  }

  private let surroundings: Surroundings
  private let parts = Mutex<[String: Part]>([:])

  package init(_ surroundings: Surroundings) { self.surroundings = surroundings }

  /// What the mail system is to do with a mail.
  package func conclude(_ mail: Mail, by desk: MailDesk) -> MailConclusion {
    guard !mail.recipients.isEmpty else { return .puttingOff(mail, "the message has no recipient") }
    if let part = takePart(mail) {
      var conclusion = MailConclusion(mail, ownFields: part.ownFields)
      conclusion.carryOut(part.plan, mail)
      return conclusion
    }
    guard let (policy, judged) = desk.judge(mail, at: surroundings.moment()) else {
      return .puttingOff(mail, "nothing could be decided and put on record")
    }
    var judgements = judged
    if mail.isTooLarge {
      for index in judgements.indices {
        judgements[index].plan.hold("the message has more than \(Mail.mostBytes >> 20) MB")
      }
    }
    let groups = MailFilter.settle(&judgements, policy.mapping)
    var conclusion = MailConclusion(mail, ownFields: policy.ownFields)
    carryOut(groups, mail, policy, &conclusion)
    return conclusion
  }

  // MARK: - Several recipients

  /// Recipients to whom the same is to be done.
  private struct Group {
    let plan: MailPlan
    var recipients: [String]
  }

  private static func groups(_ judgements: [Judgement]) -> [Group] {
    var groups: [Group] = []
    for judgement in judgements {
      if let index = groups.firstIndex(where: { $0.plan == judgement.plan }) {
        groups[index].recipients.append(judgement.recipient)
      } else {
        groups.append(Group(plan: judgement.plan, recipients: [judgement.recipient]))
      }
    }
    return groups
  }

  /// The groups that the recipients fall into, once it is settled what becomes of recipients who differ.
  private static func settle(_ judgements: inout [Judgement], _ mapping: MailMapping) -> [Group] {
    let first = groups(judgements)
    guard first.count > 1, !first.contains(where: \.plan.isPuttingOff) else { return first }
    for index in judgements.indices {
      switch mapping.several {
      case .held: judgements[index].plan = .hold("its recipients are decided differently")
      case .split:
        // A mail system is told yes or no about the whole of a mail.
        if case .reply(let reply) = judgements[index].plan.way {
          judgements[index].plan = .hold("refused to this recipient: \(reply)")
        }
      }
    }
    return groups(judgements)
  }

  private func carryOut(
    _ groups: [Group], _ mail: Mail, _ policy: MailPolicy, _ conclusion: inout MailConclusion
  ) {
    if let puttingOff = groups.first(where: \.plan.isPuttingOff) {
      conclusion.carryOut(puttingOff.plan, mail)
      return
    }
    guard groups.count > 1, case .split(let server) = policy.mapping.several else {
      conclusion.carryOut(groups[0].plan, mail)
      return
    }
    var gone: [String] = []
    for group in groups.dropFirst() {
      switch submit(group, mail, server, policy) {
      case .accepted: gone += group.recipients
      case .notAccepted(let reason) where gone.isEmpty:
        conclusion.putOff("it could not be split: \(reason)")
        return
      case .notAccepted(let reason), .unknown(let reason):
        // Some may have got it already: putting it off would send it to them a second time.
        conclusion.removeRecipients(gone)
        conclusion.carryOut(.hold("it could not be split to the end: \(reason)"), mail)
        return
      }
    }
    conclusion.removeRecipients(gone)
    conclusion.carryOut(groups[0].plan, mail)
  }

  private func submit(
    _ group: Group, _ mail: Mail, _ server: HostPort, _ policy: MailPolicy
  ) -> SubmissionResult {
    guard let token = surroundings.token() else {
      return .notAccepted("there are no random numbers")
    }
    var part = mail
    part.recipients = group.recipients
    part.fields.removeAll { $0.isNamed(MailPolicy.partField) }
    part.fields.insert(HeaderField(MailPolicy.partField, " \(token)"), at: 0)
    parts.withLock {
      $0[token] = Part(
        sender: mail.sender, recipients: Set(group.recipients.map(MailFilter.folded)),
        plan: group.plan, ownFields: policy.ownFields)
    }
    defer { parts.withLock { $0[token] = nil } }
    return surroundings.submit(server, part)
  }

  /// What was decided about a mail that was split off another; nil of every other mail. It counts once.
  private func takePart(_ mail: Mail) -> Part? {
    guard let token = mail.fields.first(named: MailPolicy.partField)?.text else { return nil }
    return parts.withLock { parts in
      guard let part = parts[token], part.sender == mail.sender,
        part.recipients == Set(mail.recipients.map(MailFilter.folded))
      else { return nil }
      parts[token] = nil
      return part
    }
  }

  private static func folded(_ address: String) -> String { Mail.address(address).lowercased() }
}

/// What came of handing a mail to a submission server.
package enum SubmissionResult: Hashable, Sendable {
  case accepted
  /// It was not taken, for this reason.
  case notAccepted(String)
  /// The server was given the whole mail and did not answer.
  case unknown(String)
}
