/// Names that must stand in quotes, because their words would read as something else.
extension NameTable {
  /// The words with which an unquoted name may not begin.
  static let quotedBeginnings = [
    ["not"], ["one", "of"], ["any", "of"], ["all", "of"], ["none", "of"], ["nothing"],
    ["on", "the", "list"], ["on", "list"], ["any"], ["-"], ["recorded"], ["anything"],
    ["other", "than"], ["either"], ["both"], ["neither"], ["in"], ["not", "recorded"],
    ["unknown"],
  ]

  /// A declared name as it is written where it is used: in quotes unless it is read as itself
  /// without them.
  package static func written(_ name: String) -> String {
    let words = WordTable.lowercased(name).split(separator: " ", omittingEmptySubsequences: false)
      .map(String.init)
    let isPlain =
      words.allSatisfy { isPlainWord($0) && !reserved.contains($0) }
      && !(quotedBeginnings + [["is"], ["add"], ["unsure"]]).contains { words.starts(with: $0) }
      && words != ["yes"] && words != ["no"]
    return isPlain ? name : StringLiteral.quoted(name)
  }

  private static let reserved = Set(Keyword.reserved.map(\.text))

  /// Whether the lexer takes it for one word, whole: marks that it would tidy or drop are none.
  private static func isPlainWord(_ word: String) -> Bool {
    let isRun = word.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII
        ? Lexer.isWordByte[Int(scalar.value)] : Characters.role(scalar) == .letter
    }
    let holdsLetter = word.unicodeScalars.contains { scalar in
      scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }
    return isRun && holdsLetter && !word.hasSuffix(".")
  }
}
