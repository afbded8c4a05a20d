/// A condition as an author thinks of it, before it is written as a line or as bullets.
indirect enum Thought {
  case sentence(Sentence)
  case not(Thought)
  case and([Thought])
  case or([Thought])
  case unless(Thought, Thought)
}

extension Author {
  mutating func thought(depth: Int, testsOutcome: Bool = false) -> Thought {
    let choice = number(0...9)
    guard depth > 0, choice > 2 else { return .sentence(sentence(testsOutcome: testsOutcome)) }
    switch choice {
    case 3: return .not(thought(depth: depth - 1, testsOutcome: testsOutcome))
    case 4:
      return .unless(
        thought(depth: depth - 1, testsOutcome: testsOutcome),
        thought(depth: depth - 1, testsOutcome: testsOutcome))
    case 5...7: return .and(parts(depth, testsOutcome))
    default: return .or(parts(depth, testsOutcome))
    }
  }

  private mutating func parts(_ depth: Int, _ testsOutcome: Bool) -> [Thought] {
    var parts: [Thought] = []
    for _ in 0..<number(2...4) {
      if case .sentence(let last)? = parts.last, let phrase = last.goesOn, chance(30),
        let fact = facts.first(where: { $0.phrase == phrase })
      {
        parts.append(.sentence(sentence(about: fact, isPositive: true)))
      } else {
        parts.append(thought(depth: depth - 1, testsOutcome: testsOutcome))
      }
    }
    return parts
  }

  // MARK: On one line

  /// A condition as it stands on lines of which the later ones begin at a column.
  mutating func line(_ thought: Thought, column: Int) -> String {
    switch thought {
    case .sentence(let sentence): return sentence.text
    case .not(let part): return "not \(operand(part, column))"
    case .and(let parts): return junction(parts, "and", column)
    case .or(let parts): return junction(parts, "or", column)
    case .unless(let left, let right):
      let word = say(
        "unless", "except if", "except when", "but not where", ", unless", ", except where")
      let first = isJunction(left, "or") ? brackets(left, column) : operandOrJunction(left, column)
      return "\(first) \(word) \(operandOrJunction(right, column))"
        .replacing(" ,", with: ",")
    }
  }

  private mutating func operandOrJunction(_ thought: Thought, _ column: Int) -> String {
    if case .unless = thought { return brackets(thought, column) }
    return line(thought, column: column)
  }

  private mutating func operand(_ thought: Thought, _ column: Int) -> String {
    switch thought {
    case .sentence(let sentence): sentence.text
    case .not: line(thought, column: column)
    case .and, .or, .unless: brackets(thought, column)
    }
  }

  private mutating func brackets(_ thought: Thought, _ column: Int) -> String {
    let space = say("", " ")
    return "(\(space)\(line(thought, column: column))\(space))"
  }

  private func isJunction(_ thought: Thought, _ word: String) -> Bool {
    switch thought {
    case .and: word == "and"
    case .or: word == "or"
    case .sentence, .not, .unless: false
    }
  }

  private mutating func junction(_ parts: [Thought], _ word: String, _ column: Int) -> String {
    var text = ""
    var last: Sentence?
    for (index, part) in parts.enumerated() {
      if index > 0 {
        let comma = whim(10) ? "," : ""
        let space = whim(20) ? "\n" + String(repeating: " ", count: column) : " "
        text += comma + space + word + " "
      }
      if case .sentence(let sentence) = part, let earlier = last?.goesOn,
        sentence.goesOn == earlier,
        mayGoOn(sentence), whim(60)
      {
        text += goingOn(sentence)
        last = sentence
        continue
      }
      text += operand(part, column)
      if case .sentence(let sentence) = part { last = sentence } else { last = nil }
    }
    return text
  }

  private func mayGoOn(_ sentence: Sentence) -> Bool {
    !sentence.needsPhrase || sentence.verb != nil
  }

  private func goingOn(_ sentence: Sentence) -> String {
    sentence.verb.map { "\($0) \(sentence.ending)" } ?? sentence.ending
  }

  // MARK: As bullets

  /// A condition behind `if`: on one line, or as bullets.
  mutating func condition(_ thought: Thought, column: Int) -> String {
    switch thought {
    case .and(let parts) where whim(40):
      return block(
        say("all of", "all of these", "all of the following apply"), parts, "and", column)
    case .or(let parts) where whim(40):
      return block(say("any of", "either", "any of these are true"), parts, "or", column)
    case .not(.or(let parts)) where whim(40):
      return block(say("none of", "none of these"), parts, "or", column)
    case .unless(.and(let parts), let right) where whim(40):
      let left = block("all of", parts, "and", column)
      let indent = String(repeating: " ", count: column - 2)
      return "\(left)\n\(indent)unless \(operandOrJunction(right, column))"
    case .or(let parts) where whim(20) && areSentences(parts):
      return "either " + groupMembers(parts, "or", column)
    case .and(let parts) where whim(20) && areSentences(parts):
      return "both " + groupMembers(parts, "and", column)
    case .not(.or(let parts)) where whim(40) && areSentences(parts):
      return "neither " + groupMembers(parts, "nor", column)
    case .sentence, .not, .and, .or, .unless: return line(thought, column: column)
    }
  }

  private func areSentences(_ parts: [Thought]) -> Bool {
    parts.allSatisfy { part in
      guard case .sentence(let sentence) = part else { return false }
      return !sentence.text.contains("either") && !sentence.text.contains("both")
    }
  }

  private mutating func groupMembers(_ parts: [Thought], _ word: String, _ column: Int) -> String {
    parts.map { line($0, column: column) }.joined(separator: " \(word) ")
  }

  private mutating func block(
    _ head: String, _ parts: [Thought], _ word: String, _ column: Int
  ) -> String {
    let indent = String(repeating: " ", count: column)
    let sign = say("-", "-", "-", "•", "*")
    var text = "\(head):"
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      let begin = index > 0 ? say("", "", "", "\(word) ") : ""
      let end = isLast ? "" : say("", "", ",", ";", " \(word)")
      let hasBoth = !begin.isEmpty
      text +=
        "\n\(indent)\(sign) \(begin)\(condition(part, column: column + 4))\(hasBoth ? "" : end)"
    }
    return text
  }
}
