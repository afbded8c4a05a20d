/// One character of a source line as a terminal shows it.
///
/// What cannot be seen is shown by its number, `⟨U+200B⟩`: a finding about it would otherwise point
/// at nothing, and a control character could make the terminal say something else than the file.
struct CharacterCell {
  /// Where the character's bytes begin, counted from the start of the file.
  let offset: Int
  let shown: String
  /// How many columns it takes.
  let width: Int

  /// The characters of a stretch of UTF-8; bytes that are none show as the replacement character.
  static func cells(of bytes: [UInt8], in range: Range<Int>) -> [CharacterCell] {
    var cells: [CharacterCell] = []
    var offset = range.lowerBound
    while offset < range.upperBound {
      let length = length(ofCharacterAt: offset, in: bytes, before: range.upperBound)
      let text = String(decoding: bytes[offset..<offset + length], as: UTF8.self)
      if let scalar = text.unicodeScalars.first {
        cells.append(CharacterCell(scalar, offset: offset))
      }
      offset += length
    }
    return cells
  }

  init(offset: Int, shown: String, width: Int) {
    self.offset = offset
    self.shown = shown
    self.width = width
  }

  private init(_ scalar: Unicode.Scalar, offset: Int) {
    self.offset = offset
    if scalar == "\t" {
      (shown, width) = ("    ", 4)
    } else if CharacterCell.isInvisible(scalar) {
      let digits = String(scalar.value, radix: 16, uppercase: true)
      let number = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      (shown, width) = ("⟨U+\(number)⟩", number.count + 4)
    } else {
      (shown, width) = (String(scalar), CharacterCell.width(of: scalar))
    }
  }

  private static func length(
    ofCharacterAt offset: Int, in bytes: [UInt8], before end: Int
  ) -> Int {
    let length =
      switch bytes[offset] {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    guard length > 1, offset + length <= end else { return 1 }
    return String(validating: bytes[offset..<offset + length], as: UTF8.self) == nil ? 1 : length
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    default: return properties.isDefaultIgnorableCodePoint
    }
  }

  private static func width(of scalar: Unicode.Scalar) -> Int {
    guard scalar.value >= 0x300 else { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    let isWide = wideRanges.contains { $0.contains(scalar.value) }
    return isWide || scalar.properties.isEmojiPresentation ? 2 : 1
  }

  /// Source: Unicode Standard Annex #11, "East Asian Width": the blocks that are wide throughout.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
    0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
    0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
  ]
}
