import Analysis
import Findings
import Model
import Syntax
import Values

extension PageWriter {
  /// Sections, rules, tables and the two defaults, file by file, as they were written.
  mutating func writeRules() {
    writeFiles(where: \.isRule) { page, statements in
      var hasSection = false
      for placed in statements {
        page.write(placed.comments)
        switch placed.statement.kind {
        case .section(let section):
          page.write(section)
          hasSection = true
        case .rule(let rule): page.write(rule, placed, level: hasSection ? 4 : 3)
        case .table(let table): page.write(table, placed, level: hasSection ? 4 : 3)
        case .otherwise(let standard):
          page.write(standard, "otherwise", page.links.anchors.otherwise)
        case .whenUnsure(let standard):
          page.write(standard, "when unsure", page.links.anchors.whenUnsure)
        case .fact, .outcome, .note, .list, .define, .promise, .scenario, .unreadable: break
        }
      }
    }
  }

  /// The sections, for the list of contents.
  mutating func writeRuleParts() {
    var seen: Set<String> = []
    let sections = contents.syntax.documents.flatMap(\.statements).compactMap { statement in
      if case .section(let section) = statement.kind { section.name.text } else { nil }
    }.filter { seen.insert(Anchors.key($0)).inserted }
    guard !sections.isEmpty else { return }
    element("ul") { page in
      for name in sections {
        page.element("li") { page in
          page.link(to: page.links.anchors.sections[Anchors.key(name)] ?? "rules") {
            $0.write(name)
          }
        }
      }
    }
  }

  private mutating func write(_ section: SectionSyntax) {
    guard let anchor = links.anchors.sections[Anchors.key(section.name.text)] else { return }
    let isFirst = writtenSections.insert(anchor).inserted
    let attributes: Attributes = isFirst ? ["id": anchor, "data-kind": "section"] : [:]
    element("header", ["class": "section-head"] + attributes) { page in
      page.element("h3") { page in
        page.link(to: anchor, "self") { $0.write(section.name.text) }
        if !isFirst { page.span("continued") { $0.write(" continued") } }
      }
      page.writeClauses(section.clauses)
      if isFirst { page.writeOverriders(of: anchor) }
    }
  }

  private mutating func write(_ rule: RuleSyntax, _ placed: PlacedStatement, level: Int) {
    let span = placed.document.tokens.span(placed.statement.range)
    guard let id = links.rulesBySpan[span] else { return }
    let anchor = links.anchors.rules[id.index]
    let kind = policy[id].kind
    element("article", ["id": anchor, "class": "rule \(kind.style)", "data-kind": kind.word]) {
      page in
      page.heading(level, page.policy[id].name, anchor: anchor)
      if kind != .decision { page.paragraph("kind") { $0.write(kind.word) } }
      if let condition = rule.condition {
        page.clause("if") { $0.writeCondition(condition) }
      }
      page.writeClauses(rule.clauses)
      page.writeOverriders(of: anchor)
      page.writeTrials(of: id)
      page.writeUses(of: anchor, [.named, .expected])
    }
  }

  private mutating func write(_ standard: DefaultSyntax, _ keyword: String, _ anchor: String) {
    element("article", ["id": anchor, "class": "rule default", "data-kind": keyword]) { page in
      if let consequent = standard.consequent {
        page.clause(keyword, "then") { $0.writeWords(consequent.span) }
      }
      page.writeClauses(standard.clauses)
    }
  }

  // MARK: Clauses

  mutating func clause(
    _ keyword: String, _ kind: String = "", _ content: (inout PageWriter) -> Void
  ) {
    element("div", ["class": kind.isEmpty ? "clause" : "clause \(kind)"]) { page in
      page.element("b", ["class": "keyword"]) { $0.write(keyword) }
      page.write(" ")
      page.element("div", ["class": "said"], content)
    }
  }

  mutating func writeClauses(_ clauses: [ClauseSyntax]) {
    for clause in clauses { write(clause) }
  }

  private mutating func write(_ syntax: ClauseSyntax) {
    switch syntax.kind {
    case .then(let consequent): clause("then", "then") { $0.writeWords(consequent.span) }
    case .because(let text): clause("because", "because") { $0.write(text.text) }
    case .see(let text): clause("see", "see") { $0.write(text.text) }
    case .overrides(let override):
      clause("overrides", "overrides") { page in
        if override.isSection { page.span("kind") { $0.write("section ") } }
        page.write(override.name)
      }
    case .from(let date): clause("from", "time") { $0.write(date.day.words) }
    case .until(let date): clause("until", "time") { $0.write(date.day.words) }
    case .fromUntil(let first, let last):
      clause("from", "time") { $0.write("\(first.day.words) to \(last.day.words)") }
    case .unless(let condition): clause("unless") { $0.writeCondition(condition) }
    case .given(let condition): clause("given") { $0.writeCondition(condition) }
    case .on(let date): clause("on", "time") { $0.write(date.day.words) }
    case .expect(.unsure): clause("expect", "then") { $0.write("unsure") }
    case .expect(.outcome), .pledge: writeWholeClause(syntax)
    case .by(let name): clause("by") { $0.write(name) }
    case .like(let name): clause("like") { $0.write(name) }
    case .pledgeCondition, .negative, .path, .unreadable: break
    }
  }

  /// A name that runs to the end of its line.
  private mutating func write(_ name: NameSyntax) {
    guard let mark = links.mark(at: name.span.start, in: name.span.file) else {
      return write(name.text)
    }
    link(to: mark.anchor, mark.role.style) { $0.write(name.text) }
  }

  /// A clause whose keyword is followed by words that belong together.
  private mutating func writeWholeClause(_ syntax: ClauseSyntax) {
    let tokens = contents.syntax.documents[Int(syntax.keyword.file.index)].tokens
    let all = tokens.span(syntax.range)
    let rest = Span(file: all.file, start: syntax.keyword.end, end: all.end)
    let keyword = contents.check.files[all.file].text(syntax.keyword)
    clause(keyword, "then") { $0.writeWords(rest) }
  }

  /// The rules and sections that override one.
  mutating func writeOverriders(of anchor: String) {
    let uses = (links.uses[anchor] ?? []).filter { $0.manner == .overridden }
    guard !uses.isEmpty else { return }
    clause("overridden by", "overridden") { page in
      page.enumerate(uses) { $0.writeUser($1.user) }
    }
  }
}

extension Rule.Kind {
  /// The name of how it looks.
  var style: String {
    switch self {
    case .decision: "decides"
    case .guard: "guards"
    case .note: "adds"
    }
  }
}
