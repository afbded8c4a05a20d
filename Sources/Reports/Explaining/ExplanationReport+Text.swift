package import Analysis
import Engine
import Model
import Syntax
import Values

extension ExplanationReport {
  /// The explanation in sentences, to be read aloud or put in a letter, with what would change the decision if that
  /// is given. Its lines end with a line feed, and a paragraph's details are indented by two spaces.
  package func text(with changes: Changes? = nil) -> String {
    let whatChanges = changes.map(paragraphs) ?? []
    var paragraphs = [headline]
    switch result {
    case .success(let decision) where decision.isSure:
      paragraphs += course(of: decision)
      paragraphs += noteParagraphs
      paragraphs += list("These rules are set aside by others:", setAside)
      paragraphs += list(
        "These rules may apply; facts are missing, but the decision is the same either way:",
        inDoubt.filter { !decision.winners.contains($0.rule) })
      paragraphs += nearestParagraph + whatChanges
    case .success:
      paragraphs += missingParagraph + whatChanges
      paragraphs += list("These rules may apply, so that the decision is in doubt:", inDoubt)
      paragraphs += list("These rules apply for certain:", accounts { $0 == .applies })
      paragraphs += list("These rules are set aside, whatever the missing facts are:", setAside)
      paragraphs += others(than: [])
    case .failure:
      paragraphs += list("These rules apply:", accounts { $0 == .applies })
      paragraphs += list("These rules are set aside by others:", setAside)
      paragraphs += nearestParagraph + whatChanges
    }
    return paragraphs.asText
  }

  // MARK: - What was decided

  var headline: String {
    let day = message.today.words
    switch result {
    case .success(let decision):
      let words = words(decision.outcome, with: decision.notes)
      let sentence =
        decision.isSure
        ? "The decision is: \(words)."
        : """
        The decision is not sure, because facts are missing. What the policy says for that case: \
        \(words).
        """
      return "\(sentence)\nIt was made for \(day), under the policy with the number \(policy.hash)."
    case .failure(let disagreement):
      return "There is no decision for \(day): \(disagreement.words(in: policy))."
    }
  }

  /// The rules that decided, step by step.
  func course(of decision: Decision) -> [String] {
    let winners = accounts(of: decision.winners)
    let first = winners.filter { policy[$0.rule].kind == .decision }
    let guards = winners.filter { policy[$0.rule].kind == .guard }
    var paragraphs = first.map { paragraph($0) }
    if decision.madeByOtherwise, let otherwise = policy.otherwise {
      let words = words(otherwise.outcome, with: Set(otherwise.notes).sorted())
      let lines = ["Where no rule decides, the policy says `otherwise`: \(words)."]
      let reasons = grounds(otherwise.reasons, otherwise.authorities, of: "it").map { "  " + $0 }
      paragraphs.append((lines + reasons).joined(separator: "\n"))
    }
    if !guards.isEmpty {
      let names = firstOutcomes.map { policy.vocabulary[$0].name }.enumerated(with: "or")
      paragraphs.append("That outcome, \(names), was then looked at again.")
      paragraphs += guards.map { paragraph($0) }
    }
    return paragraphs + winners.filter { policy[$0.rule].kind == .note }.map { paragraph($0) }
  }

  private var noteParagraphs: [String] {
    guard !notes.isEmpty else { return [] }
    let lines = notes.map { account in
      let names = account.sources.map { source in
        switch source {
        case .rule(let rule): shortName(rule)
        case .otherwise: "`otherwise`"
        case .whenUnsure: "`when unsure`"
        }
      }
      let note = policy.vocabulary[account.note].name
      return "  \(note), because of \(names.enumerated(with: "and"))."
    }
    return [(["Notes:"] + lines).joined(separator: "\n")]
  }

  private var missingParagraph: [String] {
    guard !missing.isEmpty else { return [] }
    let lines = missing.map { account in
      let fact = policy.vocabulary[account.fact]
      let names = few(account.rules.map(shortName), atMost: 8).enumerated(with: "and")
      let sentence = phrasing.sentence(fact, .missing).sentence
      return "  \(sentence) (field `\(fact.field)`); that matters to \(names)."
    }
    return [(["What is missing:"] + lines).joined(separator: "\n")]
  }

  // MARK: - Rules

  func accounts(_ isWanted: (RuleAccount.Standing) -> Bool) -> [RuleAccount] {
    rules.filter { isWanted($0.standing) }
  }

  private func accounts(of wanted: [RuleID]) -> [RuleAccount] {
    let wanted = Set(wanted)
    return rules.filter { wanted.contains($0.rule) }
  }

  private var inDoubt: [RuleAccount] { accounts { $0 == .inDoubt } }

  private var setAside: [RuleAccount] {
    accounts { standing in
      switch standing {
      case .setAside, .setAsideEitherWay: true
      case .applies, .inDoubt, .doesNotApply, .notReached: false
      }
    }
  }

  func list(_ title: String, _ accounts: [RuleAccount]) -> [String] {
    guard !accounts.isEmpty else { return [] }
    let told = accounts.prefix(ExplanationReport.mostListed)
    let more = accounts.count - told.count
    let rest = more > 0 ? ["  And \(more) more."] : []
    return [([title] + told.map(item) + rest).joined(separator: "\n")]
  }

  /// Nobody reads more rules than these of one standing.
  private static let mostListed = 30

  /// The first names, and how many more there are.
  private func few(_ names: [String], atMost count: Int) -> [String] {
    guard names.count > count else { return names }
    return names.prefix(count - 1) + ["\(names.count - count + 1) more"]
  }

  /// One rule among others of its standing.
  private func item(_ account: RuleAccount) -> String {
    var line = "  \(name(account.rule)) says: \(consequent(account.rule))."
    switch account.standing {
    case .setAside(let way), .setAsideEitherWay(let way): line += " \(overriding(way))"
    case .applies, .inDoubt, .doesNotApply, .notReached: break
    }
    return ([line] + lines(of: account.reasons, indent: 4)).joined(separator: "\n")
  }

  /// A rule that decided.
  private func paragraph(_ account: RuleAccount) -> String {
    let rule = policy[account.rule]
    let verb = account.standing == .inDoubt ? "may apply" : "applies"
    var lines = [
      "\(name(account.rule)) \(verb), and says: \(consequent(account.rule))."
    ]
    lines += self.lines(of: account.reasons, indent: 2)
    lines += grounds(rule.reasons, rule.authorities, of: "the rule").map { "  " + $0 }
    return lines.joined(separator: "\n")
  }

  /// `It is set aside by “A”, which overrides it through “B”.`
  func overriding(_ way: [RuleID]) -> String {
    guard let first = way.first else { return "" }
    let between = way.dropFirst().dropLast().map(shortName)
    let through = between.isEmpty ? "" : " through \(between.enumerated(with: "and"))"
    return "It is set aside by \(shortName(first)), which overrides it\(through)."
  }

  private func grounds(_ reasons: [String], _ authorities: [String], of what: String) -> [String] {
    reasons.map { "The reason given for \(what): \($0.closed)" }
      + authorities.map { "The authority for \(what): \($0.closed)" }
  }
}

extension [String] {
  /// Paragraphs with an empty line between them.
  var asText: String { map { $0 + "\n" }.joined(separator: "\n") }
}

extension String {
  /// The text with a full stop at its end.
  package var closed: String {
    last.map { ".!?".contains($0) } == true ? self : self + "."
  }

  /// The text with its first letter a capital.
  package var sentence: String {
    prefix(1).uppercased() + dropFirst()
  }
}
