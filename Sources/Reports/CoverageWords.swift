import Analysis
import Coverage
import Engine
import Findings
import Model
import Syntax
import Values

/// What is said of one hole, in sentences for an officer.
struct CoverageWords {
  let result: CoverageResult
  /// Whether what it is about is named already.
  private var isUnderHeading = false

  init(result: CoverageResult) {
    self.result = result
  }

  /// What is not tried, under a heading that names what it is about.
  func sentence(_ hole: Hole, isUnderHeading: Bool) -> String {
    var words = self
    words.isUnderHeading = isUnderHeading
    return words.sentence(hole)
  }

  private var policy: Policy { result.policy }

  /// What is not tried, in one sentence without a message.
  func sentence(_ hole: Hole) -> String {
    switch hole.kind {
    case .rule(let use): rule(use)
    case .sentence(let place, let sentence, let isSo):
      "In no scenario does it matter to \(name(place)) that `\(text(sentence))` is "
        + (isSo ? "true." : "false.")
    case .overrides: "No scenario needs \(name(place(of: hole)))."
    case .outcome(let outcome): "No scenario ends in `\(policy.vocabulary[outcome].name)`."
    case .note(let note): "No scenario brings `\(policy.vocabulary[note].name)`."
    case .otherwise: "No scenario is left to `otherwise`."
    case .whenUnsure: "No scenario shows what happens when facts are missing: none is unsure."
    case .change(let change, let fault):
      "\(question(change)): \(supposition(change)), \(unmoved(fault))."
    }
  }

  /// A message that tells, and what becomes of it; nil if none is at hand.
  func example(_ hole: Hole) -> String? {
    guard let example = hole.example else { return nil }
    return
      "This would tell: \(message(example)). It comes out as \(words(example.today)); with the change it would be "
      + "\(words(example.changed))."
  }

  private func message(_ example: Hole.Example) -> String {
    guard let draft = example.draft else {
      let day = example.isOnUsualDay ? "" : ", on \(example.message.today.words)"
      return example.message.json(example.given, policy.vocabulary) + day
    }
    let given = draft.given.map { "`\($0)`" }.enumerated(with: "and")
    let parts = [
      draft.base.map { "like “\($0)”" } ?? "a message",
      given.isEmpty ? nil : "\(draft.base == nil ? "where" : "but given") \(given)",
      draft.day.map { "on \($0.words)" },
    ].compactMap(\.self)
    return parts.count == 1 && draft.base == nil
      ? "a message that says nothing" : parts.joined(separator: draft.base == nil ? " " : ", ")
  }

  /// An ending without marks: `send plain with consent note`.
  func plain(_ ending: Hole.Ending) -> String {
    words(ending).filter { $0 != "`" }
  }

  /// What it is about, and where that stands: `The rule “Families choose” (sen.rules:14)`.
  func heading(_ hole: Hole) -> String? {
    place(of: hole).map { place in
      let (name, span) = (name(place), span(place))
      let isPlaced = name.hasSuffix(".rules:\(line(span))")
      return name.prefix(1).uppercased() + name.dropFirst()
        + (isPlaced ? "" : " (\(policy.files.name(of: span)))")
    }
  }

  // MARK: - What is not told

  private func rule(_ use: Exercise.RuleUse) -> String {
    let name = name(.rule(use.rule))
    guard use.applies > 0 else { return "No scenario comes to \(name)." }
    let scenarios = counted(use.applies, "scenario")
    return "\(name.prefix(1).uppercased() + name.dropFirst()) never has its say: it applies in "
      + "\(scenarios), and is set aside in \(use.applies == 1 ? "it" : "all of them")."
  }

  private func question(_ change: Change) -> String {
    let name = name(change.place)
    let part = change.part.map { "`\(text($0))`" } ?? ""
    return switch change.kind {
    case .leftOut: "No scenario tells whether \(name) looks at \(part)"
    case .reversed: "No scenario tells whether \(name) wants \(part) or the opposite"
    case .joined: "No scenario tells whether \(name) wants all of this or any of it, \(part)"
    case .moved(let sentence): "No scenario tells \(part) from `\(sentence)` in \(name)"
    case .withoutValue(let value): "No scenario tells whether \(name) means `\(value)` in \(part)"
    case .from: "No scenario tells from which day on \(name) is in force"
    case .until: "No scenario tells until which day \(name) is in force"
    case .removed: "No scenario needs \(name)"
    case .outcome: "No scenario tells which outcome \(name) gives"
    case .withoutNote(let note):
      "No scenario tells whether \(name) brings `\(policy.vocabulary[note].name)`"
    case .settled: "No scenario tells whether \(name) looks at \(part)"
    }
  }

  private func supposition(_ change: Change) -> String {
    switch change.kind {
    case .leftOut, .withoutValue, .removed, .withoutNote, .settled: "without it"
    case .reversed: "turned round"
    case .joined(let byOr): byOr ? "with any of it" : "with all of it"
    case .moved: "with the one in place of the other"
    case .from(let day): "from \(day.words) on"
    case .until(let day): "until \(day.words)"
    case .outcome(let outcome): "with `\(policy.vocabulary[outcome].name)`"
    }
  }

  private func unmoved(_ fault: VariantComparison.Fault?) -> String {
    let pass =
      switch result.scenarioCount {
      case 0: "nothing would be noticed, for there are no scenarios"
      case 1: "the scenario still passes"
      case 2: "both scenarios still pass"
      default: "all \(result.scenarioCount) scenarios still pass"
      }
    let kept = policy.promises.isEmpty ? "" : ", and every promise is kept"
    guard let fault else { return pass + kept }
    let error =
      switch fault {
      case .conflict: "that rules disagree"
      case .gap: "that some messages are not decided"
      case .neverApplies(let rule): "that \(name(.rule(rule))) can never apply"
      }
    return "\(pass)\(kept); only `rulec check` would find \(error)"
  }

  // MARK: - Names

  private func text(_ part: Condition) -> String {
    switch part {
    case .test(let test): policy.text(of: test)
    case .not(.test(let test)): policy.text(of: test)
    case .always, .not, .and, .or, .definition: part.span.map(policy.text) ?? ""
    }
  }

  private func words(_ ending: Hole.Ending) -> String {
    switch ending {
    case .decided(let outcome, let notes):
      let names = notes.map { "`\(policy.vocabulary[$0].name)`" }
      return "`\(policy.vocabulary[outcome].name)`"
        + (names.isEmpty ? "" : " with \(names.enumerated(with: "and"))")
    case .unsure: return "unsure, because facts are missing"
    case .conflict: return "a contradiction, for rules disagree"
    case .gap: return "without a decision"
    }
  }

  private func name(_ place: Change.Place?) -> String {
    if isUnderHeading, let place { return shortName(place) }
    switch place {
    case .rule(let id)?:
      let rule = policy[id]
      let word = rule.kind == .guard ? "guard" : "rule"
      return rule.isNamed ? "the \(word) “\(rule.name)”" : "the \(word) at \(rule.name)"
    case .definition(let id)?: return "the definition “\(policy.vocabulary[id].phrase)”"
    case .otherwise?: return "`otherwise`"
    case .overrides(let line)?:
      return "the line `\(lineText(policy.overrides.lines[line].span))`"
    case nil: return ""
    }
  }

  private func shortName(_ place: Change.Place) -> String {
    switch place {
    case .rule(let id): policy[id].kind == .guard ? "the guard" : "the rule"
    case .definition: "the definition"
    case .otherwise: "`otherwise`"
    case .overrides: "the line"
    }
  }

  /// The text of the line that something stands on.
  private func lineText(_ span: Span) -> String {
    let file = policy.files[span.file]
    let range = file.range(ofLine: file.line(at: span.start))
    let whole = Span(
      file: span.file, start: UInt32(range.lowerBound), end: UInt32(range.upperBound))
    return policy.text(at: whole)
  }

  private func line(_ span: Span) -> Int { policy.files[span.file].line(at: span.start) }

  func place(of hole: Hole) -> Change.Place? {
    switch hole.kind {
    case .rule(let use): .rule(use.rule)
    case .sentence(let place, _, _): place
    case .overrides(let line): .overrides(line: line)
    case .change(let change, _): change.place
    case .outcome, .note, .otherwise, .whenUnsure: nil
    }
  }

  /// The words that a hole is about: the part of the condition, the rule, the declaration.
  func span(_ hole: Hole) -> Span {
    switch hole.kind {
    case .rule(let use): policy[use.rule].span
    case .sentence(let place, let sentence, _): sentence.span ?? span(place)
    case .overrides(let line): policy.overrides.lines[line].span
    case .outcome(let outcome): policy.vocabulary[outcome].span
    case .note(let note): policy.vocabulary[note].span
    case .otherwise: policy.otherwise?.span ?? nowhere
    case .whenUnsure: policy.whenUnsure?.span ?? nowhere
    case .change(let change, _): change.part.flatMap(\.span) ?? span(change.place)
    }
  }

  private func span(_ place: Change.Place) -> Span {
    switch place {
    case .rule(let rule): policy[rule].span
    case .definition(let definition): policy.vocabulary[definition].span
    case .otherwise: policy.otherwise?.span ?? nowhere
    case .overrides(let line): policy.overrides.lines[line].span
    }
  }

  private var nowhere: Span { Span(file: FileID(0), start: 0, end: 0) }
}
