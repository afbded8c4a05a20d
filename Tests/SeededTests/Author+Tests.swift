extension Author {
  // MARK: Promises

  mutating func promise(_ number: Int) -> String {
    let condition =
      chance(70) ? "  if \(condition(thought(depth: 2, testsOutcome: false), column: 6))" : nil
    let outcomes = some(self.outcomes, 1...2)
    let lists = lists.contains { $0.name == "ways out" }
    let named =
      lists && chance(30) ? say("one of ways out", "ways out") : outcomes.joined(separator: " or ")
    var never = "never \(named)"
    if outcomes.count == 2, !named.contains("ways") {
      never = say(
        never, "never \(outcomes[0]) or \(outcomes[1])", "never \(outcomes[0]), \(outcomes[1])")
    }
    let pledges = [
      "always \(named)", never, "always add \(pick(notes))", "never add \(pick(notes))",
      "never depends on \(dependsOn())",
    ]
    var lines = ["promise Promise number \(number)"]
    if let condition { lines.append(condition) }
    lines.append("  \(pick(pledges))")
    if chance(20) {
      let exception = thought(depth: 0)
      lines.append("  \(say("unless", "except when")) \(line(exception, column: 6))")
    }
    if chance(30) { lines.append("  because we promised") }
    if chance(20) { lines.append("  from 1 March 2026") }
    return lines.joined(separator: "\n")
  }

  private mutating func dependsOn() -> String {
    let facts = some(self.facts, 1...2)
    return facts.map { say($0.phrase, "the \($0.phrase)") }.joined(separator: " or ")
  }

  // MARK: Scenarios

  mutating func scenario(_ number: Int) -> String {
    var lines = ["scenario Case number \(number)"]
    if number > 0, chance(40) { lines.append("  like Case number \(self.number(0...number - 1))") }
    for fact in some(facts, 0...4) { lines.append("  given \(given(fact))") }
    if chance(50) { lines.append("  on \(day())") }
    switch self.number(0...4) {
    case 0: lines.append("  expect unsure")
    case 1: lines.append("  expect \(pick(outcomes)) with no notes")
    case 2: lines.append("  expect \(pick(outcomes))\(with(some(notes, 1...2)))")
    case 3: lines.append("  expect \(pick(outcomes))\n  by otherwise")
    default: break
    }
    return lines.joined(separator: "\n")
  }

  private mutating func given(_ fact: AuthoredFact) -> String {
    if chance(10) {
      return say("it is unknown what \(fact.phrase)", "it is unknown whether \(fact.phrase)")
    }
    if fact.isOptional, chance(20) { return "it is not recorded what \(fact.phrase)" }
    let phrase = phrase(of: fact, isPositive: true)
    switch fact.kind {
    case .choice(let values): return "\(phrase) \(pick(values))"
    case .set(let values):
      let some = some(values, 1...3)
      let and =
        some.count > 1
        ? some.dropLast().joined(separator: ", ") + " and " + some[some.count - 1] : some[0]
      if some.count == 2 {
        return "\(phrase) " + say(and, "both \(and)", "all of \(some[0]), \(some[1])")
      }
      return "\(phrase) " + (chance(20) ? "nothing" : and)
    case .flag: return self.phrase(of: fact, isPositive: chance(60))
    case .number: return "\(phrase) \(number(0...30))"
    case .date: return "\(phrase) \(chance(20) ? "today" : day())"
    case .text: return "\(phrase) \(say("\"a@gov.uk\"", "a@gov.uk"))"
    }
  }
}
