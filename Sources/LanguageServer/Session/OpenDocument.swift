import JSON

/// A text that the client has open, with all that is typed and not saved.
struct OpenDocument {
  let uri: String
  private(set) var bytes: [UInt8]
  private(set) var version: Int?
  private(set) var lines: LineTable
  private let encoding: PositionEncoding

  init(uri: String, text: String, version: Int?, _ encoding: PositionEncoding) {
    self.uri = uri
    self.version = version
    self.encoding = encoding
    bytes = Array(text.utf8)
    lines = LineTable(bytes, encoding)
  }

  /// A stretch of the text that gave way to another, in bytes.
  struct Change: Equatable {
    let start: Int
    let oldEnd: Int
    let newEnd: Int
  }

  /// Makes the changes of a notification, one after the other, and tells them; nil, and nothing is
  /// changed, if one of them is none.
  mutating func apply(_ changes: [JSONValue], version: Int?) -> [Change]? {
    var copy = self
    var made: [Change] = []
    for change in changes {
      guard let text = change["text"]?.text else { return nil }
      guard let json = change["range"], json != .null else {
        made.append(Change(start: 0, oldEnd: copy.bytes.count, newEnd: text.utf8.count))
        copy.bytes = Array(text.utf8)
        copy.lines = LineTable(copy.bytes, encoding)
        continue
      }
      guard let range = PositionRange(json) else { return nil }
      let start = copy.lines.offset(at: range.start)
      let end = max(start, copy.lines.offset(at: range.end))
      copy.bytes.replaceSubrange(start..<end, with: text.utf8)
      copy.lines = LineTable(copy.bytes, encoding)
      made.append(Change(start: start, oldEnd: end, newEnd: start + text.utf8.count))
    }
    copy.version = version ?? copy.version
    self = copy
    return made
  }
}

/// A stretch as the protocol has it.
struct PositionRange: Hashable {
  let start: Position
  let end: Position

  init?(_ json: JSONValue) {
    guard let start = Position(json["start"]), let end = Position(json["end"]) else { return nil }
    (self.start, self.end) = (start, end)
  }

  init(_ start: Position, _ end: Position) { (self.start, self.end) = (start, end) }

  var json: JSONValue { ["start": start.json, "end": end.json] }
}

extension Position {
  init?(_ json: JSONValue?) {
    guard let line = json?["line"]?.whole, let character = json?["character"]?.whole, line >= 0,
      character >= 0
    else { return nil }
    self.init(line: line, character: character)
  }

  var json: JSONValue { ["line": .number(line), "character": .number(character)] }
}
