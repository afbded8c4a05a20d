import Values

/// Tells what spreadsheets do to cells, and what would read as something else than was meant.
struct CellCheck {
  /// Whether the cell is words for people: a reason or a name.
  let isProse: Bool

  /// What is wrong with a cell, and what to write; nil if nothing is.
  func problem(_ cell: String) -> String? {
    if let scalar = cell.unicodeScalars.first(where: { $0.value < 0x20 && $0 != "\t" }) {
      return "there is a character in it that cannot be seen (U+\(String(scalar.value, radix: 16)))"
    }
    if cell.contains("|") {
      return "`|` parts the cells of a table; leave it out"
    }
    if cell.hasSuffix("#") || cell.contains("# ") {
      return "what stands behind `# ` would be taken for a comment; write `no. 12` or `#12`"
    }
    if let error = CellCheck.errors.first(where: { cell.hasPrefix($0) }) {
      return "`\(error)` is an error of the spreadsheet; put right what it works out there"
    }
    guard !isProse else { return nil }
    if ["TRUE", "FALSE"].contains(cell) {
      return "`\(cell)` is the spreadsheet's own word; write `\(cell == "TRUE" ? "yes" : "no")`"
    }
    return CellCheck.words(of: cell).lazy.compactMap { date($0) ?? number($0) }.first
  }

  private static let errors = [
    "#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "####",
  ]

  /// The words of a cell that do not stand in quotation marks.
  private static func words(of cell: String) -> [String] {
    var words: [String] = []
    var isQuoted = false
    for part in cell.split(separator: " ") {
      let quotes = part.count { $0 == "\"" || $0 == "“" || $0 == "”" }
      if !isQuoted, quotes == 0 { words.append(String(part)) }
      if quotes % 2 == 1 { isQuoted.toggle() }
    }
    return words
  }

  private static let howToWriteDates =
    "; give the column the format Text before you type it, or the spreadsheet will change it back"

  /// A date as spreadsheets write them.
  private func date(_ word: String) -> String? {
    let word = word.last == "," || word.last == ";" ? String(word.dropLast()) : word
    if Parser.looksLikeFigures(word) {
      return
        "`\(word)` can be read in two ways, the day or the month first; write the month as a word, as in "
        + "`1 September 2026`, or `2026-09-01`" + CellCheck.howToWriteDates
    }
    let parts = word.split(whereSeparator: { $0 == "-" || $0 == "." || $0 == "/" })
    guard (2...3).contains(parts.count),
      let place = parts.firstIndex(where: { Month(lowercased: $0.lowercased()) != nil }),
      parts.indices.allSatisfy({ $0 == place || parts[$0].allSatisfy(\.isNumber) }),
      let month = Month(lowercased: parts[place].lowercased())
    else { return nil }
    let day = place == 1 ? Int(parts[0]) ?? 1 : 1
    let year = parts.count == 3 && parts[2].count == 4 ? String(parts[2]) : "2026"
    return
      "`\(word)` is a date as the spreadsheet shows it; write it with its year in four digits, as in "
      + "`\(day) \(month.name) \(year)`" + CellCheck.howToWriteDates
  }

  /// A number with a comma in it.
  private func number(_ word: String) -> String? {
    let digits = word.drop { "£€$-".contains($0) }
    let parts = digits.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count > 1,
      parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0.isNumber || $0 == "." } })
    else { return nil }
    let isThousands = parts.dropFirst().allSatisfy { $0.prefix { $0 != "." }.count == 3 }
    let plain = isThousands ? parts.joined() : parts.joined(separator: ".")
    let other =
      isThousands || parts.count > 2
      ? "" : ", or `\(parts.joined(separator: " or "))` for two numbers"
    return "`\(word)` has a comma in a number; write `\(plain)`\(other)"
  }
}
