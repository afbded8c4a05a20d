import Findings
package import Values

/// The words of a command line, sorted by what the command can be told.
///
/// Options stand before or after arguments, as `--opt value` or `--opt=value`; after `--` every
/// word is an argument.
package struct Arguments: Sendable {
  private let description: CommandDescription
  private var arguments: [String] = []
  private var values: [String: String] = [:]
  private var flags: Set<String> = []

  package init(_ words: [String], for description: CommandDescription) throws(UsageError) {
    self.description = description
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        arguments += rest
        break
      } else if word == "-h" {
        flags.insert(OptionDescription.help.name)
      } else if word.hasPrefix("-"), word != "-" {
        try take(option: word, &rest)
      } else {
        arguments.append(word)
      }
    }
    guard !wantsHelp else { return }
    try checkCounts()
  }

  private mutating func take(
    option word: String, _ rest: inout ArraySlice<String>
  ) throws(UsageError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard let option = description.allOptions.first(where: { $0.name == name }) else {
      throw unknown(option: name)
    }
    let attached = parts.count > 1 ? String(parts[1]) : nil
    if option.value == .none {
      guard attached == nil else {
        throw UsageError("\(name) takes no value: write \(name) alone")
      }
      flags.insert(name)
      return
    }
    let value = attached ?? takeValue(&rest)
    guard let value, !value.isEmpty else { throw missingValue(option) }
    try check(value, of: option)
    guard values.updateValue(value, forKey: name) == nil else {
      throw UsageError("\(name) is given twice: leave one of them out")
    }
  }

  /// The next word, unless it is an option itself.
  private func takeValue(_ rest: inout ArraySlice<String>) -> String? {
    guard let next = rest.first, !next.hasPrefix("--") else { return nil }
    return rest.popFirst()
  }

  private func check(_ value: String, of option: OptionDescription) throws(UsageError) {
    guard case .choice(let words) = option.value, !words.contains(value) else { return }
    throw UsageError(
      "\(option.name) cannot be `\(value)`: it is \(listed(words))",
      help: Spelling.nearest(value, in: words).map { "did you mean \(option.name) \($0)?" })
  }

  private func checkCounts() throws(UsageError) {
    let (name, allowed) = (description.name, description.arguments)
    if arguments.count > allowed.count, allowed.last?.mayRepeat != true {
      let surplus = arguments[allowed.count]
      let most =
        allowed.isEmpty
        ? "takes no argument" : "takes no more than \(allowed.map(\.name).joined(separator: " "))"
      throw UsageError(
        "`rulec \(name)` \(most), and `\(surplus)` is one too many",
        help: "put quotes round a name that has spaces in it")
    }
    if let missing = allowed.dropFirst(arguments.count).first(where: \.isRequired) {
      throw UsageError(
        "`rulec \(name)` needs \(missing.name): \(missing.help)", help: description.usage)
    }
    if let missing = description.options.first(where: { $0.isRequired && values[$0.name] == nil }) {
      throw UsageError(
        "`rulec \(name)` needs \(missing.usage): \(missing.help)", help: description.usage)
    }
  }

  // MARK: Errors

  private func unknown(option name: String) -> UsageError {
    let names = description.allOptions.map(\.name)
    return UsageError(
      "`rulec \(description.name)` has no option \(name)",
      help: Spelling.nearest(name, in: names).map { "did you mean \($0)?" }
        ?? "its options are \(names.joined(separator: ", "))")
  }

  private func missingValue(_ option: OptionDescription) -> UsageError {
    switch option.value {
    case .none: UsageError("\(option.name) takes no value")
    case .one(let placeholder):
      UsageError(
        "\(option.name) needs a value after it",
        help: "\(option.name) \(placeholder): \(option.help)")
    case .choice(let words):
      UsageError("\(option.name) needs a value after it: \(listed(words))")
    }
  }

  private func listed(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }

  // MARK: What was said

  package var wantsHelp: Bool { has(OptionDescription.help.name) }

  package func has(_ flag: String) -> Bool { flags.contains(flag) }

  package subscript(option: String) -> String? { values[option] }

  package func argument(_ index: Int) -> String? {
    arguments.indices.contains(index) ? arguments[index] : nil
  }

  /// The arguments from that one on.
  package func arguments(from index: Int) -> [String] { Array(arguments.dropFirst(index)) }

  /// The policy's folder or file.
  package var policy: String { argument(0) ?? "rules" }

  package func choice<Choice: RawRepresentable<String>>(
    _ option: String, or usual: Choice
  ) -> Choice {
    self[option].flatMap(Choice.init) ?? usual
  }

  /// A day for which policies are proved: 1 January 2000 to 31 December 2099.
  package func day(_ option: String) throws(UsageError) -> Day? {
    guard let text = self[option] else { return nil }
    guard let day = Day.parseISO(text.utf8) else {
      throw UsageError(
        "`\(text)` is no date that \(option) can read",
        help: "write year, month and day in figures: \(option) 2026-09-01")
    }
    guard (Day.firstProved...Day.lastProved).contains(day) else {
      throw UsageError(
        "\(option) \(text) is too far away: a policy is proved for the years 2000 to 2099")
    }
    return day
  }

  /// A whole number from 0.
  package func count(_ option: String) throws(UsageError) -> Int? {
    guard let text = self[option] else { return nil }
    guard let number = Int(text), number >= 0 else {
      throw UsageError("\(option) needs a whole number from 0, and `\(text)` is none")
    }
    return number
  }

  /// The number of the first line of the messages, as `OptionDescription.firstLine` describes it.
  package func firstLine() throws(UsageError) -> Int {
    try number("--first-line", in: 1...(1 << 53)) ?? 1
  }

  /// How many jobs may be at work at once, as `OptionDescription.jobs` describes it.
  package func jobs() throws(UsageError) -> Int {
    guard let text = self["--jobs"] else { return 1 }
    let range = 1...256
    guard let number = Int(text), range.contains(number) else {
      throw UsageError(
        "--jobs needs a whole number from 1 to \(range.upperBound), and `\(text)` is none",
        help: "more jobs than processors gain nothing")
    }
    return number
  }

  /// A whole number of a range.
  package func number(
    _ option: String, in range: ClosedRange<Int>
  ) throws(UsageError) -> Int? {
    guard let text = self[option] else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw UsageError(
        "\(option) needs a whole number from \(range.lowerBound) to \(range.upperBound), and `\(text)` is none"
      )
    }
    return number
  }
}
