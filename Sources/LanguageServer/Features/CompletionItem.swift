import Findings
import Syntax

/// Words that may come next.
struct CompletionItem {
  /// What the client shows beside it.
  enum Kind: Int {
    case text = 1
    case function = 3
    case field = 5
    case reference = 7
    case unit = 11
    case list = 13
    case keyword = 14
    case snippet = 15
    case value = 20
    case outcome = 23
  }

  /// Where the expectation begins that it meets.
  let expected: Int
  let label: String
  let kind: Kind
  var detail: String?
  /// What is written, for a client that fills in no places.
  let text: String
  /// What is written with places to fill in.
  var snippet: String?

  init(
    _ label: String, _ kind: Kind, at expected: Int, detail: String? = nil, text: String? = nil,
    snippet: String? = nil
  ) {
    self.label = label
    self.kind = kind
    self.expected = expected
    self.detail = detail
    self.text = text ?? label
    self.snippet = snippet
  }

  /// Where the text begins that it takes the place of; nil if it does not go on from what is written there
  /// already. Articles stay: they are no part of a phrase.
  func start(in bytes: [UInt8], before offset: Int) -> Int? {
    var written = CompletionItem.words(bytes, expected..<offset)
    // A word that is finished, with a space behind it, must be the candidate's; the last one may still change.
    let isOpen = written.last.map { $0.upperBound == offset } ?? false
    var start = written.first?.lowerBound ?? offset
    let articles: Set<String> = ["a", "an", "the"]
    while let first = written.first, written.count > 1 || !isOpen,
      articles.contains(CompletionItem.lowercased(bytes[first]))
    {
      written.removeFirst()
      start = written.first?.lowerBound ?? offset
    }
    if isOpen { written.removeLast() }
    let own = label.split(separator: " ").map { WordTable.lowercased($0) }
    // What remains to be filled in is offered by its own expectation.
    guard written.count < own.count, written.isEmpty || !own[written.count].hasPrefix("…") else {
      return nil
    }
    for (index, word) in written.enumerated()
    where CompletionItem.lowercased(bytes[word]) != own[index] {
      return nil
    }
    return start
  }

  private static func lowercased(_ bytes: ArraySlice<UInt8>) -> String {
    WordTable.lowercased(String(decoding: bytes, as: UTF8.self))
  }

  /// The words that white space parts.
  private static func words(_ bytes: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var start: Int?
    for index in range.clamped(to: 0..<bytes.count) {
      let isSpace = [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index])
      if !isSpace, start == nil { start = index }
      if isSpace, let begun = start {
        words.append(begun..<index)
        start = nil
      }
    }
    if let start { words.append(start..<range.upperBound) }
    return words
  }
}

/// A text with places to fill in, as clients write it: `${1:place}`.
struct Template {
  private(set) var text = ""
  private(set) var plain = ""
  private(set) var label = ""
  private var places = 0
  private static let mostChoices = 24

  mutating func words(_ words: String) {
    text += Template.escaped(words)
    plain += words
    label += words
  }

  /// A place, with what stands there until it is filled in.
  mutating func place(_ hint: String, choices: [String] = []) {
    places += 1
    if (2...Template.mostChoices).contains(choices.count) {
      let listed = choices.map { Template.escaped($0, inChoice: true) }.joined(separator: ",")
      text += "${\(places)|\(listed)|}"
    } else {
      text += "${\(places):\(Template.escaped(choices.first ?? hint))}"
    }
    plain += choices.first ?? hint
    label += "…"
  }

  private static func escaped(_ text: String, inChoice: Bool = false) -> String {
    var result = ""
    for character in text {
      if "$}\\".contains(character) || (inChoice && ",|".contains(character)) { result += "\\" }
      result.append(character)
    }
    return result
  }
}
