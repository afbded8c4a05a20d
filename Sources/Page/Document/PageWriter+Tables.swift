import Analysis
import Findings
import Model
import Syntax
import Values

extension PageWriter {
  /// A table of rules, as a table.
  mutating func write(_ table: TableSyntax, _ placed: PlacedStatement, level: Int) {
    guard let anchor = links.anchors.tables[Anchors.key(table.name.text)] else { return }
    element("article", ["id": anchor, "class": "rule table-rule", "data-kind": "table"]) { page in
      page.heading(level, table.name.text, anchor: anchor)
      page.element(
        "div",
        ["class": "scroll", "role": "region", "tabindex": "0", "aria-label": table.name.text]
      ) { page in
        page.element("table") { page in
          page.writeHeadings(table, placed.document)
          page.element("tbody") { page in
            for row in table.rows { page.write(row, table, placed.document) }
          }
        }
      }
      page.writeClauses(table.clauses)
      page.writeOverriders(of: anchor)
      page.writeUses(of: anchor, [.named, .expected])
    }
  }

  private mutating func writeHeadings(_ table: TableSyntax, _ document: DocumentSyntax) {
    element("thead") { page in
      page.element("tr") { page in
        if !table.hasNames {
          page.element("th", ["scope": "col"]) { $0.write("row") }
        }
        for heading in table.headings {
          page.element("th", ["scope": "col"]) {
            $0.writeWords(document.tokens.span(heading.range))
          }
        }
      }
    }
  }

  private mutating func write(_ row: RowSyntax, _ table: TableSyntax, _ document: DocumentSyntax) {
    guard let id = links.rulesBySpan[document.tokens.span(row.range)] else { return }
    let anchor = links.anchors.rules[id.index]
    let kind = policy[id].kind
    element("tr", ["id": anchor, "class": "row \(kind.style)", "data-kind": kind.word]) { page in
      if !table.hasNames { page.writeHead(of: id, "\(row.number)") }
      for (heading, range) in zip(table.headings, row.cells) {
        page.write(heading, range, row, id, document)
      }
    }
  }

  /// The name or number of a row, and what there is to say of it apart from the table.
  private mutating func writeHead(of id: RuleID, _ name: String) {
    let anchor = links.anchors.rules[id.index]
    element("th", ["scope": "row"]) { page in
      page.link(to: anchor, "self") { $0.write(name) }
      page.writeOverriders(of: anchor)
      page.writeTrials(of: id)
      page.writeUses(of: anchor, [.named, .expected])
    }
  }

  private mutating func write(
    _ heading: HeadingSyntax, _ range: Range<Int>, _ row: RowSyntax, _ id: RuleID,
    _ document: DocumentSyntax
  ) {
    if heading.kind == .name {
      return writeHead(of: id, policy[id].name)
    }
    element("td") { page in
      let span = document.tokens.span(range)
      let raw = range.isEmpty ? "" : page.contents.check.files[span.file].text(span)
      switch heading.kind {
      case .fact, .definition:
        let isOpen = raw.isEmpty || raw == "-" || Anchors.key(raw) == "any"
        isOpen ? page.span("any") { $0.write("any") } : page.writeWords(span)
      case .then: page.writeWords(span)
      case .because, .from, .until, .name, .unreadable: page.write(raw)
      }
    }
  }
}

extension TableSyntax {
  /// Whether a column names the rows.
  fileprivate var hasNames: Bool { headings.contains { $0.kind == .name } }
}
