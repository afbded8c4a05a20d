import Findings
import Syntax
import TestSupport
import Testing

@Suite struct `A table at random` {
  @Test func `comes back from a spreadsheet as it was`() throws {
    var count = 0
    for seed in seeds(120) {
      let text = formatted(authored(seed, seed % 2 == 0 ? nil : 1))
      let syntax = read(text)
      guard !syntax.findings.contains(where: { $0.severity == .error }) else { continue }
      for name in Sheet.tableNames(in: syntax) {
        let sheet = try #require(Sheet(tableNamed: name, in: syntax))
        for separator in [[UInt8(ascii: ",")], Array(";\t".utf8)][Int(seed % 2)] {
          let bytes = separator == UInt8(ascii: ",") ? sheet.csv : csv(sheet, separator)
          let back = try Sheet.readCSV(bytes).get()
          #expect(back == sheet.filled, "seed \(seed), \(name)")
          let statement = TableStatement.make(of: back, named: nil, otherwise: "?")
          guard case .success(let made) = statement else {
            Issue.record("seed \(seed), \(name): \(statement)")
            continue
          }
          let file = SourceFile(path: "\u{F8FF}.rules", bytes: Array(made.text.utf8))
          let rest = syntax.text(text, withoutTable: name)
          let whole = PolicyText(ruleFiles: rest.ruleFiles + [file], listFile: text.listFile)
          let written = Formatter.formatted(whole).last.map {
            String(decoding: $0.bytes, as: UTF8.self)
          }
          #expect(written == statementText(name, text), "seed \(seed), \(name)")
          count += 1
        }
      }
    }
    #expect(count > 50)
  }

  /// A sheet as spreadsheets in Europe and elsewhere write it.
  private func csv(_ sheet: Sheet, _ separator: UInt8) -> [UInt8] {
    let separator = String(UnicodeScalar(separator))
    return Array(
      sheet.filled.rows.map { row in
        row.map { cell in
          cell.contains { "\"\n\(separator)".contains($0) }
            ? "\"\(cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
            : cell
        }.joined(separator: separator) + "\n"
      }.joined().utf8)
  }

  /// A table of a formatted policy, word for word.
  private func statementText(_ name: String, _ text: PolicyText) -> String? {
    for file in text.ruleFiles {
      let lines = String(decoding: file.bytes, as: UTF8.self)
        .split(separator: "\n", omittingEmptySubsequences: false)
      let start = lines.firstIndex { $0 == "table \(name)" || $0.hasPrefix("table \(name)  #") }
      guard let start else { continue }
      return lines[start...].prefix { !$0.isEmpty }.map { $0 + "\n" }.joined()
    }
    return nil
  }
}

extension Sheet {
  /// All rows as long as the longest.
  fileprivate var filled: Sheet {
    let width = rows.map(\.count).max() ?? 0
    return Sheet(rows: rows.map { $0 + [String](repeating: "", count: width - $0.count) })
  }
}

@Suite struct `A sheet at random` {
  private static let pieces = [
    "a", "ü", "\u{1F4E7}", " ", ",", ";", "\t", "\"", "\"\"", "\n", "\r\n", "=", "sep", "|", "5",
  ]

  @Test func `is read as it was written`() throws {
    for seed in seeds(400) {
      var random = SeededRandom(state: seed &+ 5)
      let width = Int.random(in: 2...5, using: &random)
      var rows = (0..<Int.random(in: 1...6, using: &random)).map { _ in
        (0..<width).map { _ in
          (0..<Int.random(in: 0...4, using: &random)).map { _ in
            Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)]
          }.joined()
        }
      }
      // What stands there tells the separator.
      rows[0] = (0..<width).map { "h\($0)" }
      let sheet = Sheet(rows: rows)
      #expect(try Sheet.readCSV(sheet.csv).get() == sheet, "seed \(seed)")
    }
  }

  @Test func `is read or refused whatever it holds, and never more than once over`() {
    for seed in seeds(300) {
      var random = SeededRandom(state: seed &+ 11)
      let bytes = (0..<Int.random(in: 0...60, using: &random)).flatMap { _ in
        Array(Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)].utf8)
      }
      guard case .success(let sheet) = Sheet.readCSV(bytes) else { continue }
      guard case .success(let made) = TableStatement.make(of: sheet, named: "T", otherwise: "T")
      else { continue }
      let text = PolicyText(ruleFiles: [SourceFile(path: "a.rules", bytes: Array(made.text.utf8))])
      #expect(Sheet.tableNames(in: read(text)) == ["T"], "seed \(seed)")
    }
  }
}
