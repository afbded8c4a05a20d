import Findings
import Values

extension Printer {
  /// A clause that holds a condition: its head, and the condition on the same line and those below.
  func clause(_ head: String, _ condition: ConditionSyntax, indent: Int, start: UInt32) -> [Line] {
    if let inline = inline(condition, isWhole: true) {
      let line = Line(indent: indent, text: head + inline, start: start)
      if !line.isTooLong { return [line] }
    }
    var lines = block(condition, indent: indent, isWhole: true)
    lines[0] = Line(indent: indent, text: head + lines[0].text, start: start)
    return lines.flatMap { wrapped($0) }
  }

  // MARK: On one line

  /// A condition on one line; nil if it has bullets. `isWhole` says that nothing stands beside it on
  /// its level, so that it needs no brackets of its own.
  func inline(_ condition: ConditionSyntax, isWhole: Bool) -> String? {
    switch condition {
    case .test(let test): return text(test)
    case .not(let inner, _): return inline(inner, isWhole: false).map { "not \($0)" }
    case .junction(let junction):
      return inline(junction.operands, by: junction.connective == .and ? " and " : " or ")
    case .unless(let left, let right, _):
      guard let left = inline(left, isWhole: true), let right = inline(right, isWhole: true) else {
        return nil
      }
      return "\(left) unless \(right)"
    case .brackets(let inner, _): return inline(inner, isWhole: true).map { "(\($0))" }
    case .block: return nil
    case .group(let group): return inline(group, isWhole: isWhole)
    case .unreadable(let span): return plain(span)
    }
  }

  private func inline(_ operands: [ConditionSyntax], by connective: String) -> String? {
    let parts = operands.map { inline($0, isWhole: false) }
    return parts.contains(nil) ? nil : parts.compactMap { $0 }.joined(separator: connective)
  }

  /// Groups are written with brackets.
  private func inline(_ group: GroupSyntax, isWhole: Bool) -> String? {
    let connective = group.kind == .both ? " and " : " or "
    guard let inside = inline(group.operands, by: connective) else { return nil }
    if group.kind == .neither { return "not (\(inside))" }
    return isWhole ? inside : "(\(inside))"
  }

  // MARK: On several lines

  /// A condition on several lines; the first goes behind what stands before it.
  private func block(_ condition: ConditionSyntax, indent: Int, isWhole: Bool) -> [Line] {
    if let inline = inline(condition, isWhole: isWhole) {
      let line = Line(indent: indent, text: inline, start: condition.span.start)
      if !Line(indent: indent + 4, text: inline, start: 0).isTooLong || !condition.isJoined {
        return [line]
      }
    }
    switch condition {
    case .test, .unreadable:
      return [
        Line(
          indent: indent, text: inline(condition, isWhole: isWhole) ?? "",
          start: condition.span.start)
      ]
    case .not(let inner, let keyword):
      return prefixed("not ", block(inner, indent: indent, isWhole: false), keyword.start)
    case .junction(let junction):
      return joined(
        junction.operands, by: junction.connective == .and ? "and " : "or ", indent: indent)
    case .unless(let left, let right, let keyword):
      return block(left, indent: indent, isWhole: true)
        + prefixed(
          "unless ", shifted(block(right, indent: indent + 2, isWhole: true), to: indent + 2),
          keyword.start)
    case .brackets(let inner, let span):
      return bracketed(block(inner, indent: indent, isWhole: true), span, indent)
    case .block(let block): return bullets(block, indent: indent)
    case .group(let group):
      return block(bracketed(group, isWhole: isWhole), indent: indent, isWhole: isWhole)
    }
  }

  /// A group as the brackets that it will be read as the next time.
  private func bracketed(_ group: GroupSyntax, isWhole: Bool) -> ConditionSyntax {
    let junction = ConditionSyntax.junction(
      JunctionSyntax(connective: group.kind == .both ? .and : .or, operands: group.operands))
    if isWhole, group.kind != .neither { return junction }
    let brackets = ConditionSyntax.brackets(junction, span: group.span)
    return group.kind == .neither ? .not(brackets, keyword: group.span.before) : brackets
  }

  private func shifted(_ lines: [Line], to indent: Int) -> [Line] {
    var lines = lines
    lines[0].indent = indent
    return lines
  }

  private func prefixed(_ prefix: String, _ lines: [Line], _ start: UInt32) -> [Line] {
    var lines = lines
    lines[0] = Line(indent: lines[0].indent, text: prefix + lines[0].text, start: start)
    return lines
  }

  private func bracketed(_ lines: [Line], _ span: Span, _ indent: Int) -> [Line] {
    var lines = prefixed("(", lines, span.start)
    let last = lines.count - 1
    if lines[last].text.hasPrefix("- ") {
      lines.append(Line(indent: indent + 2, text: ")", start: span.end &- 1))
    } else {
      lines[last].text += ")"
    }
    return lines
  }

  /// Operands one below the other, each behind its connective.
  private func joined(_ operands: [ConditionSyntax], by connective: String, indent: Int) -> [Line] {
    var lines: [Line] = []
    for (index, operand) in operands.enumerated() {
      let part = block(operand, indent: indent + 2, isWhole: false)
      lines +=
        index == 0 ? shifted(part, to: indent) : prefixed(connective, part, operand.span.start)
    }
    return lines
  }

  private func bullets(_ block: BlockSyntax, indent: Int) -> [Line] {
    let head =
      switch block.quantifier {
      case .all: "all of:"
      case .any: "any of:"
      case .none: "none of:"
      }
    var lines = [Line(indent: indent, text: head, start: block.head.start)]
    for operand in block.operands {
      var part = self.block(operand, indent: indent + 4, isWhole: true)
      let start = operand.span.start
      part[0] = Line(indent: indent + 2, text: "- " + part[0].text, start: start)
      lines += part
    }
    return lines
  }
}

extension ConditionSyntax {
  /// Whether the condition can be parted between its sentences.
  fileprivate var isJoined: Bool {
    switch self {
    case .test, .unreadable: false
    case .not(let inner, _): inner.isJoined
    case .junction, .unless, .brackets, .block, .group: true
    }
  }
}
