package import Findings
import Values

/// A list file: one value a line, `#` comments and blank lines aside.
package enum ListFile {
  /// The values of a list file, and what is wrong with its text. A line in quotes is a string; every
  /// other line is its value as it stands, spaces inside included.
  package static func items(of source: SourceFile, file: FileID) -> ([ListItemSyntax], [Finding]) {
    if let problem = EncodingCheck.problem(source, file) { return ([], [problem.finding]) }
    var characters = CharacterFindings(file: file)
    var items: [ListItemSyntax] = []
    for line in 1...source.lineCount {
      let range = trimmed(source, source.range(ofLine: line))
      guard !range.isEmpty, source.bytes[range.lowerBound] != UInt8(ascii: "#") else { continue }
      let span = Span(
        file: file, start: UInt32(range.lowerBound), end: UInt32(range.upperBound))
      checkCharacters(source, range, &characters)
      items.append(item(source.text(span), span))
    }
    return (items, characters.findings())
  }

  /// The path of a list file from the policy's folder, which a rule file names by a path from its own;
  /// nil where that leaves the policy's folder.
  package static func location(of path: String, namedIn ruleFile: String) -> String? {
    guard !path.hasPrefix("/"), !path.isEmpty, !path.utf8.contains(0) else { return nil }
    var steps = ruleFile.split(separator: "/").dropLast().map(String.init)
    for step in path.split(separator: "/", omittingEmptySubsequences: true) {
      if step == "." { continue }
      if step == ".." {
        guard steps.popLast() != nil else { return nil }
      } else {
        steps.append(String(step))
      }
    }
    return steps.joined(separator: "/")
  }

  private static func item(_ raw: String, _ span: Span) -> ListItemSyntax {
    let isQuoted = raw.hasPrefix("\"") && raw.hasSuffix("\"") && raw.count > 1
    let text = isQuoted ? StringLiteral.value(raw) : Lexer.tidied(Array(raw.utf8)[...])
    let name = NameSyntax(
      span: span, text: text.tidied,
      isQuoted: isQuoted)
    return ListItemSyntax(name: name, day: Day.parseWords(text), looksLikeText: true)
  }

  /// A line without white space at its ends and without a comment behind white space.
  private static func trimmed(_ source: SourceFile, _ line: Range<Int>) -> Range<Int> {
    let bytes = source.bytes
    func isSpace(_ index: Int) -> Bool { [0x20, 0x09, 0x0C].contains(bytes[index]) }
    var start = line.lowerBound
    var end = line.upperBound
    while start < end, isSpace(start) { start += 1 }
    var index = start
    while index < end {
      if bytes[index] == UInt8(ascii: "#"), index > start, isSpace(index - 1) { end = index }
      index += 1
    }
    while end > start, isSpace(end - 1) { end -= 1 }
    return start..<end
  }

  private static func checkCharacters(
    _ source: SourceFile, _ range: Range<Int>, _ characters: inout CharacterFindings
  ) {
    if source.bytes[range].allSatisfy({ 0x20...0x7E ~= $0 || $0 == 0x09 }) { return }
    var offset = range.lowerBound
    let text = String(decoding: source.bytes[range], as: UTF8.self)
    for scalar in text.unicodeScalars {
      let length = UTF8.width(scalar)
      if Characters.role(scalar) == .invisible || (scalar.value < 0x20 && scalar.value != 0x09) {
        characters.noteInvisible(scalar, at: offset, length: length)
      }
      offset += length
    }
    characters.checkScripts(text, at: range)
  }
}
