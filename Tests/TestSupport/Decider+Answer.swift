package import Model
package import Program
import Syntax
import Values

extension Decider {
  /// What the program answers, in the reference's words.
  package func answer(to message: Message) -> Meaning.Answer {
    self.message.set(message.values)
    let verdict = decide(today: message.today.number)
    switch verdict.kind {
    case .gap: return .gap
    case .conflict: return .conflict(winnerSet)
    case .decided:
      return .decided(
        Meaning.Verdict(
          outcome: OutcomeID(verdict.outcome), notes: noteSet, winners: winnerSet,
          isByOtherwise: verdict.isByOtherwise))
    case .unsure:
      let notes = noteSet
      gatherDoubts()
      return .unsure(
        outcome: OutcomeID(verdict.outcome), notes: notes, inDoubt: winnerSet,
        missing: Set(missing.map(FactID.init)))
    }
  }

  private var winnerSet: Set<RuleID> {
    Set((0..<winnerCount).map { RuleID(winners[$0]) })
  }

  private var noteSet: Set<NoteID> {
    Set(noteNumbers.map(NoteID.init))
  }
}
