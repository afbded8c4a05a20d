package import Model
package import Syntax

/// What comes of a message: an outcome, or why there is none.
package enum DecisionResult: Hashable, Sendable {
  case decided(OutcomeID)
  /// Rules disagree, and none overrides the other.
  case conflict
  /// No rule decides, and there is no `otherwise`.
  case gap
}

/// The way in which two decisions about one message differ; messages of one way are one group.
///
/// Notes that come and go with the outcome do not make groups of their own: every rule about notes that
/// looks at the outcome would double their number.
package enum DecisionChange: Hashable, Sendable {
  case result(old: DecisionResult, new: DecisionResult)
  /// The outcome stays, whichever it is, and these notes are gone or new.
  case notes(lost: Set<NoteID>, gained: Set<NoteID>)
  /// The outcome stays, and notes change in a way that has no group of its own.
  case otherNotes

  /// Nil if the decisions are the same.
  package init?(
    _ old: (result: DecisionResult, notes: Set<NoteID>),
    _ new: (result: DecisionResult, notes: Set<NoteID>)
  ) {
    if old.result != new.result {
      self = .result(old: old.result, new: new.result)
    } else if old.notes != new.notes {
      self = .notes(
        lost: old.notes.subtracting(new.notes), gained: new.notes.subtracting(old.notes))
    } else {
      return nil
    }
  }
}

/// Who brings an outcome or a note.
package enum DecisionMaker: Hashable, Sendable {
  case rule(RuleID)
  case otherwise
}
