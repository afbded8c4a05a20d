import Findings
import Syntax
import Values

extension Resolver {
  /// Who overrides whom: names become edges of the graph, and circles are reported.
  mutating func resolveOverrides() {
    overrides = OverrideGraph(ruleCount: rules.count)
    var groups: [String: [Rule.Kind: Int]] = [:]
    for key in sectionOrder {
      let members = sections[key]?.rules ?? []
      for kind in Rule.Kind.allCases {
        let ofKind = members.filter { rules[$0.index].kind == kind }
        if !ofKind.isEmpty { groups[key, default: [:]][kind] = overrides.addGroup(ofKind) }
      }
    }
    for line in overrideLines {
      overrides.beginLine(at: line.keyword.through(line.syntax.name.span))
      if line.syntax.isSection {
        addSection(line, groups)
      } else {
        addName(line)
      }
    }
    reportCircles()
  }

  private mutating func addSection(_ line: OverrideLine, _ groups: [String: [Rule.Kind: Int]]) {
    let key = Resolver.key(line.syntax.name.text)
    guard let section = sections[key] else {
      let nearest = Spelling.nearest(
        line.syntax.name.text, in: sections.values.map(\.display).sorted())
      report(.unknownName("section", line.syntax.name, nearest: nearest))
      return
    }
    if line.section == key {
      report(.overridesItself("section", section.display, line.syntax.name.span))
      return
    }
    for rule in line.rules {
      if let node = groups[key]?[rules[rule.index].kind] {
        overrides.add(rule, overridesGroup: node)
      }
    }
  }

  private mutating func addName(_ line: OverrideLine) {
    guard let target = ruleNames[Resolver.key(line.syntax.name.text)] else {
      return reportUnknownRule(line.syntax.name)
    }
    for rule in line.rules {
      for other in target.rules {
        let (kind, otherKind) = (rules[rule.index].kind, rules[other.index].kind)
        if rule == other {
          if line.section != nil { continue }
          report(.overridesItself("rule", target.display, line.syntax.name.span))
          return
        }
        guard kind == otherKind else {
          if line.section != nil { continue }
          report(.overridesOtherKind(kind, otherKind, target.display, line.syntax.name.span))
          return
        }
        overrides.add(rule, overrides: other)
      }
    }
  }

  private mutating func reportUnknownRule(_ name: NameSyntax) {
    if TextMatch.contains.matches(name.text, ".rules:") {
      let key = Resolver.key(name.text)
      if let rule = rules.first(where: { !$0.isNamed && Resolver.key($0.name) == key }) {
        report(.overridesPlace(rule, name.span))
      } else {
        report(.overridesPlace(name.span))
      }
      return
    }
    if sections[Resolver.key(name.text)] != nil {
      report(.sectionWithoutWord(name))
      return
    }
    report(.unknownName("rule", name, nearest: nearestRule(name.text)))
  }

  /// The rule that a mistyped name means: one with the same name behind a word such as `rule`, or
  /// the nearest. That is looked for only as long as somebody may read it: it costs time with every
  /// rule.
  func nearestRule(_ name: String) -> String? {
    for word in ["the rule ", "rule ", "guard ", "table "] where Resolver.key(name).hasPrefix(word)
    {
      if let known = ruleNames[Resolver.key(String(name.dropFirst(word.count)))] {
        return known.display
      }
    }
    guard findings.count < 100 else { return nil }
    return Spelling.nearest(name, in: ruleNames.values.map(\.display).sorted())
  }

  // MARK: Circles

  /// Reports each set of rules that override each other (Tarjan's strongly connected components, 1972,
  /// with an explicit stack). O(rules + edges).
  private mutating func reportCircles() {
    for component in StrongComponents(overrides.successors).components {
      let circle = component.filter { $0 < rules.count }.sorted()
      guard circle.count > 1 else { continue }
      let names = circle.prefix(6).map { rules[$0].name }
      let lines = overrideLines.filter { line in
        line.rules.contains { circle.contains($0.index) }
      }
      guard let first = lines.first else { continue }
      report(
        .overrideCircle(
          names, more: circle.count - names.count, first.syntax.name.span,
          others: lines.dropFirst().prefix(5).map(\.syntax.name.span)))
    }
  }
}

/// Sets of nodes that can reach each other.
struct StrongComponents {
  private(set) var components: [[Int]] = []

  init(_ successors: [[Int32]]) {
    var index = [Int](repeating: -1, count: successors.count)
    var low = [Int](repeating: 0, count: successors.count)
    var isOpen = [Bool](repeating: false, count: successors.count)
    var open: [Int] = []
    var counter = 0
    for root in successors.indices where index[root] < 0 {
      var work: [(node: Int, next: Int)] = [(root, 0)]
      while let (node, next) = work.last {
        if next == 0 {
          index[node] = counter
          low[node] = counter
          counter += 1
          open.append(node)
          isOpen[node] = true
        }
        if next < successors[node].count {
          work[work.count - 1].next += 1
          let successor = Int(successors[node][next])
          if index[successor] < 0 {
            work.append((successor, 0))
          } else if isOpen[successor] {
            low[node] = min(low[node], index[successor])
          }
          continue
        }
        work.removeLast()
        if let parent = work.last?.node { low[parent] = min(low[parent], low[node]) }
        guard low[node] == index[node] else { continue }
        var component: [Int] = []
        while let last = open.popLast() {
          isOpen[last] = false
          component.append(last)
          if last == node { break }
        }
        components.append(component)
      }
    }
  }
}
