import Model
import Syntax

/// The rules of one kind that apply to a message, or may apply, and who of them can win.
///
/// A *way* is a choice of those rules in doubt that are taken to apply. It is *valid* if its winners
/// all give the same outcome; the others are left out, since no message brings them about. There are
/// exponentially many ways, but what is asked of them is settled by trying one. The reason is always
/// the same: let o be the outcome of a valid way. A rule that surely applies and spoils the way that
/// is tried (it wins there, and should not) does not win in the valid way, so that it is overridden
/// there by a winner, who has outcome o; and whoever has outcome o and is not excluded by the
/// question applies in the way that is tried as well. So nothing spoils it.
final class Contest {
  /// The rules that surely apply, in the order of file and line.
  let sure: [RuleID]
  /// The rules that may apply, in the order of file and line.
  let doubtful: [RuleID]
  let rules: [Rule]
  let relation: OverrideRelation

  /// The winners where there is no doubt, and of the rules that surely apply otherwise.
  let sureWinners: [RuleID]

  init(sure: [RuleID], doubtful: [RuleID], rules: [Rule], relation: OverrideRelation) {
    self.sure = sure
    self.doubtful = doubtful
    self.rules = rules
    self.relation = relation
    sureWinners = relation.winners(among: sure)
  }

  /// The rules in doubt that no rule which surely applies overrides.
  var inDoubt: [RuleID] {
    guard !doubtful.isEmpty, !sure.isEmpty else { return doubtful }
    let isOverridden = relation.overridden(by: sure)
    return doubtful.filter { !isOverridden[$0.index] }
  }

  /// The outcomes of valid ways with at least one winner, in the order of the vocabulary.
  ///
  /// One is possible if it comes out where all doubtful rules that give it apply, and no others.
  /// O(outcomes × (rules + overrides)).
  var outcomes: [OutcomeID] {
    guard !doubtful.isEmpty else {
      let given = sureWinners.compactMap { rules[$0.index].outcome }
      guard let first = given.first, given.allSatisfy({ $0 == first }) else { return [] }
      return [first]
    }
    let named = Set((sure + doubtful).compactMap { rules[$0.index].outcome })
    return named.sorted().filter { agree(on: $0, in: sure + doubtful(giving: $0)) }
  }

  /// Whether there is a valid way for the outcome in which no winner carries a note.
  ///
  /// It is enough to try the way in which all doubtful rules apply that give the outcome and do not
  /// carry the note. O(rules + overrides).
  func canLack(_ note: NoteID, outcome: OutcomeID?) -> Bool {
    let others = doubtful(giving: outcome).filter { !rules[$0.index].notes.contains(note) }
    let winners = relation.winners(among: merged(sure, others))
    return winners.allSatisfy {
      rules[$0.index].outcome == outcome && !rules[$0.index].notes.contains(note)
    } && (outcome == nil || !winners.isEmpty)
  }

  /// The rules that win in a valid way for a possible outcome, in the order of file and line; for
  /// note rules, which have no outcome, in any way.
  ///
  /// For each rule the way to try is that in which all doubtful rules apply that give the outcome
  /// and do not override it. O(rules + overrides) as a rule; where a rule that surely applies is
  /// kept from winning by doubtful rules alone, that much for each of them at worst.
  func possibleWinners(outcome: OutcomeID?) -> [RuleID] {
    let doubtful = doubtful(giving: outcome)
    guard !doubtful.isEmpty else { return sureWinners }
    let agreeing = sure.filter { rules[$0.index].outcome == outcome }
    let isOverridden = relation.overridden(by: sure)
    let open = merged(agreeing, doubtful).filter { !isOverridden[$0.index] }

    // The rules that spoil the way if too few doubtful rules apply.
    let isHeld = relation.overridden(by: agreeing)
    let isSpoilt = sure.contains { rules[$0.index].outcome != outcome && !isHeld[$0.index] }
    guard isSpoilt else { return open }

    let isContested = relation.overridden(by: doubtful)
    return open.filter { rule in
      guard isContested[rule.index] else { return true }
      let isAbove = relation.overriding(rule)
      let below = doubtful.filter { !isAbove[$0.index] }
      return agree(on: outcome, in: merged(sure, below))
    }
  }

  /// Whether the winners among the applying rules, of which there is at least one, all give the
  /// outcome.
  private func agree(on outcome: OutcomeID?, in applying: [RuleID]) -> Bool {
    relation.winners(among: applying).allSatisfy { rules[$0.index].outcome == outcome }
  }

  private func doubtful(giving outcome: OutcomeID?) -> [RuleID] {
    doubtful.filter { rules[$0.index].outcome == outcome }
  }

  private func merged(_ a: [RuleID], _ b: [RuleID]) -> [RuleID] {
    (a + b).sorted()
  }
}
