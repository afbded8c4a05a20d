import Syntax

/// The statements of the language, with places to fill in.
enum Statements {
  /// The places stand in braces, `{name}`; `{outcome}` offers the declared outcomes.
  private static let patterns: [(label: String, pattern: String)] = [
    ("rule", "rule {Name}\n  if {condition}\n  then {outcome}\n  because {reason}"),
    ("guard", "guard {Name}\n  if {condition}\n  then {outcome}\n  because {reason}"),
    ("section", "section {Name}\n  overrides section {name}"),
    (
      "table",
      "table {Name}\n  | {fact} | then |\n  | --- | --- |\n  | {value} | {outcome} |"
    ),
    ("promise", "promise {Name}\n  if {condition}\n  never {outcome}"),
    ("scenario", "scenario {Name}\n  given {fact}\n  expect {outcome}"),
    ("fact", "fact {phrase}: {type}"),
    ("outcome", "outcome {name}"),
    ("note", "note {name}: \"{text}\""),
    ("list", "list {name}: {values}"),
    ("list from a file", "list {name} from \"{file}.txt\""),
    ("define", "define {phrase}: {condition}"),
    ("otherwise", "otherwise {outcome}"),
    ("when unsure", "when unsure {outcome}"),
  ]

  static let types = [
    "one of {value}, {value}", "any of {value}, {value}", "yes or no", "whole number",
    "whole number from {0} to {100}", "number of {unit}", "date", "text",
  ]

  static let presences = ["if recorded", "if absent {value}"]

  static func candidates(_ lexicon: Lexicon, _ at: Int) -> [CompletionItem] {
    let outcomes = lexicon.outcomes.names.map(NameTable.written)
    return patterns.map { label, pattern in
      let snippet = snippet(pattern, outcomes: outcomes)
      let word = label.split(separator: " ").first.map(String.init) ?? label
      return CompletionItem(
        label, .snippet, at: at, detail: "a new \(label)",
        text: label == "when unsure" ? label : word, snippet: snippet.text)
    }
  }

  static func candidate(_ pattern: String, _ kind: CompletionItem.Kind, _ at: Int) -> CompletionItem
  {
    let snippet = snippet(pattern, outcomes: [])
    return CompletionItem(
      snippet.label, kind, at: at, text: snippet.plain, snippet: snippet.text)
  }

  private static func snippet(_ pattern: String, outcomes: [String]) -> Template {
    var snippet = Template()
    for (index, part) in pattern.split(separator: "{", omittingEmptySubsequences: false)
      .enumerated()
    {
      guard index > 0, let close = part.firstIndex(of: "}") else {
        snippet.words(String(part))
        continue
      }
      let place = String(part[..<close])
      snippet.place(place, choices: place == "outcome" ? outcomes : [])
      snippet.words(String(part[part.index(after: close)...]))
    }
    return snippet
  }
}
