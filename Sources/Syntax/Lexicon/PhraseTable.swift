import Findings

/// What a declared phrase, or one derived from it, means.
package struct PhraseMeaning: Hashable, Sendable {
  package enum Sense: Hashable, Sendable {
    case fact(FactID)
    case definition(DefinitionID)
    case outcome
    case workingDay
    /// `subject starts with`, made from the text fact `subject is`.
    case textEnding(FactID, TextEndingWord)
  }

  package let sense: Sense
  package let isNegative: Bool

  package init(_ sense: Sense, isNegative: Bool) {
    self.sense = sense
    self.isNegative = isNegative
  }
}

/// The verbs that take the place of `is` in a sentence about a text.
package enum TextEndingWord: Hashable, Sendable, CaseIterable {
  case startsWith, endsWith, contains
}

/// A trie of word sequences. Looking up what begins at a token takes one step a word, however many
/// phrases there are.
package struct WordTrie<Payload: Sendable>: Sendable {
  private var edges: [UInt64: UInt32] = [:]
  private var payloads: [[Payload]] = [[]]

  package init() {}

  package static var root: UInt32 { 0 }

  package func next(_ node: UInt32, _ word: Word) -> UInt32? {
    edges[UInt64(node) << 32 | UInt64(word.index)]
  }

  package func payload(_ node: UInt32) -> [Payload] {
    payloads[Int(node)]
  }

  package func payload(_ words: [Word]) -> [Payload] {
    var node = Self.root
    for word in words {
      guard let next = next(node, word) else { return [] }
      node = next
    }
    return payload(node)
  }

  package mutating func insert(_ words: [Word], _ payload: Payload) {
    var node = Self.root
    for word in words {
      let key = UInt64(node) << 32 | UInt64(word.index)
      if let next = edges[key] {
        node = next
      } else {
        let next = UInt32(payloads.count)
        payloads.append([])
        edges[key] = next
        node = next
      }
    }
    payloads[Int(node)].append(payload)
  }
}

/// A phrase that matches at a token, and the token behind it.
struct PhraseMatch {
  let meaning: PhraseMeaning
  let end: Int
}

/// The two words of a contraction: `isn't` is `is not`.
package struct Contractions: Sendable {
  private var expansions: [Word: [Word]] = [:]

  package init(_ words: inout WordTable) {
    expansions[words.intern("cannot")] = [Word(.can), Word(.not)]
    for auxiliary in Keyword.auxiliaries {
      let text =
        switch auxiliary {
        case .can: "can't"
        case .will: "won't"
        case .shall: "shan't"
        default: auxiliary.text + "n't"
        }
      expansions[words.intern(text)] = [Word(auxiliary), Word(.not)]
    }
  }

  /// The words that a contraction stands for; nil for any other word.
  func words(of contraction: Word) -> [Word]? {
    expansions[contraction]
  }

  package func expansion(_ word: Word) -> [Word] {
    expansions[word] ?? [word]
  }

  package func contains(_ word: Word) -> Bool {
    expansions[word] != nil
  }
}
