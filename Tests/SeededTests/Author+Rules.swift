/// A rule under way: where it stands, what it may override, and how it is called.
struct AuthoredRule {
  enum Kind: CaseIterable {
    case decision, `guard`, note
  }

  let name: String?
  let kind: Kind
  let section: Int?
  let text: String
}

extension Author {
  static let sectionNames = ["Stop rules", "Law and form", "What people want", "Ordinary letters"]

  /// Rules in the order in which they may override each other: only those behind override others.
  mutating func rules() -> [AuthoredRule] {
    var rules: [AuthoredRule] = []
    for section in [nil, 0, 1, 2, 3] as [Int?] {
      for _ in 0..<number(0...4) { rules.append(rule(section, rules)) }
      if chance(20) { rules.append(table(section, rules.count)) }
    }
    return rules
  }

  /// The line under a section's name: it overrides one that comes before it.
  mutating func sectionClauses(_ section: Int) -> [String] {
    guard section > 0, chance(60) else { return [] }
    return ["  overrides section \(Author.sectionNames[number(0...section - 1)])"]
  }

  private mutating func rule(_ section: Int?, _ earlier: [AuthoredRule]) -> AuthoredRule {
    let kind = AuthoredRule.Kind.allCases[[0, 0, 0, 1, 2][number(0...4)]]
    let isNamed = namesEverything || kind == .guard || chance(70)
    let name = isNamed ? "Rule number \(earlier.count) of the policy" : nil
    let head = kind == .guard ? "guard" : "rule"
    let thought = thought(depth: number(0...3), testsOutcome: kind != .decision)
    let condition = condition(thought, column: 6)
    var lines: [String] = []
    if let name {
      lines.append("\(head) \(name)\(say("", ".", "  "))")
      lines.append("  \(say("if", "If")) \(condition)")
    } else {
      lines.append("\(say("if", "If")) \(condition)")
    }
    let comma = whim(10) ? "," : ""
    let isBroken = chance(50)
    let separator = isBroken || condition.contains("\n") ? "\n  " : " "
    lines[lines.count - 1] += comma + separator + "then " + consequent(kind) + say("", ".")
    lines += clauses(kind, section, earlier)
    return AuthoredRule(
      name: name, kind: kind, section: section, text: lines.joined(separator: "\n"))
  }

  private mutating func consequent(_ kind: AuthoredRule.Kind) -> String {
    if kind == .note { return "add \(some(notes, 1...2).joined(separator: " and "))" }
    return pick(outcomes) + with(some(notes, 0...2))
  }

  /// ` with A and B`, in one of the ways in which that is said.
  mutating func with(_ notes: [String]) -> String {
    guard !notes.isEmpty else { return "" }
    let names = notes.joined(separator: " and ")
    return say(" with \(names)", " and add \(names)", ", add \(names)", " and \(names)")
  }

  private mutating func clauses(
    _ kind: AuthoredRule.Kind, _ section: Int?, _ earlier: [AuthoredRule]
  ) -> [String] {
    var lines: [String] = []
    if chance(20) {
      let word = say("unless", "except if", "but not when")
      let exception = thought(depth: 1, testsOutcome: kind != .decision)
      if case .unless = exception {
      } else {
        lines.append("  \(word) \(line(exception, column: 6))")
      }
    }
    if chance(30) {
      lines.append("  because \(pick(["people asked for it", "it's the law", "we said so"]))")
    }
    if chance(20) {
      lines.append("  see case #\(number(1...99)) of \(number(2001...2025)), page 3")
    }
    if chance(12) { lines += period() }
    let targets = earlier.filter {
      $0.kind == kind && $0.name != nil && !$0.text.hasPrefix("table")
    }
    if !targets.isEmpty, chance(35) {
      for target in some(targets, 1...2) { lines.append("  overrides \(target.name ?? "")") }
    }
    if let section, section > 0, chance(15) {
      lines.append("  overrides section \(Author.sectionNames[number(0...section - 1)])")
    }
    return lines
  }

  private mutating func period() -> [String] {
    let (from, until) = (
      ["1 January 2026", "2 February 2026"], ["31 December 2026", "30 June 2027"]
    )
    let (first, last) = (pick(from), pick(until))
    switch number(0...2) {
    case 0: return ["  from \(first)"]
    case 1: return ["  until \(last)"]
    default:
      return whim(50)
        ? [say("  from \(first) to \(last)", "  from \(first) until \(last)")]
        : ["  from \(first)", "  until \(last)"]
    }
  }

  // MARK: Tables

  private mutating func table(_ section: Int?, _ number: Int) -> AuthoredRule {
    let headings = some(facts, 1...3)
    let isNotes = chance(30)
    let hasReason = chance(40)
    var rows = [
      headings.map { say($0.phrase, "the \($0.phrase)") } + ["then"]
        + (hasReason ? ["because"] : [])
    ]
    for _ in 0..<self.number(1...4) {
      var row = headings.map { cell($0) }
      row.append(isNotes ? "add \(pick(notes))" : pick(outcomes) + with(some(notes, 0...1)))
      if hasReason { row.append(pick(["", "so it was said"])) }
      rows.append(row)
    }
    var lines = rows.map { "  | " + $0.joined(separator: say(" | ", "|", "   | ")) + " |" }
    if whim(20) {
      lines.insert("  |" + String(repeating: "---|", count: rows[0].count), at: 1)
    }
    let because = chance(30) ? ["  because the table says so"] : []
    let text = ["table Letters of table \(number)"] + lines + because
    return AuthoredRule(
      name: nil, kind: isNotes ? .note : .decision, section: section,
      text: text.joined(separator: "\n"))
  }

  private mutating func cell(_ fact: AuthoredFact) -> String {
    if chance(25) { return say("any", "-", "") }
    if case .flag = fact.kind { return chance(50) ? "yes" : "no" }
    let isNegated = chance(20)
    isInGroup = true
    defer { isInGroup = false }
    let ending = ending(of: fact, isNegated: true)
    if let verb = ending.verb { return "\(verb.positive) \(ending.text)" }
    return isNegated && ending.mayBeNegated ? "not \(ending.text)" : ending.text
  }
}
