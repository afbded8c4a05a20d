import Values

extension StringProtocol {
  /// With white space collapsed to single spaces, and none at the ends.
  package var tidied: String {
    isTidy ? String(self) : split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// What white space parts.
  var spacedWords: [String] {
    if !utf8.contains(where: { $0 <= 0x20 || $0 >= 0x80 }) { return isEmpty ? [] : [String(self)] }
    return isTidy
      ? Array(utf8).split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
      : split(whereSeparator: \.isWhitespace).map { String($0) }
  }

  /// Whether the text holds a piece, where a space counts as standing before it and behind it. Case
  /// does not matter.
  func holds(_ piece: String) -> Bool {
    TextMatch.contains.matches(Array(" \(self) ".utf8), Array(piece.utf8))
  }

  /// Whether the text, with a space behind it, begins with a piece. Case does not matter.
  func begins(_ piece: String) -> Bool {
    TextMatch.startsWith.matches(Array("\(self) ".utf8), Array(piece.utf8))
  }

  /// Whether there is nothing to collapse; certain for ASCII text only.
  private var isTidy: Bool {
    var previous = UInt8(ascii: " ")
    for byte in utf8 {
      guard byte < 0x80, byte > 0x20 || (byte == 0x20 && previous != 0x20) else { return false }
      previous = byte
    }
    return previous != UInt8(ascii: " ")
  }
}
