import Findings
import Model
import Syntax
import Values

#if canImport(Glibc)
  import Glibc
#endif

/// How often a property is tried: so many times, or as many times more as the environment's
/// `RULEC_SEEDED` says.
func seeds(_ usual: UInt64) -> Range<UInt64> {
  let times = getenv("RULEC_SEEDED").flatMap { UInt64(String(cString: $0)) } ?? 1
  let first = getenv("RULEC_SEEDED_FIRST").flatMap { UInt64(String(cString: $0)) } ?? 0
  return first..<first + usual * times
}

/// The day that counts as today.
let today = Day(year: 2026, month: 11, day: 23) ?? .first

/// What a text means, and what was found wrong with it on the way.
func resolved(_ text: PolicyText) -> (syntax: PolicySyntax, resolution: Resolution) {
  let syntax = read(text)
  return (syntax, resolve(syntax, text, today: today))
}

extension Resolution {
  /// The errors in words, with the lines they are on.
  var errors: [String] {
    findings.filter { $0.severity == .error }.map { finding in
      let file = files[finding.span.file]
      let line = file.line(at: finding.span.start)
      let text = String(decoding: file.bytes[file.range(ofLine: line)], as: UTF8.self)
      return "\(finding.code.rawValue): \(finding.message) [\(file.path):\(line)] \(text)"
    }
  }
}

extension PolicyText {
  /// All files one after the other, for a failing test to show.
  var shown: String {
    ruleFiles.map { "# ==== \($0.path)\n" + String(decoding: $0.bytes, as: UTF8.self) }.joined()
  }
}

/// What a policy says, with everything that depends on where it stands left out: two texts of one
/// meaning have the same one.
struct Essence: Equatable {
  var lines: Set<String>

  init(_ policy: Policy) {
    let vocabulary = policy.vocabulary
    var lines: [String] = []
    for fact in vocabulary.facts {
      lines.append(
        "fact \(Essence.plain(fact.phrase)) \(fact.kind) \(Essence.words(fact.presence)) \(fact.values) \(fact.path)"
      )
    }
    for definition in vocabulary.definitions {
      let words = Essence.words(definition.condition, vocabulary)
      lines.append("define \(Essence.plain(definition.phrase)): \(words)")
    }
    for rule in policy.rules {
      let outcome = rule.outcome.map { vocabulary[$0].name } ?? ""
      let notes = rule.notes.map { vocabulary[$0].name }
      let name = rule.isNamed ? rule.name : ""
      lines.append(
        "\(rule.kind) \(name) \(rule.section ?? "") \(Essence.words(rule.condition, vocabulary)) "
          + "\(outcome) \(notes) \(String(describing: rule.from)) \(String(describing: rule.until)) "
          + "\(rule.reasons) \(rule.authorities)")
    }
    for promise in policy.promises {
      lines.append(
        "promise \(promise.name) \(Essence.words(promise.condition, vocabulary)) "
          + Essence.words(promise.pledge, vocabulary))
    }
    for scenario in policy.scenarios {
      let given = scenario.given.map {
        "\(Essence.plain(vocabulary[$0].phrase)) \(Essence.words($1))"
      }.sorted()
      lines.append("scenario \(scenario.name) \(given) \(scenario.day)")
    }
    self.lines = Set(lines)
  }

  /// A phrase without the article that may stand before it.
  private static func plain(_ phrase: String) -> String {
    phrase.hasPrefix("the ") ? String(phrase.dropFirst(4)) : phrase
  }

  private static func words(_ presence: Fact.Presence) -> String {
    if case .defaulted(let value) = presence { return words(.value(value)) }
    return "\(presence)"
  }

  private static func words(_ given: Scenario.Given) -> String {
    if case .value(.set(let values)) = given { return "\(values.sorted())" }
    return "\(given)"
  }

  private static func words(_ pledge: Promise.Pledge, _ vocabulary: Vocabulary) -> String {
    switch pledge {
    case .always(let outcomes): "always \(outcomes.map { vocabulary[$0].name }.sorted())"
    case .never(let outcomes): "never \(outcomes.map { vocabulary[$0].name }.sorted())"
    case .alwaysAdd(let notes): "always add \(notes.map { vocabulary[$0].name }.sorted())"
    case .neverAdd(let notes): "never add \(notes.map { vocabulary[$0].name }.sorted())"
    case .neverDependsOn(let facts):
      "never depends on \(facts.map { plain(vocabulary[$0].phrase) }.sorted())"
    }
  }

  /// A condition in one form of words, levels of one connective put together.
  static func words(_ condition: Condition, _ vocabulary: Vocabulary) -> String {
    switch condition {
    case .always: "always"
    case .test(let test): words(test, vocabulary)
    case .not(let part): "not (\(words(part, vocabulary)))"
    case .and(let parts): joined(parts, "and", vocabulary)
    case .or(let parts): joined(parts, "or", vocabulary)
    case .definition(let use): plain(vocabulary[use.id].phrase)
    }
  }

  private static func joined(
    _ parts: [Condition], _ word: String, _ vocabulary: Vocabulary
  ) -> String {
    let level = parts.flatMap { part in
      switch part {
      case .and(let inner) where word == "and": inner
      case .or(let inner) where word == "or": inner
      case .always, .test, .not, .and, .or, .definition: [part]
      }
    }
    guard level.count == parts.count else { return joined(level, word, vocabulary) }
    guard parts.count != 1 else { return words(parts[0], vocabulary) }
    return "(\(parts.map { words($0, vocabulary) }.joined(separator: " \(word) ")))"
  }

  private static func words(_ test: Test, _ vocabulary: Vocabulary) -> String {
    let subject =
      switch test.subject {
      case .fact(let fact): plain(vocabulary[fact].phrase)
      case .outcome: "the outcome"
      case .today: "today"
      }
    switch test.predicate {
    case .isOneOf(let values): return "\(subject) one of \(values.sorted())"
    case .holdsAny(let values): return "\(subject) any of \(values.sorted())"
    case .holdsAll(let values): return "\(subject) all of \(values.sorted())"
    case .holdsNone(let values): return "\(subject) none of \(values.sorted())"
    case .isOutcome(let outcomes):
      return "\(subject) is \(outcomes.map { vocabulary[$0].name }.sorted())"
    case .isTrue, .isEmpty, .isNotEmpty, .isIn, .isDated, .matches, .isRecorded, .isWorkingDay:
      return "\(subject) \(test.predicate)"
    }
  }
}
