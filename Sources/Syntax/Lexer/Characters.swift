/// What the characters of a rule file count as. ASCII is told apart by the lexer itself.
enum Characters {
  enum Role: Equatable {
    case letter
    case space
    /// Stands for the hyphen: dashes of figure and en length, the minus sign, hyphens that do not break.
    case dash
    case emDash
    case apostrophe
    case quote
    case bullet
    case softHyphen
    case currency
    case ellipsis
    case invisible
    case stray
  }

  static func role(_ scalar: Unicode.Scalar) -> Role {
    switch scalar.value {
    case 0x00A0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000, 0x0085, 0x2028, 0x2029: .space
    case 0x2010...0x2013, 0x2212, 0xFE63, 0xFF0D: .dash
    case 0x2014, 0x2015: .emDash
    case 0x2018, 0x2019, 0x201B, 0x02BC: .apostrophe
    case 0x201C, 0x201D, 0x201E, 0x201F: .quote
    case 0x2022, 0x25CF, 0x25E6, 0x2023, 0x2043, 0x00B7: .bullet
    case 0x00AD: .softHyphen
    case 0x00A3, 0x20AC: .currency
    case 0x2026: .ellipsis
    case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0x061C, 0x180E, 0x115F, 0x1160,
      0x3164, 0xFFA0, 0xE0000...0xE007F, 0xFE00...0xFE0F, 0x80...0x9F:
      .invisible
    default: roleByCategory(scalar)
    }
  }

  private static func roleByCategory(_ scalar: Unicode.Scalar) -> Role {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber:
      .letter
    case .format, .control: .invisible
    default: .stray
    }
  }

  /// The scripts whose letters look alike enough to be mixed up, and the rest by block.
  enum Script: String {
    case latin = "Latin"
    case greek = "Greek"
    case cyrillic = "Cyrillic"
    case armenian = "Armenian"
    case hebrew = "Hebrew"
    case arabic = "Arabic"
    case cherokee = "Cherokee"
    case georgian = "Georgian"
    case fullWidth = "full-width"
    case other = "another script"
  }

  /// The script of a letter; nil for digits, marks and whatever belongs to all scripts.
  static func script(_ scalar: Unicode.Scalar) -> Script? {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A: .latin
    case 0...0xBF, 0xD7, 0xF7: nil
    case 0xC0...0x24F, 0x1E00...0x1EFF, 0x250...0x2AF, 0x2C60...0x2C7F, 0xA720...0xA7FF: .latin
    case 0x2B0...0x36F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF: nil
    case 0x370...0x3FF, 0x1F00...0x1FFF: .greek
    case 0x400...0x52F, 0x1C80...0x1C8F, 0x2DE0...0x2DFF, 0xA640...0xA69F: .cyrillic
    case 0xFB00...0xFB06: .latin
    case 0x530...0x58F: .armenian
    case 0x590...0x5FF: .hebrew
    case 0x600...0x6FF: .arabic
    case 0x10A0...0x10FF: .georgian
    case 0x13A0...0x13FF, 0xAB70...0xABBF: .cherokee
    case 0xFF21...0xFF3A, 0xFF41...0xFF5A: .fullWidth
    default: scalar.properties.isAlphabetic ? .other : nil
    }
  }

  /// `U+200B`, as character tables write it.
  static func name(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
