/// A word without regard to case: its number in the `WordTable`.
package struct Word: Hashable, Sendable {
  package let index: UInt32

  package init(index: UInt32) {
    self.index = index
  }

  package init(_ keyword: Keyword) {
    index = UInt32(keyword.rawValue)
  }

  package var keyword: Keyword? {
    Keyword(rawValue: Int(index))
  }

  package static let none = Word(index: .max)
}

/// Every word of a policy, once, so that words are compared as numbers.
///
/// Two words are the same if they are canonically equivalent (Unicode NFC) after simple lower-casing
/// of each scalar; Swift's `String` compares by canonical equivalence.
package struct WordTable: Sendable {
  private var indices: [String: UInt32] = [:]
  private var texts: [String] = []

  var count: Int { texts.count }

  package init() {
    for keyword in Keyword.allCases {
      let word = intern(lowercased: keyword.text)
      precondition(word == Word(keyword), "a keyword is listed twice")
    }
  }

  /// The number of a word that is in lower case already.
  package mutating func intern(lowercased text: String) -> Word {
    if let index = indices[text] { return Word(index: index) }
    let index = UInt32(texts.count)
    indices[text] = index
    texts.append(text)
    return Word(index: index)
  }

  /// The number of a word as it was written.
  package mutating func intern(_ text: String) -> Word {
    intern(lowercased: WordTable.lowercased(text))
  }

  /// The number of a word that some file holds; nil for a word that none does.
  package func word(_ text: Substring) -> Word? {
    indices[WordTable.lowercased(text)].map { Word(index: $0) }
  }

  package func text(_ word: Word) -> String {
    word == .none ? "" : texts[Int(word.index)]
  }

  /// Every scalar by its simple lower-case mapping; no locale.
  package static func lowercased(_ text: String) -> String {
    var bytes = Array(text.utf8)
    for index in bytes.indices {
      guard bytes[index] < 0x80 else { return lowercasedScalars(text) }
      let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(bytes[index])
      if isUpper { bytes[index] |= 0x20 }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  package static func lowercased(_ text: Substring) -> String {
    lowercased(String(text))
  }

  private static func lowercasedScalars(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let mapping = scalar.properties.lowercaseMapping.unicodeScalars
      if mapping.count == 1, let lower = mapping.first {
        result.append(lower)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}
