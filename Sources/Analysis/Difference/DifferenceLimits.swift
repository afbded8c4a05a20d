/// How much of a difference is shown.
package struct DifferenceLimits: Sendable {
  package var groups = 100
  /// Of one group.
  package var conditions = 12
  /// Of one group, before it is said in fewer words.
  package var easilyRead = 4
  /// Of one exact condition.
  package var facts = 8
  /// Groups in which the outcome stays.
  package var notesGroups = 8
  /// Of one side of a group.
  package var deciders = 8
  /// A question that takes more work is asked case by case.
  package var workAtOnce = 100_000
  /// Of policies of so many rules together, conditions are as short as can be.
  package var rulesAtOnce = 600

  package init() {}
}
