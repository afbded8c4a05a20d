/// Text as XML 1.0 and HTML write it.
package enum XMLText {
  package static func content(_ text: String) -> String {
    escaped(text, isAttribute: false)
  }

  /// Within double quotes.
  package static func attribute(_ text: String) -> String {
    escaped(text, isAttribute: true)
  }

  private static func escaped(_ text: String, isAttribute: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"" where isAttribute: result += "&quot;"
      case "\t", "\n", "\r":
        result += isAttribute || scalar == "\r" ? "&#\(scalar.value);" : String(scalar)
      // XML has no way to write the other control characters, nor these two.
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
