import Findings
import JSON
import Syntax

// What may come next. The parser says what it expects; here that becomes words to choose from.
extension Session {
  /// More items than these nobody reads; the client asks again when more is typed.
  private static let mostItems = 500

  func completion(_ parameters: JSONValue) throws(ResponseError) -> JSONValue {
    let (policy, path) = try home(parameters)
    guard let position = Position(parameters["position"]) else { throw .noPlace }
    guard let document = policy.documents[path] else { return .null }
    let offset = document.lines.offset(at: position)
    guard let (expectations, lexicon, _) = policy.expectations(in: path, at: offset) else {
      return .null
    }
    // Names of rules and lists may be those before the last edit: that is soon enough.
    let view = policy.lastView ?? policy.view(today: today)
    let candidates = CompletionItems(
      expectations, lexicon, view, isFirstOnLine: document.isFirstOnLine(offset))
    var items: [JSONValue] = []
    var known: Set<String> = []
    // Of very many those that go with the letters of the word under way.
    let letters =
      candidates.all.count > Session.mostItems ? document.letters(before: offset) : []
    for candidate in candidates.all where Session.holds(candidate.label, letters) {
      guard let start = candidate.start(in: document.bytes, before: offset) else { continue }
      guard known.insert(candidate.label).inserted else { continue }
      items.append(item(candidate, start, offset, document, order: items.count))
      if items.count == Session.mostItems { break }
    }
    return [
      "isIncomplete": .bool(items.count == Session.mostItems), "items": .array(items),
    ]
  }

  private func item(
    _ candidate: CompletionItem, _ start: Int, _ offset: Int, _ document: OpenDocument, order: Int
  ) -> JSONValue {
    let range = PositionRange(
      document.lines.position(at: start), document.lines.position(at: offset))
    let isSnippet = client.takesSnippets && candidate.snippet != nil
    let text = isSnippet ? candidate.snippet ?? candidate.text : candidate.text
    var item: [(String, JSONValue)] = [
      ("label", .string(candidate.label)), ("kind", .number(candidate.kind.rawValue)),
      ("sortText", .string(String(1000 + order))), ("filterText", .string(candidate.label)),
      ("textEdit", ["range": range.json, "newText": .string(text)]),
    ]
    if isSnippet { item.append(("insertTextFormat", 2)) }
    if let detail = candidate.detail { item.append(("detail", .string(detail))) }
    return .object(item.map { JSONValue.Member(name: $0.0, value: $0.1) })
  }
}

extension OpenDocument {
  /// The letters of the word that ends at a byte.
  func letters(before offset: Int) -> [Unicode.Scalar] {
    let line = bytes[lines.start(ofLine: lines.line(at: offset))..<offset]
    let word = line.reversed().prefix { $0 != 0x20 && $0 != 0x09 }.reversed()
    return Array(WordTable.lowercased(String(decoding: word, as: UTF8.self)).unicodeScalars)
  }

  /// Whether nothing but white space, or the beginning of a word, stands before a byte on its line.
  func isFirstOnLine(_ offset: Int) -> Bool {
    let start = lines.start(ofLine: lines.line(at: offset))
    let before = bytes[start..<offset].drop { $0 == 0x20 || $0 == 0x09 }
    return !before.contains { $0 == 0x20 || $0 == 0x09 }
  }
}
