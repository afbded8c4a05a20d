package import JSON
package import Model
package import Program
package import Values

/// What all streams of decisions by one policy share.
package struct DecisionSetup: Sendable {
  /// Writes what explains a decision, as one JSON value.
  package typealias ExplanationWriter = @Sendable (Explanation, inout JSONWriter) -> Void

  /// What the records hold beside the decision.
  package struct Options: Sendable {
    /// The field of an array whose elements are decided one by one, each laid over the message.
    package var each: String?
    /// Whether the notes' texts are written, with their facts filled in.
    package var texts: Bool
    /// Writes the explanations; nil for records without.
    package var explain: ExplanationWriter?

    package init(each: String? = nil, texts: Bool = false, explain: ExplanationWriter? = nil) {
      self.each = each
      self.texts = texts
      self.explain = explain
    }
  }

  let options: Options
  let program: Program
  let vocabulary: Vocabulary
  package let decoder: MessageDecoder
  package let format: LineFormat
  let defaultDay: Day
  /// What explanations are taken from.
  let evaluator: Evaluator?

  /// Decisions by one policy; messages that do not say `on` are decided on that day.
  package init(_ policy: Policy, options: Options, defaultDay: Day) {
    self.init(
      Program(policy), policy.vocabulary, meaning: policy, options: options,
      defaultDay: defaultDay)
  }

  /// Decisions by a program, whose messages are read with that vocabulary; explained only where the policy's
  /// meaning is given.
  package init(
    _ program: Program, _ vocabulary: Vocabulary, meaning: Policy?, options: Options,
    defaultDay: Day
  ) {
    self.options = options
    self.program = program
    self.vocabulary = vocabulary
    self.defaultDay = defaultDay
    decoder = MessageDecoder(vocabulary, passing: options.each.map { [$0] } ?? [])
    format = LineFormat(program)
    evaluator = options.explain == nil ? nil : meaning.map(Evaluator.init)
  }

  /// What counts the decisions by these rules.
  package func makeTally() -> DecisionTally {
    DecisionTally(program, outcomes: vocabulary.outcomes.map(\.name))
  }
}
