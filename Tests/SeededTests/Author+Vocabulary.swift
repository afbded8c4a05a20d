extension Author {
  private struct Template {
    let phrase: String
    let negatives: [String]
    /// Whether the negative must be declared because it cannot be derived, or is another.
    var isOwn = false
  }

  /// Declares the words of a policy; gives the statements and the list files that they name.
  mutating func vocabulary() -> (statements: [String], files: [String: String]) {
    var statements: [String] = []
    let names = [
      "send plain", "send encrypted", "hold for review", "call the family", "\"post and call\"",
    ]
    outcomes = some(names, 2...5)
    statements += outcomes.map { "\(say("outcome", "Outcome")) \($0)" }
    let noteNames = ["consent note", "deadline banner", "large-print copy", "\"check and sign\""]
    notes = some(noteNames, 1...4)
    for template in Author.choices where chance(60) || facts.isEmpty {
      let values = some(Author.valuePools[facts.count % Author.valuePools.count], 2...5)
      declare(template, .choice(values), "one of \(joined(values, "or"))", &statements)
    }
    for template in Author.sets where chance(60) {
      let values = some(Author.setPools[facts.count % Author.setPools.count], 2...5)
      declare(template, .set(values), "any of \(joined(values, "or"))", &statements)
    }
    for template in Author.flags where chance(60) {
      declare(template, .flag, "yes or no", &statements)
    }
    for template in Author.numbers where chance(70) {
      let unit = pick([nil, "MB", "£", "point"] as [String?])
      declare(template, .number(unit: unit), numberType(unit), &statements)
    }
    for template in Author.dates where chance(70) { declare(template, .date, "date", &statements) }
    for template in Author.texts where chance(70) { declare(template, .text, "text", &statements) }
    for name in notes { statements.append(note(name)) }
    let (declared, files) = declareLists()
    return (statements + declared, files)
  }

  private mutating func numberType(_ unit: String?) -> String {
    let type = pick(["number", "whole number"])
    let range = pick(["", " from 0", " from -5 to 900", " from 0 to 5000"])
    guard let unit else { return type + range }
    return say("\(type) of \(unit)\(range)", "\(type)\(range) of \(unit)")
  }

  private mutating func declare(
    _ template: Template, _ kind: AuthoredFact.Kind, _ type: String, _ statements: inout [String]
  ) {
    let presence = pick(["", "recorded", "recorded", "absent"])
    facts.append(
      AuthoredFact(
        phrase: template.phrase, negatives: template.negatives, kind: kind,
        isOptional: presence == "recorded"))
    var text = "fact \(say("", "the "))\(template.phrase): \(type)"
    switch presence {
    case "recorded": text += say(", if recorded", " if recorded", "\n  if recorded")
    case "absent": text += ", if absent \(defaultValue(kind))"
    default: break
    }
    var lines: [String] = []
    if chance(25) { lines.append("from \(pick(["message", "case.data"])).field_\(facts.count)") }
    if template.isOwn { lines.append("negative \(template.negatives[0])") }
    statements.append(([text] + lines.map { "  \($0)" }).joined(separator: "\n"))
  }

  private mutating func defaultValue(_ kind: AuthoredFact.Kind) -> String {
    switch kind {
    case .choice(let values): pick(values)
    case .set(let values):
      pick([
        "nothing", values[0], "\(values[0]) and \(values[1])", "all of \(values[0]), \(values[1])",
      ])
    case .flag: pick(["yes", "no"])
    case .number: pick(["0", "3", "12"])
    case .date: day()
    case .text: pick(["\"nobody\"", "a@b.gov.uk"])
    }
  }

  private mutating func note(_ name: String) -> String {
    guard chance(70) else { return "note \(name)" }
    let filled = chance(40) ? " It says {\(pick(facts).phrase)}." : ""
    return "note \(name): \"You asked us, \\\"please\\\".\(filled)\""
  }

  // MARK: Lists

  private mutating func declareLists() -> (statements: [String], files: [String: String]) {
    var statements: [String] = []
    var files: [String: String] = [:]
    func add(_ list: AuthoredList, _ items: [String], _ author: inout Author) {
      author.lists.append(list)
      statements.append("list \(list.name): \(author.joined(items, "or"))")
    }
    for fact in facts where !fact.values.isEmpty && chance(60) {
      let values = some(fact.values, 1...3)
      let name = "group \(lists.count) of them"
      add(AuthoredList(name: name, kind: .values(of: fact.phrase), values: values), values, &self)
      guard chance(40) else { continue }
      let more = some(fact.values, 1...2)
      let outer = AuthoredList(
        name: "wider group \(lists.count)", kind: .values(of: fact.phrase), values: values + more)
      add(outer, [name] + more, &self)
    }
    if chance(70) {
      let texts = ["\"gov.uk\"", "\"nhs.net\"", "\"a \\\"b\\\" c\""]
      add(AuthoredList(name: "secure domains", kind: .texts, values: texts), texts, &self)
    }
    if chance(50) {
      files["senders.txt"] = "# Who is trusted\n\npat@example.org  # a colleague\n\"x y\"\nplain\n"
      lists.append(AuthoredList(name: "trusted senders", kind: .texts, values: []))
      statements.append("list trusted senders from \"senders.txt\"")
    }
    if chance(60) {
      let days = [day(), day()]
      add(AuthoredList(name: "holidays", kind: .days, values: days), days, &self)
    }
    if chance(50) {
      let some = some(outcomes, 1...2)
      add(AuthoredList(name: "ways out", kind: .outcomes, values: some), some, &self)
    }
    return (statements, files)
  }

  /// `A, B or C`, or with a comma or another connective at its end.
  mutating func joined(_ items: [String], _ last: String) -> String {
    guard items.count > 1 else { return items[0] }
    let head = items.dropLast().joined(separator: ", ")
    return head + say(", ", " \(last) ", ", \(last) ") + items[items.count - 1]
  }
}

// MARK: - The words

extension Author {
  private static let choices = [
    Template(phrase: "purpose is", negatives: ["purpose is not", "purpose isn't"]),
    Template(
      phrase: "recipient prefers",
      negatives: ["recipient does not prefer", "recipient doesn't prefer"]),
    Template(
      phrase: "letter reaches", negatives: ["letter does not reach", "letter doesn't reach"]),
    Template(phrase: "sender asked for", negatives: ["sender did not ask for"], isOwn: true),
  ]
  private static let sets = [
    Template(
      phrase: "message contains",
      negatives: ["message does not contain", "message doesn't contain"]),
    Template(
      phrase: "recipient is flagged for",
      negatives: ["recipient is not flagged for", "recipient isn't flagged for"]),
    Template(
      phrase: "family carries", negatives: ["family does not carry", "family doesn't carry"]),
  ]
  private static let flags = [
    Template(
      phrase: "recipient has consented to plain email",
      negatives: [
        "recipient has not consented to plain email", "recipient hasn't consented to plain email",
      ]),
    Template(phrase: "address is verified", negatives: ["address is not verified"]),
    Template(
      phrase: "letter was sent by someone who is on leave",
      negatives: ["letter was not sent by someone who is on leave"]),
    Template(
      phrase: "parent replies", negatives: ["parent does not reply", "parent doesn't reply"]),
    Template(
      phrase: "recipient can open it",
      negatives: [
        "recipient can not open it", "recipient cannot open it", "recipient can't open it",
      ]),
    Template(phrase: "child has capacity", negatives: ["child lacks capacity"], isOwn: true),
  ]
  private static let numbers = [
    Template(phrase: "attachment count is", negatives: ["attachment count is not"]),
    Template(
      phrase: "size of the attachment is",
      negatives: ["size of the attachment is not", "size of the attachment isn't"]),
    Template(
      phrase: "clock strikes", negatives: ["clock does not strike", "clock doesn't strike"]),
  ]
  private static let dates = [
    Template(phrase: "deadline is", negatives: ["deadline is not", "deadline isn't"]),
    Template(
      phrase: "consent was given", negatives: ["consent was not given", "consent wasn't given"]),
    Template(phrase: "hearing begins", negatives: ["hearing does not begin"]),
  ]
  private static let texts = [
    Template(phrase: "sender's team is", negatives: ["sender's team is not"]),
    Template(phrase: "subject is", negatives: ["subject is not", "subject isn't"]),
  ]
  private static let valuePools = [
    ["SEN-tribunal", "council-tax", "A", "adult social care", "\"health and safety\""],
    ["plain", "encrypted", "post", "TOP SECRET", "never asked for"],
    ["home", "school", "hospital ward", "the office", "work"],
    ["given", "withdrawn", "B", "another way", "\"in person\""],
  ]
  private static let setPools = [
    ["personal-data", "safeguarding-information", "C", "third party data", "\"a or b\""],
    ["domestic-abuse", "violence", "witness-protection", "adult safeguarding", "D"],
    ["passport", "travel-card", "medical notes", "E", "key"],
  ]

  /// A date of the calendar, near enough to others to matter.
  mutating func day() -> String {
    let (day, month, year) = (number(1...28), number(1...12), number(2025...2027))
    let names = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ]
    let name = names[month - 1]
    let suffix = (11...13).contains(day) ? "th" : [1: "st", 2: "nd", 3: "rd"][day % 10] ?? "th"
    let iso = "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    return say(
      "\(day) \(name) \(year)", "\(day) \(name.prefix(3)) \(year)", iso,
      "\(day)\(suffix) \(name) \(year)")
  }
}
