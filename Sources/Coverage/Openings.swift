import Analysis
import Findings
import Model
import Syntax

/// What is to be shown as a hole, and the change that a message for it has to tell.
struct Opening {
  let kind: Hole.Kind
  let change: Change?
}

/// Chooses what is worth an officer's look.
///
/// Of a rule that no scenario comes to only that is said; and of a sentence that could be left out or turned round
/// unnoticed, not as well that it was never true or never false.
struct Openings {
  private let policy: Policy
  private let exercise: Exercise
  private let tried: [TriedChange]
  private let sides: [SentenceSides]
  private let isUnused: [Bool]

  init(
    _ policy: Policy, _ exercise: Exercise, _ tried: [TriedChange], _ sides: [SentenceSides]
  ) {
    (self.policy, self.exercise, self.tried, self.sides) = (policy, exercise, tried, sides)
    isUnused = exercise.rules.map { $0.wins == 0 }
  }

  /// Rules, sentences, lines and the rest that no scenario comes to; then the changes that nobody notices.
  var all: [Opening] { rules + sentences + overrides + words + changes }

  private func isHidden(_ place: Change.Place) -> Bool {
    switch place {
    case .rule(let rule): isUnused[rule.index]
    case .otherwise: exercise.otherwise == 0
    case .definition, .overrides: false
    }
  }

  private var rules: [Opening] {
    exercise.rules.filter { $0.wins == 0 }.map { use in
      let removed = tried.first { $0.change.place == .rule(use.rule) && $0.change.kind == .removed }
      let tells = removed.map { $0.fate != .changesNothing } ?? false
      return Opening(kind: .rule(use), change: tells ? removed?.change : nil)
    }
  }

  private var sentences: [Opening] {
    let told = Set(
      tried.filter { $0.isUnnoticed }.compactMap { tried in
        tried.change.part.flatMap(\.span).map { Told(place: tried.change.place, span: $0) }
      })
    return zip(exercise.sentences, sides).flatMap { use, sides -> [Opening] in
      guard !isHidden(use.place), let span = use.sentence.span,
        !told.contains(Told(place: use.place, span: span))
      else { return [] }
      var openings: [Opening] = []
      if use.whenTrue == .missing {
        openings.append(
          Opening(kind: .sentence(use.place, use.sentence, isSo: true), change: sides.ifNever))
      }
      if use.whenFalse == .missing {
        openings.append(
          Opening(kind: .sentence(use.place, use.sentence, isSo: false), change: sides.ifAlways))
      }
      return openings
    }
  }

  private struct Told: Hashable {
    let place: Change.Place
    let span: Span
  }

  /// Those of which the loss would be noticed; of the others the loss itself is shown.
  private var overrides: [Opening] {
    exercise.overrides.filter { $0.side == .missing }.compactMap { use in
      let removed = tried.first { $0.change.place == .overrides(line: use.line) }
      guard let removed, !removed.isUnnoticed else { return nil }
      return Opening(kind: .overrides(line: use.line), change: removed.change)
    }
  }

  private var words: [Opening] {
    var kinds: [Hole.Kind] = []
    if policy.otherwise != nil, exercise.otherwise == 0 { kinds.append(.otherwise) }
    if policy.whenUnsure != nil, exercise.whenUnsure == 0, asksForRequiredFacts {
      kinds.append(.whenUnsure)
    }
    // Of what only rules give that no scenario comes to, that is said of the rules.
    let used = policy.rules.filter { !isUnused[$0.id.index] }
    kinds += policy.vocabulary.outcomes.map(\.id).filter { outcome in
      exercise.outcomes[outcome.index] == 0 && used.contains { $0.outcome == outcome }
    }.map { .outcome($0) }
    kinds += policy.vocabulary.notes.map(\.id).filter { note in
      exercise.notes[note.index] == 0 && used.contains { $0.notes.contains(note) }
    }.map { .note($0) }
    return kinds.map { Opening(kind: $0, change: nil) }
  }

  /// Whether a message can lack something that a rule asks for, even if every register can be reached.
  private var asksForRequiredFacts: Bool {
    policy.testsOfRules.contains { test in
      guard case .fact(let fact) = test.subject else { return false }
      return policy.vocabulary[fact].presence == .required
    }
  }

  private var changes: [Opening] {
    tried.compactMap { tried in
      if isHidden(tried.change.place) { return nil }
      switch tried.fate {
      case .unnoticed: return Opening(kind: .change(tried.change, nil), change: tried.change)
      case .stoppedByCheck(let fault):
        return Opening(kind: .change(tried.change, fault), change: tried.change)
      case .noticedByScenario, .noticedByPromise, .changesNothing, .notFoundOut: return nil
      }
    }
  }
}

extension TriedChange {
  /// Whether neither a scenario nor a promise notices it.
  var isUnnoticed: Bool {
    switch fate {
    case .unnoticed, .stoppedByCheck: true
    case .noticedByScenario, .noticedByPromise, .changesNothing, .notFoundOut: false
    }
  }
}
