import Findings
import Syntax
import Values

/// What a sentence gives to a fact, before the scenario's day is known.
enum GivenReading: Equatable {
  case given(Scenario.Given)
  case today

  static func value(_ value: FactValue) -> GivenReading {
    .given(.value(value))
  }

  /// With `today` as the day on which the scenario runs.
  func on(_ day: Day) -> Scenario.Given {
    switch self {
    case .given(let given): given
    case .today: .value(.day(day))
    }
  }
}

/// Why a sentence gives no value to a fact.
enum GivenProblem: Error {
  case notOneValue
  case outOfRange(String)
}

extension Resolver {
  mutating func resolveScenarios() {
    var drafts: [ScenarioDraft] = []
    var names: [String: Int] = [:]
    for document in syntax.documents {
      for statement in document.statements {
        guard case .scenario(let scenario) = statement.kind else { continue }
        let key = Resolver.key(scenario.name.text)
        if let first = names[key] {
          report(
            .nameTwice(
              "scenario", scenario.name.text, scenario.name.span,
              first: drafts[first].syntax.name.span))
        }
        names[key] = drafts.count
        drafts.append(draft(scenario, whole: document.tokens.span(statement.range)))
      }
    }
    // One without an expectation is only there to be taken over.
    scenarioCount = drafts.count { !$0.expectations.isEmpty }
    fillIn(&drafts, names)
    for draft in drafts { finish(draft) }
  }

  /// A scenario's own lines.
  struct ScenarioDraft {
    let syntax: ScenarioSyntax
    let whole: Span
    var given: [FactID: GivenReading] = [:]
    var day: Day?
    var like: NameSyntax?
    var expectations: [(ExpectationSyntax, Span)] = []
    var winners: [NameSyntax] = []
  }

  private mutating func draft(_ scenario: ScenarioSyntax, whole: Span) -> ScenarioDraft {
    var draft = ScenarioDraft(syntax: scenario, whole: whole)
    var places: [FactID: Span] = [:]
    for clause in scenario.clauses {
      switch clause.kind {
      case .given(let condition): addGiven(condition, &draft, &places)
      case .on(let date):
        if draft.day != nil { report(.saidTwice("on", clause.keyword)) }
        if date.day < Day.firstProved || date.day > Day.lastProved {
          report(.dayNotProved(date))
        }
        draft.day = date.day
      case .like(let name):
        if draft.like != nil { report(.saidTwice("like", clause.keyword)) }
        draft.like = name
      case .expect(let expectation): draft.expectations.append((expectation, clause.keyword))
      case .by(let name): draft.winners.append(name)
      case .then, .because, .see, .overrides, .from, .until, .fromUntil, .unless, .negative, .path,
        .pledge, .pledgeCondition, .unreadable:
        break
      }
    }
    if draft.expectations.count > 1 {
      report(.saidTwice("expect", draft.expectations[1].1))
    }
    return draft
  }

  // MARK: Given

  private mutating func addGiven(
    _ condition: ConditionSyntax, _ draft: inout ScenarioDraft, _ places: inout [FactID: Span]
  ) {
    switch condition {
    case .test(let test): addGiven(test, &draft, &places)
    case .junction(let junction) where junction.connective == .and:
      for operand in junction.operands { addGiven(operand, &draft, &places) }
    case .unreadable: break
    case .not, .junction, .unless, .brackets, .block, .group:
      report(.givenIsNoFact(condition.span))
    }
  }

  private mutating func addGiven(
    _ test: TestSyntax, _ draft: inout ScenarioDraft, _ places: inout [FactID: Span]
  ) {
    guard case .fact(let fact) = test.subject else {
      report(.givenIsNoFact(test.span))
      return
    }
    if let first = places[fact] {
      report(.givenTwice(lexicon[fact].phrase.text, test.span, first: first))
      return
    }
    places[fact] = test.span
    switch givenValue(of: fact, test.ending, isNegated: test.isNegated) {
    case .success(let given):
      if given == .given(.absent), lexicon[fact].presence != .optional {
        report(.alwaysRecorded(lexicon[fact], test.span))
      }
      draft.given[fact] = given
    case .failure(.notOneValue):
      report(.givenNotOneValue(lexicon[fact].phrase.text, test.span))
    case .failure(.outOfRange(let why)):
      report(.givenOutOfRange(lexicon[fact].phrase.text, why, test.span))
    }
  }

  /// The value that a sentence gives to a fact.
  mutating func givenValue(of fact: FactID, _ ending: EndingSyntax, isNegated: Bool)
    -> Result<GivenReading, GivenProblem>
  {
    switch ending {
    case .unknown: return isNegated ? .failure(.notOneValue) : .success(.given(.unknown))
    case .recorded: return isNegated ? .success(.given(.absent)) : .failure(.notOneValue)
    case .negated(.recorded): return isNegated ? .failure(.notOneValue) : .success(.given(.absent))
    case .none: return .success(.value(.flag(!isNegated)))
    case .negated(.none): return .success(.value(.flag(isNegated)))
    case .nothing: return isNegated ? .failure(.notOneValue) : .success(.value(.set([])))
    case .values(let quantifier, let values):
      guard !isNegated else { return .failure(.notOneValue) }
      return givenValue(of: fact, quantifier, values)
    case .listExcept, .negated, .anything, .number, .date, .text: return .failure(.notOneValue)
    }
  }

  private mutating func givenValue(
    of fact: FactID, _ quantifier: EndingSyntax.Quantifier, _ values: [ValueSyntax]
  ) -> Result<GivenReading, GivenProblem> {
    if lexicon[fact].isSet {
      let isWhole = quantifier == .allOf || (quantifier == .single && values.count == 1)
      guard isWhole else { return .failure(.notOneValue) }
      if quantifier == .single, case .list = values[0].kind { return .failure(.notOneValue) }
      return .success(.value(.set(valueIDs(values, of: fact))))
    }
    guard quantifier == .single, values.count == 1 else { return .failure(.notOneValue) }
    switch values[0].kind {
    case .value(let value): return .success(.value(.choice(value)))
    case .number(let number): return inRange(number, of: fact)
    case .day(let day): return .success(.value(.day(day)))
    case .text(let text): return .success(.value(.text(text)))
    case .today: return .success(.today)
    case .list, .outcome: return .failure(.notOneValue)
    }
  }

  private func inRange(_ number: Decimal6, of fact: FactID) -> Result<GivenReading, GivenProblem> {
    guard case .number(let type) = lexicon[fact].type else { return .failure(.notOneValue) }
    if type.isWhole, !number.isWhole { return .failure(.outOfRange("it is a whole number")) }
    if let low = type.low, number < low { return .failure(.outOfRange("it is at least \(low)")) }
    if let high = type.high, number > high { return .failure(.outOfRange("it is at most \(high)")) }
    return .success(.value(.number(number)))
  }

  // MARK: `like` and `expect`

  /// Fills in what `like` takes over.
  private mutating func fillIn(_ drafts: inout [ScenarioDraft], _ names: [String: Int]) {
    var isFilled = Array(repeating: false, count: drafts.count)
    for index in drafts.indices where !isFilled[index] {
      let chain = chain(from: index, drafts, names, isFilled)
      for scenario in chain.reversed() {
        isFilled[scenario] = true
        guard let name = drafts[scenario].like, let next = names[Resolver.key(name.text)] else {
          continue
        }
        drafts[scenario].given = drafts[next].given.merging(drafts[scenario].given) { $1 }
        drafts[scenario].day = drafts[scenario].day ?? drafts[next].day
      }
    }
  }

  /// The scenarios that take over one from another, up to the first that is filled in already or is
  /// like no other. Reports a name that nothing declares, and a circle.
  private mutating func chain(
    from start: Int, _ drafts: [ScenarioDraft], _ names: [String: Int], _ isFilled: [Bool]
  ) -> [Int] {
    var chain = [start]
    var places = [start: 0]
    while let name = chain.last.flatMap({ drafts[$0].like }) {
      guard let next = names[Resolver.key(name.text)] else {
        let known = findings.count < 100 ? drafts.map(\.syntax.name.text) : []
        report(.unknownName("scenario", name, nearest: Spelling.nearest(name.text, in: known)))
        break
      }
      if let place = places[next] {
        // Once a circle: at the first scenario that takes part in it.
        if let first = chain[place...].min(), let name = drafts[first].like {
          report(.likeCircle(name))
        }
        break
      }
      guard !isFilled[next] else { break }
      places[next] = chain.count
      chain.append(next)
    }
    return chain
  }

  /// Resolves what is expected of a scenario that is filled in.
  private mutating func finish(_ draft: ScenarioDraft) {
    let today = draft.day ?? Resolver.usualDay
    scenarios.append(
      Scenario(
        name: draft.syntax.name.text, like: draft.like?.text,
        given: draft.given.mapValues { $0.on(today) }, day: today,
        expectations: expectations(draft), span: draft.syntax.name.span,
        end: draft.whole.after))
  }

  /// Today, in a scenario that does not say it.
  private static let usualDay = Day(year: 2026, month: 1, day: 1) ?? .firstProved

  /// The rule without a name that stands at a place such as `sen.rules:14`.
  private func rule(atPlace name: String) -> Rule? {
    let key = Resolver.key(name)
    return rules.first { Resolver.key($0.name) == key }
  }

  private mutating func expectations(_ draft: ScenarioDraft) -> [(Scenario.Expectation, Span)] {
    var result: [(Scenario.Expectation, Span)] = []
    for (expectation, span) in draft.expectations {
      switch expectation {
      case .unsure: result.append((.unsure, span))
      case .outcome(let outcome, let notes):
        switch notes {
        case .any: result.append((.outcome(outcome.outcome, notes: nil), span))
        case .exactly(let notes):
          result.append((.outcome(outcome.outcome, notes: Set(notes.map(\.note))), span))
        }
      }
    }
    for name in draft.winners {
      if Resolver.key(name.text) == "otherwise" {
        result.append((.byOtherwise, name.span))
      } else if let rule = ruleNames[Resolver.key(name.text)] {
        result.append((.by(Set(rule.rules), name: rule.display), name.span))
      } else if TextMatch.contains.matches(name.text, ".rules:"),
        let rule = rule(atPlace: name.text)
      {
        result.append((.by([rule.id], name: rule.name), name.span))
      } else {
        report(.unknownName("rule", name, nearest: nearestRule(name.text)))
      }
    }
    return result
  }
}
