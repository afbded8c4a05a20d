package import Classes
package import Model
package import Syntax
import Values

/// In what the decisions of two policies differ, for all messages that both accept and all days from
/// 2000 to 2099.
package struct PolicyDifference: Sendable {
  /// Both policies over one vocabulary, which all ids here belong to.
  package let joint: JointPolicies
  /// No two of them have a message in common.
  package let groups: [DifferenceGroup]
  /// Whether there are groups that are not shown, because there are too many.
  package let hasMoreGroups: Bool
  /// Whether every question was answered: there are no groups but these.
  package let isProved: Bool

  /// Whether it is proved that every message is decided alike.
  package var isEqual: Bool {
    isProved && groups.isEmpty && !hasMoreGroups && !joint.hasNoMessages
  }

  /// Whether messages that lack facts are treated in another way.
  package var whenUnsureDiffers: Bool {
    let (was, now) = (joint.old.whenUnsure, joint.new.whenUnsure)
    return was?.outcome != now?.outcome || Set(was?.notes ?? []) != Set(now?.notes ?? [])
  }

  /// Whether nothing is to be reported but differences in words.
  package var isClean: Bool {
    isEqual && !whenUnsureDiffers && !joint.differences.contains(where: \.leavesOutMessages)
  }
}

/// All messages that two policies decide differently in one way.
package struct DifferenceGroup: Sendable {
  package let change: DecisionChange
  package let old: Side
  package let new: Side
  /// Which messages they are: those for which all properties of one of these are as said; and, unless
  /// `isExact`, which these deciders decide.
  package let conditions: [[Literal]]
  /// The same in the policies' own sentences, each to be joined by `and`.
  package let sentences: [[String]]
  /// Whether every message that meets a condition is of the group.
  package let isExact: Bool
  /// Whether there are more messages of this kind than the conditions say.
  package let hasMore: Bool
  package let example: Example

  package typealias Literal = (property: Property, isSo: Bool)

  /// What one of the policies decides.
  package struct Side: Sendable {
    /// The outcome; nil if there is no decision, or if it is one of several that stay the same.
    package let outcome: OutcomeID?
    /// Notes that this policy adds to every message of the group; where the outcome stays, those that the
    /// other one does not add.
    package let notes: [NoteID]
    /// Notes that this policy adds to some messages of the group to which the other one does not.
    package let notesOfSome: [NoteID]
    /// Who brings the outcome, or the notes where the outcome stays: each for some message.
    package let deciders: [DecisionMaker]
    /// Whether there are deciders that are not listed, as far as is known.
    package let hasMoreDeciders: Bool
  }

  package struct Example: Sendable {
    package let message: Message
    /// What the message has to say; all else does not matter.
    package let given: [FactID]
  }
}
