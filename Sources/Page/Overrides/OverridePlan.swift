import Findings
import Model
import Syntax

/// Who overrides whom, as it is written: sections, rules and tables, and the lines between them.
struct OverridePlan {
  struct Row {
    let anchor: String
    let name: String
    let outcome: OutcomeID?
    let kinds: Set<Rule.Kind>
  }

  struct Box {
    let anchor: String?
    let name: String
    var rows: [Row] = []

    /// What kind of rules it has, where that is not decision rules.
    var kind: String? {
      switch rows.reduce(into: Set<Rule.Kind>(), { $0.formUnion($1.kinds) }) {
      case [.guard]: "guards"
      case [.note]: "note rules"
      default: nil
      }
    }
  }

  struct Edge: Hashable {
    let from: String
    let to: String
  }

  private(set) var boxes: [Box] = []
  private(set) var edges: [Edge] = []
  /// Where a rule, table or section stands among the boxes.
  private var boxOfAnchor: [String: Int] = [:]

  init(_ contents: PageContents, _ policy: Policy, _ links: Links) {
    addBoxes(contents, policy, links)
    for box in boxes {
      addEdges(to: box.anchor, links)
      for row in box.rows { addEdges(to: row.anchor, links) }
    }
    edges = edges.map { Edge(from: tableOfRow[$0.from] ?? $0.from, to: tableOfRow[$0.to] ?? $0.to) }
      .filter { boxOfAnchor[$0.from] != nil && $0.from != $0.to }
    var seen: Set<Edge> = []
    edges = edges.filter { seen.insert($0).inserted }
    removeBoxesWithoutEdges()
  }

  /// Rows that are drawn as their table.
  private var tableOfRow: [String: String] = [:]

  private mutating func addEdges(to anchor: String?, _ links: Links) {
    guard let anchor else { return }
    for use in links.uses[anchor] ?? [] where use.manner == .overridden {
      edges.append(Edge(from: use.user, to: anchor))
    }
  }

  // MARK: Boxes

  private mutating func addBoxes(_ contents: PageContents, _ policy: Policy, _ links: Links) {
    var open: Int?
    for document in contents.syntax.documents {
      open = nil
      for statement in document.statements {
        switch statement.kind {
        case .section(let section): open = box(of: section, links)
        case .rule:
          guard let id = links.rulesBySpan[document.tokens.span(statement.range)] else { continue }
          let rule = policy[id]
          add(
            Row(
              anchor: links.anchors.rules[id.index], name: rule.name, outcome: rule.outcome,
              kinds: [rule.kind]), to: open)
        case .table(let table): add(table, document, to: open, policy, links)
        case .fact, .outcome, .note, .list, .define, .otherwise, .whenUnsure, .promise, .scenario,
          .unreadable:
          continue
        }
      }
    }
  }

  private mutating func box(of section: SectionSyntax, _ links: Links) -> Int? {
    guard let anchor = links.anchors.sections[Anchors.key(section.name.text)] else { return nil }
    if let known = boxOfAnchor[anchor] { return known }
    boxOfAnchor[anchor] = boxes.count
    boxes.append(Box(anchor: anchor, name: section.name.text))
    return boxes.count - 1
  }

  private mutating func add(_ row: Row, to open: Int?) {
    let place = open ?? boxes.firstIndex { $0.anchor == nil } ?? boxes.count
    if place == boxes.count { boxes.append(Box(anchor: nil, name: "Rules outside sections")) }
    boxOfAnchor[row.anchor] = place
    boxes[place].rows.append(row)
  }

  /// A table is one row, unless some of its rows have arrows of their own.
  private mutating func add(
    _ table: TableSyntax, _ document: DocumentSyntax, to open: Int?, _ policy: Policy,
    _ links: Links
  ) {
    guard let anchor = links.anchors.tables[Anchors.key(table.name.text)] else { return }
    let ids = table.rows.compactMap { links.rulesBySpan[document.tokens.span($0.range)] }
    let rows = ids.map { links.anchors.rules[$0.index] }
    let outcomes = Set(ids.map { policy[$0].outcome })
    let count = ids.count == 1 ? "1 row" : "\(ids.count) rows"
    add(
      Row(
        anchor: anchor, name: "\(table.name.text) (\(count))",
        outcome: outcomes.count == 1 ? outcomes.first.flatMap { $0 } : nil,
        kinds: Set(ids.map { policy[$0].kind })), to: open)
    for (id, row) in zip(ids, rows) {
      if links.uses[row]?.contains(where: { $0.manner == .overridden }) == true {
        let rule = policy[id]
        add(
          Row(anchor: row, name: rule.name, outcome: rule.outcome, kinds: [rule.kind]), to: open)
      } else {
        tableOfRow[row] = anchor
      }
    }
  }

  private mutating func removeBoxesWithoutEdges() {
    let touched = Set(edges.flatMap { [$0.from, $0.to] })
    let kept = boxes.filter { box in
      box.anchor.map(touched.contains) == true || box.rows.contains { touched.contains($0.anchor) }
    }
    // A box in which nothing but single rules take part shows these alone.
    boxes = kept.map { box in
      guard box.anchor == nil else { return box }
      return Box(
        anchor: nil, name: box.name, rows: box.rows.filter { touched.contains($0.anchor) })
    }
    boxOfAnchor = [:]
    for (index, box) in boxes.enumerated() {
      if let anchor = box.anchor { boxOfAnchor[anchor] = index }
      for row in box.rows { boxOfAnchor[row.anchor] = index }
    }
  }

  // MARK: Order

  /// More boxes stay in the order of the files.
  private static let mostOrdered = 500

  /// The boxes, each behind those that override it as far as that can be.
  ///
  /// What counts first are the lines between sections, which have no circle; then those of single rules,
  /// which may lead both ways. O(boxes² + edges).
  var orderedBoxes: [Box] {
    guard boxes.count <= OverridePlan.mostOrdered else { return boxes }
    var before = Array(repeating: Set<Int>(), count: boxes.count)
    for edge in edges {
      guard let from = boxOfAnchor[edge.from], let to = boxOfAnchor[edge.to], from != to else {
        continue
      }
      before[to].insert(from)
    }
    var order: [Int] = []
    var open = Array(boxes.indices)
    while !open.isEmpty {
      let done = Set(order)
      let next =
        open.first { before[$0].isSubset(of: done) }
        ?? open.min { before[$0].subtracting(done).count < before[$1].subtracting(done).count }
        ?? open[0]
      order.append(next)
      open.removeAll { $0 == next }
    }
    return order.map { boxes[$0] }
  }
}
