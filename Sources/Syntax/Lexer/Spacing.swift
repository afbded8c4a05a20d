extension StringProtocol {
  /// With white space collapsed to single spaces, and none at the ends.
  package var tidied: String {
    isTidy ? String(self) : split(whereSeparator: \.isWhitespace).joined(separator: " ")
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
