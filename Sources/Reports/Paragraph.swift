/// Text for a page of fixed width.
package enum Paragraph {
  /// The widest line of a page.
  package static let width = 80

  /// Breaks a text between words; all lines but the first are indented by `hanging`. What stands
  /// between backticks or square brackets stays on one line.
  package static func wrapped(
    _ text: some StringProtocol, hanging: Int = 0, width: Int = Paragraph.width
  ) -> String {
    var lines: [String] = []
    var line = ""
    for word in words(of: text) {
      if !line.isEmpty, hanging + line.count + 1 + word.count > width {
        lines.append(line)
        line = word
      } else {
        line += line.isEmpty ? word : " " + word
      }
    }
    lines.append(line)
    return lines.joined(separator: "\n" + String(repeating: " ", count: hanging))
  }

  private static func words(of text: some StringProtocol) -> [String] {
    var words: [String] = []
    var isOpen = false
    for word in text.split(separator: " ") {
      if isOpen, let last = words.popLast() {
        words.append("\(last) \(word)")
      } else {
        words.append(String(word))
      }
      if word.count(where: { $0 == "`" }) % 2 == 1 { isOpen.toggle() }
      if word.hasPrefix("[") { isOpen = true }
      if word.hasSuffix("]") { isOpen = false }
    }
    return words
  }
}
