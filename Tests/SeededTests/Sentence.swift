/// One test as an author writes it.
struct Sentence {
  /// The positive or negative phrase; of a text's `starts with`, without its `is`.
  var phrase: String
  var ending: String
  /// The fact whose positive test this is, so that an ending may go on from it.
  var goesOn: String?
  /// Whether the ending could not stand without its phrase: a value alone, or nothing at all.
  var needsPhrase = true
  /// `starts with`, where it stands in place of the phrase's `is`.
  var verb: String?

  var text: String { ending.isEmpty ? phrase : "\(phrase) \(ending)" }
}

/// An ending, and what may be done with it.
struct Ending {
  var text: String
  var mayBeNegated = true
  var isPlainValue = false
  /// `starts` of `starts with`: stands in place of the phrase's `is`.
  var verb: (positive: String, negative: String)?
}

extension Author {
  /// A sentence about a fact, a definition, today, or the outcome where that may be tested.
  mutating func sentence(testsOutcome: Bool) -> Sentence {
    if testsOutcome, chance(30) { return outcomeSentence() }
    if chance(4) {
      return Sentence(
        phrase: chance(50) ? "today is a working day" : "today is not a working day", ending: "")
    }
    let all = facts + definitions
    return sentence(about: pick(all), isPositive: chance(70))
  }

  private mutating func outcomeSentence() -> Sentence {
    let phrase = say("the outcome is", "outcome is") + (chance(25) ? " not" : "")
    let names = some(outcomes, 1...2)
    guard chance(70) || !lists.contains(where: { $0.name == "ways out" }) else {
      return Sentence(phrase: phrase, ending: say("one of ways out", "ways out"))
    }
    return Sentence(phrase: phrase, ending: names.joined(separator: " or "))
  }

  mutating func sentence(about fact: AuthoredFact, isPositive: Bool) -> Sentence {
    if case .flag = fact.kind {
      return Sentence(phrase: phrase(of: fact, isPositive: isPositive), ending: "")
    }
    if fact.isOptional, chance(15) { return recordedSentence(fact, isPositive: isPositive) }
    let ending = ending(of: fact, isNegated: !isPositive)
    let isPositive = isPositive || !ending.mayBeNegated
    if let verb = ending.verb {
      let phrase = "\(article())\(fact.withoutBe) \(isPositive ? verb.positive : verb.negative)"
      var sentence = Sentence(phrase: phrase, ending: ending.text)
      if isPositive { (sentence.goesOn, sentence.verb) = (fact.phrase, verb.positive) }
      return sentence
    }
    if !isPositive, let other = otherThan(fact, ending) {
      return Sentence(phrase: phrase(of: fact, isPositive: true), ending: other)
    }
    var sentence = Sentence(phrase: phrase(of: fact, isPositive: isPositive), ending: ending.text)
    if isPositive {
      sentence.goesOn = fact.phrase
      sentence.needsPhrase = ending.isPlainValue
    }
    return sentence
  }

  /// Another way to say that a fact has none of some values, where the ending is values alone.
  private mutating func otherThan(_ fact: AuthoredFact, _ ending: Ending) -> String? {
    guard ending.isPlainValue, !ending.text.hasPrefix("one of"), !ending.text.contains(" of "),
      !ending.text.contains("either"), !ending.text.contains(" list "),
      !ending.text.hasPrefix("in "),
      !ending.text.hasPrefix("on ")
    else { return nil }
    if case .set = fact.kind { return nil }
    let forms = [nil, "other than", "anything but"] as [String?]
    let form = forms[Int.random(in: 0..<3, using: &style)]
    return isPlain ? nil : form.map { "\($0) \(ending.text)" }
  }

  private mutating func recordedSentence(_ fact: AuthoredFact, isPositive: Bool) -> Sentence {
    let no = isPositive ? "" : "not "
    var forms = [
      "it is \(no)recorded what \(fact.phrase)", "it is \(no)recorded when the \(fact.phrase)",
      "it is \(no)recorded whether \(fact.phrase)",
    ]
    if fact.endsInBe {
      let be = fact.phrase.split(separator: " ").last ?? ""
      let bare = fact.phrase.dropLast(be.count + 1)
      forms += ["\(fact.phrase) \(no)recorded", "it is \(no)recorded what \(bare)"]
    }
    return Sentence(phrase: say(forms), ending: "")
  }

  mutating func phrase(of fact: AuthoredFact, isPositive: Bool) -> String {
    let words = isPositive ? fact.phrase : say(fact.negatives)
    if whim(6) { return article() + words.prefix(1).uppercased() + words.dropFirst() }
    return article() + words
  }

  private mutating func article() -> String { whim(25) ? "the " : "" }

  // MARK: Endings

  mutating func ending(of fact: AuthoredFact, isNegated: Bool) -> Ending {
    switch fact.kind {
    case .choice(let values): choiceEnding(fact, values)
    case .set(let values): setEnding(fact, values)
    case .flag: Ending(text: "")
    case .number(let unit): numberEnding(unit, isNegated: isNegated)
    case .date: dateEnding(fact, isNegated: isNegated)
    case .text: textEnding()
    }
  }

  /// Several values, as a fact of one value takes them.
  private mutating func oneOf(_ values: [String]) -> String {
    guard values.count > 1 else { return values[0] }
    let listed = values.joined(separator: ", ")
    let last = values.dropLast().joined(separator: ", ") + " or " + values[values.count - 1]
    var forms = ["one of \(listed)", last, "one of \(last)", "any of \(listed)"]
    if values.count == 2, !isInGroup { forms.append("either \(last)") }
    return say(forms)
  }

  private mutating func choiceEnding(_ fact: AuthoredFact, _ values: [String]) -> Ending {
    let ours = lists.filter { list in
      if case .values(fact.phrase) = list.kind { true } else { false }
    }
    if !ours.isEmpty, chance(35) {
      let list = pick(ours)
      let name = list.name
      let words = say(
        "one of \(name)", "on the list \(name)", "in \(name)", "any of \(name)",
        "in the list \(name)")
      let left = Set(list.values).count
      if left > 1, chance(40) {
        return Ending(text: "\(words) other than \(list.values[0])")
      }
      return Ending(text: words)
    }
    return Ending(text: oneOf(some(values, 1...3)), isPlainValue: true)
  }

  private mutating func setEnding(_ fact: AuthoredFact, _ values: [String]) -> Ending {
    let ours = lists.filter { list in
      if case .values(fact.phrase) = list.kind { true } else { false }
    }
    if !ours.isEmpty, chance(30) {
      let name = pick(ours).name
      let any = say("any of \(name)", name)
      let all = ["all of \(name)", "none of \(name)"]
      return Ending(text: chance(50) ? any : pick(all), isPlainValue: true)
    }
    let some = some(values, 1...3)
    let listed = some.joined(separator: ", ")
    let kind = number(0...4)
    if kind == 0 { return Ending(text: pick(["nothing", "anything"]), isPlainValue: true) }
    guard some.count > 1 else { return Ending(text: some[0], isPlainValue: true) }
    let and = some.dropLast().joined(separator: ", ") + " and " + some[some.count - 1]
    let or = some.dropLast().joined(separator: ", ") + " or " + some[some.count - 1]
    switch kind {
    case 1:
      var forms = ["all of \(listed)", "all of \(and)"]
      if some.count == 2, !isInGroup { forms.append("both \(and)") }
      return Ending(text: say(forms), isPlainValue: true)
    case 2: return Ending(text: say("none of \(listed)", "none of \(or)"), isPlainValue: true)
    default:
      var forms = ["any of \(listed)", or, "any of \(or)"]
      if some.count == 2, !isInGroup { forms.append("either \(or)") }
      return Ending(text: say(forms), isPlainValue: true)
    }
  }

  private mutating func textEnding() -> Ending {
    let texts = ["\"gov.uk\"", "\"nhs.net\"", "\"Say \\\"hi\\\"\"", "\"two words\""]
    let some = some(texts, 1...2)
    let lists = lists.filter { if case .texts = $0.kind { true } else { false } }
    let values: [String] = some.map { text in
      text == "\"gov.uk\"" || text == "\"nhs.net\""
        ? say(text, String(text.dropFirst().dropLast())) : text
    }
    let listed = lists.isEmpty || chance(60) ? nil : pick(lists).name
    switch number(0...5) {
    case 0, 1:
      if let listed {
        return Ending(text: say("one of \(listed)", "on the list \(listed)", "in \(listed)"))
      }
      return Ending(text: oneOf(values), isPlainValue: true)
    case 2:
      let text = listed ?? values.joined(separator: ", ")
      let head =
        listed == nil && values.count == 1
        ? say("in the domain", "in the domains") : "in one of the domains"
      return Ending(text: "\(head) \(text)")
    default:
      let verbs = [
        ("starts with", "does not start with"), ("ends with", "does not end with"),
        ("contains", "does not contain"),
      ]
      let text = listed.map { "one of \($0)" } ?? oneOf(some)
      return Ending(text: text, verb: pick(verbs))
    }
  }
}
