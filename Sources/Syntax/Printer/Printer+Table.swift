import Findings
import Values

extension Printer {
  /// A table with its columns aligned.
  func lines(_ table: TableSyntax) -> [Line] {
    let first = Line(indent: 0, text: "table \(table.name.text)", start: table.keyword.start)
    let headings = table.headings.map { heading($0) }
    var rows = [headings]
    rows += table.rows.map { cells($0, table.headings) }
    let widths = headings.indices.map { column in
      rows.map { $0[column].unicodeScalars.count }.max() ?? 0
    }
    let starts =
      [document.tokens.span(table.headings[0].range).start]
      + table.rows.map { document.tokens.span($0.range).start }
    var lines = [first]
    for (row, start) in zip(rows, starts) {
      let padded = zip(row, widths).map { text, width in
        text + String(repeating: " ", count: width - text.unicodeScalars.count)
      }
      lines.append(
        Line(indent: 2, text: "| " + padded.joined(separator: " | ") + " |", start: start))
    }
    return lines + table.clauses.flatMap { self.lines($0, indent: 2) }
  }

  /// A heading as written, or the whole phrase where its last word was left out.
  private func heading(_ heading: HeadingSyntax) -> String {
    let written = plain(document.tokens.span(heading.range))
    switch heading.kind {
    case .then: return "then"
    case .fact(let fact):
      let last = lexicon[fact].phrase.text.split(separator: " ").last.map(String.init) ?? ""
      let isWhole = WordTable.lowercased(written).hasSuffix(WordTable.lowercased(last))
      return isWhole ? written : "\(written) \(last)"
    case .definition, .because, .from, .until, .name, .unreadable: return written
    }
  }

  private func cells(_ row: RowSyntax, _ headings: [HeadingSyntax]) -> [String] {
    var conditions = row.conditions[...]
    return zip(row.cells, headings).map { range, heading in
      let raw = range.isEmpty ? "" : plain(document.tokens.span(range))
      switch heading.kind {
      case .fact, .definition:
        if raw.isEmpty || raw == "-" || WordTable.lowercased(raw) == "any" { return raw }
        guard let condition = conditions.popFirst() else { return raw }
        return inline(condition, isWhole: true) ?? raw
      case .then: return row.consequent.map { text($0) } ?? raw
      case .from: return row.from?.day.words ?? raw
      case .until: return row.until?.day.words ?? raw
      case .because, .name, .unreadable:
        return range.isEmpty ? "" : source.text(document.tokens.span(range)).tidied
      }
    }
  }
}
