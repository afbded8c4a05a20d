import Foundation

/// What a page shows of commands and of what they say.
enum ShownOutput {
  /// The commands of a block, each with the lines below it.
  static func commands(in block: Page.Block) -> [(String, [String])] {
    var commands: [(String, [String])] = []
    for line in block.lines {
      if line.hasPrefix("$ ") {
        commands.append((String(line.dropFirst(2)), []))
      } else if !commands.isEmpty {
        commands[commands.count - 1].1.append(line)
      }
    }
    return commands.map { command, lines in
      var lines = lines
      while lines.last?.isEmpty ?? false { lines.removeLast() }
      return (command, lines)
    }
  }

  /// Whether lines are those that are shown, where `…` stands for any number of lines or any words.
  static func matches(_ lines: ArraySlice<String>, _ shown: ArraySlice<String>) -> Bool {
    guard let first = shown.first else {
      return lines.allSatisfy(\.isEmpty)
    }
    if first.trimmingCharacters(in: .whitespaces) == "…" {
      return (lines.startIndex...lines.endIndex).contains {
        matches(lines[$0...], shown.dropFirst())
      }
    }
    guard let line = lines.first, isLike(line, first) else { return false }
    return matches(lines.dropFirst(), shown.dropFirst())
  }

  private static func isLike(_ line: String, _ shown: String) -> Bool {
    let parts = shown.split(separator: "…", omittingEmptySubsequences: false)
    guard let first = parts.first, let last = parts.last, line.hasPrefix(first) else {
      return false
    }
    guard parts.count > 1 else { return line == shown }
    var rest = line.dropFirst(first.count)
    for part in parts.dropFirst().dropLast() {
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return rest.hasSuffix(last)
  }
}
