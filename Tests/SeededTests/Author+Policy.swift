import Findings
import Syntax

/// A policy as an author wrote it: statements in files, and the list files that they name.
struct AuthoredPolicy {
  struct File {
    var path: String
    /// Statements before the file's first section.
    var loose: [String]
    var sections: [(name: String, clauses: [String], statements: [String])]
  }

  var files: [File]
  let lists: [String: String]

  /// The text of the policy, each statement through `finish`.
  func text(_ finish: (String) -> String = { $0 }) -> PolicyText {
    let sources = files.map { file in
      var parts = file.loose
      for section in file.sections {
        parts.append((["section \(section.name)"] + section.clauses).joined(separator: "\n"))
        parts += section.statements
      }
      let text = parts.joined(separator: "\n\n") + "\n"
      return SourceFile(path: file.path, bytes: Array(finish(text).utf8))
    }
    let lists = lists.mapValues { Array($0.utf8) }
    return PolicyText(ruleFiles: sources) { path in
      lists[path].map { .success($0) } ?? .failure(.missing)
    }
  }
}

extension Author {
  /// A whole policy, over several files.
  mutating func policy() -> AuthoredPolicy {
    let (declarations, lists) = vocabulary()
    var loose = declarations
    for number in 0..<number(0...3) { loose.append(definition(number)) }
    let rules = rules()
    if chance(70) { loose.append("otherwise \(pick(outcomes))\(with(some(notes, 0...1)))") }
    loose.append("when unsure \(pick(outcomes))")
    for number in 0..<number(0...2) { loose.append(promise(number)) }
    for number in 0..<number(0...3) { loose.append(scenario(number)) }
    loose += rules.filter { $0.section == nil }.map(\.text)
    let names = ["vocabulary.rules", "b.rules", "Letters and more.rules", "a/b/deep.rules"]
    let count = lists.isEmpty ? number(1...4) : number(1...3)
    var files = names.prefix(count).map { AuthoredPolicy.File(path: $0, loose: [], sections: []) }
    for statement in loose {
      let isListFile = statement.contains("\"senders.txt\"")
      files[isListFile ? 0 : number(0...count - 1)].loose.append(statement)
    }
    for (index, name) in Author.sectionNames.enumerated() {
      let texts = rules.filter { $0.section == index }.map(\.text)
      let file = number(0...count - 1)
      files[file].sections.append((name, sectionClauses(index), texts))
    }
    return AuthoredPolicy(files: Array(files), lists: lists)
  }

  private mutating func definition(_ number: Int) -> String {
    let phrases = [
      ("letter is urgent", ["letter is not urgent", "letter isn't urgent"]),
      ("ordinary email is barred", ["ordinary email is not barred"]),
      ("somebody waits", ["somebody does not wait", "somebody doesn't wait"]),
    ]
    let (phrase, negatives) = phrases[number]
    let condition = condition(thought(depth: 2), column: 4)
    definitions.append(
      AuthoredFact(phrase: phrase, negatives: negatives, kind: .flag, isOptional: false))
    return "define \(phrase): \(condition)"
  }

  // MARK: Layout

  /// The text with comments, odd white space and the characters of a word processor.
  mutating func laidOut(_ text: String) -> String {
    guard !isPlain else { return text }
    var lines: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if whim(8) { lines.append("\(say("", "  ", "\t"))# comment \(nextComment())") }
      var line = odd(line)
      if whim(8), !line.isEmpty { line += "\(say(" ", "   ", "\t"))# comment \(nextComment())" }
      if whim(5) { line += say(" ", "\t", "\u{A0}") }
      lines.append(line)
      if line.isEmpty, whim(20) { lines.append("") }
    }
    let mark = whim(10) ? "\u{FEFF}" : ""
    return mark + lines.joined(separator: say("\n", "\n", "\r\n"))
  }

  private mutating func nextComment() -> Int {
    commentCount += 1
    return commentCount
  }

  /// A line with other white space, dashes and quotation marks than the plain ones.
  private mutating func odd(_ line: String) -> String {
    let isFreeText = [
      "rule ", "guard ", "section ", "promise ", "scenario ", "table ", "because ",
      "see ", "overrides ", "by ", "like ",
    ].contains { line.drop { $0 == " " }.hasPrefix($0) }
    guard !isFreeText, !line.contains(" because "), !line.contains("\\\""), !line.contains(" see "),
      !line.contains("{")
    else { return line }
    var result = ""
    var isQuoted = false
    var isLeading = true
    let isCurly = whim(30)
    for character in line {
      if character != " " { isLeading = false }
      if character == "\"" { isQuoted.toggle() }
      if isQuoted, character != "\"" {
        result.append(character)
        continue
      }
      switch character {
      case " " where !isLeading && whim(5): result += say("  ", "\t", "\u{A0}", " \u{2009}")
      case "\"" where isCurly: result += isQuoted ? "\u{201C}" : "\u{201D}"
      case "'" where whim(30): result += "\u{2019}"
      case "-" where result.last?.isLetter == true && whim(10):
        result += say("\u{2011}", "\u{2013}")
      default: result.append(character)
      }
    }
    return result
  }
}
