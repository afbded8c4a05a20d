import Findings
import JSON
import Model
import Syntax

/// What every word of a file is, for clients that show it in colour.
struct SemanticTokens {
  static let methods: Set<String> = [
    "textDocument/semanticTokens/full", "textDocument/semanticTokens/full/delta",
    "textDocument/semanticTokens/range",
  ]

  enum Kind: UInt32, CaseIterable {
    case keyword, property, macro, enumMember, function, decorator, type, `class`, namespace, event
    case interface, string, number, comment
  }

  /// The names in the order of their numbers.
  static var legend: JSONValue {
    [
      "tokenTypes": .array(Kind.allCases.map { .string(String(describing: $0)) }),
      "tokenModifiers": ["declaration", "documentation"],
    ]
  }

  private static let declaration: UInt32 = 1
  private static let documentation: UInt32 = 2

  private struct Piece {
    let span: Span
    let kind: Kind
    var modifiers: UInt32 = 0
  }

  private let view: PolicyView
  private var pieces: [Piece] = []

  /// O(tokens of the file).
  init(_ view: PolicyView, _ file: FileID, within asked: Span? = nil) {
    self.view = view
    guard let document = view.document(file) else { return }
    let finder = OccurrenceFinder(view.syntax, view.resolution)
    var end: UInt32 = 0
    for occurrence in finder.occurrences(in: document) where occurrence.span.start >= end {
      let modifiers = occurrence.isDeclaration ? SemanticTokens.declaration : 0
      let kind = SemanticTokens.kind(occurrence.symbol)
      pieces.append(Piece(span: occurrence.span, kind: kind, modifiers: modifiers))
      end = occurrence.span.end
    }
    pieces = merged(pieces, others(document))
    if let asked {
      pieces = pieces.filter { $0.span.start <= asked.end && asked.start <= $0.span.end }
    }
  }

  private static func kind(_ symbol: Symbol) -> Kind {
    switch symbol {
    case .fact: .property
    case .definition: .macro
    case .value: .enumMember
    case .outcome: .function
    case .note: .decorator
    case .list: .type
    case .rule: .class
    case .section: .namespace
    case .scenario: .event
    case .promise: .interface
    }
  }

  /// Everything that is no name: the language's own words, texts, numbers and comments.
  private func others(_ document: DocumentSyntax) -> [Piece] {
    let list = document.tokens
    var others: [Piece] = []
    for (index, token) in list.tokens.enumerated() {
      let span = list.span(index)
      switch token.kind {
      case .string, .unclosedString: others.append(Piece(span: span, kind: .string))
      case .text:
        let modifiers = SemanticTokens.documentation
        others.append(Piece(span: span, kind: .comment, modifiers: modifiers))
      case .word:
        let first = view.files[document.file].bytes[Int(token.start)]
        if token.keyword != nil {
          others.append(Piece(span: span, kind: .keyword))
        } else if (0x30...0x39).contains(first) {
          others.append(Piece(span: span, kind: .number))
        }
      default: break
      }
    }
    for comment in list.comments {
      let span = Span(file: list.file, start: comment.start, end: comment.end)
      others.append(Piece(span: span, kind: .comment))
    }
    return others.sorted { $0.span < $1.span }
  }

  /// Names, and between them what is no part of one.
  private func merged(_ names: [Piece], _ others: [Piece]) -> [Piece] {
    var result: [Piece] = []
    var rest = names[...]
    var end: UInt32 = 0
    for other in others {
      while let name = rest.first, name.span.start <= other.span.start {
        result.append(name)
        end = name.span.end
        rest.removeFirst()
      }
      if let name = rest.first, name.span.start < other.span.end {
        continue  // A name inside a text.
      }
      if other.span.start >= end { result.append(other) }
    }
    return result + rest
  }

  /// Five numbers for each: lines and characters since the one before, length, kind, modifiers. A stretch
  /// over several lines is cut.
  var data: [UInt32] {
    var data: [UInt32] = []
    var (line, character) = (0, 0)
    for piece in pieces {
      for range in linesOf(piece.span) {
        let isSameLine = range.start.line == line
        data.append(UInt32(range.start.line - line))
        data.append(UInt32(range.start.character - (isSameLine ? character : 0)))
        data.append(UInt32(range.end.character - range.start.character))
        data.append(piece.kind.rawValue)
        data.append(piece.modifiers)
        (line, character) = (range.start.line, range.start.character)
      }
    }
    return data
  }

  private func linesOf(_ span: Span) -> [PositionRange] {
    let range = view.range(span)
    guard range.end.line > range.start.line else { return [range] }
    let lines = view.lines(span.file)
    return (range.start.line...range.end.line).compactMap { line in
      let start = line == range.start.line ? Int(span.start) : lines.start(ofLine: line)
      let end = line == range.end.line ? Int(span.end) : lines.endOfLine(line)
      guard end > start else { return nil }
      return PositionRange(lines.position(at: start), lines.position(at: end))
    }
  }
}

extension Session {
  func semanticTokens(
    _ method: String, _ parameters: JSONValue
  ) throws(ResponseError) -> [UInt8] {
    let query = try query(parameters)
    guard !method.hasSuffix("range") else {
      guard let range = PositionRange(parameters["range"] ?? .null) else { throw .noPlace }
      let asked = query.view.span(range, in: query.file)
      return Session.written(nil, SemanticTokens(query.view, query.file, within: asked).data)
    }
    let uri = query.view.uri(query.file)
    let before = semanticTokens[uri]
    let now = (id: (before?.id ?? 0) + 1, data: SemanticTokens(query.view, query.file).data)
    semanticTokens[uri] = now
    guard method.hasSuffix("delta"), let before,
      parameters["previousResultId"]?.text == String(before.id)
    else { return Session.written(now.id, now.data) }
    return Session.written(now.id, from: before.data, to: now.data)
  }

  private static func written(_ id: Int?, _ data: [UInt32]) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      if let id {
        writer.key("resultId")
        writer.string(String(id))
      }
      writer.key("data")
      writer.array { writer in for number in data { writer.number(Int(number)) } }
    }
    return writer.bytes
  }

  /// The stretch in the middle that is not the same.
  private static func written(_ id: Int, from old: [UInt32], to new: [UInt32]) -> [UInt8] {
    var start = 0
    while start < min(old.count, new.count), old[start] == new[start] { start += 1 }
    var end = 0
    while end < min(old.count, new.count) - start,
      old[old.count - 1 - end] == new[new.count - 1 - end]
    {
      end += 1
    }
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("resultId")
      writer.string(String(id))
      writer.key("edits")
      writer.array { writer in
        guard old != new else { return }
        writer.object { writer in
          writer.key("start")
          writer.number(start)
          writer.key("deleteCount")
          writer.number(old.count - end - start)
          writer.key("data")
          writer.array { writer in
            for number in new[start..<new.count - end] { writer.number(Int(number)) }
          }
        }
      }
    }
    return writer.bytes
  }
}
