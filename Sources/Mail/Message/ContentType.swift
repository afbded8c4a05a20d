import Engine

/// What a field such as `Content-Type: text/plain; charset=utf-8` says.
///
/// Source: RFC 2045, section 5.1, and RFC 2231 for values in pieces and in other character sets.
struct ParameterField: Hashable, Sendable {
  /// In lower case: `text/plain`, `attachment`.
  let value: String
  /// The names in lower case.
  private(set) var parameters: [(name: String, value: String)] = []

  static func == (a: ParameterField, b: ParameterField) -> Bool {
    a.value == b.value && a.parameters.map(\.name) == b.parameters.map(\.name)
      && a.parameters.map(\.value) == b.parameters.map(\.value)
  }

  func hash(into hasher: inout Hasher) { hasher.combine(value) }

  init(_ field: HeaderField) {
    let bytes = field.value.prefix(1 << 14).filter { $0 != 0x0D && $0 != 0x0A }
    var parts = ParameterField.parts(of: bytes)[...]
    value = String(decoding: parts.popFirst() ?? [], as: UTF8.self).trimmed.lowercased()
    parameters = ParameterField.joined(parts.prefix(100).compactMap(ParameterField.parameter))
  }

  subscript(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

  /// The field with another value of a parameter.
  func written(with name: String, _ value: String) -> String {
    let others = parameters.filter { $0.name != name }
    return ([(name, value)] + others).reduce(self.value) { text, parameter in
      "\(text); \(parameter.0)=\"\(ParameterField.escaped(parameter.1))\""
    }
  }

  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      if scalar == "\"" || scalar == "\\" { result += "\\" }
      result.unicodeScalars.append(scalar.value < 0x20 ? " " : scalar)
    }
  }

  /// The text parted at semicolons that stand in no quotation marks; comments are left out.
  private static func parts(of bytes: [UInt8]) -> [[UInt8]] {
    var parts: [[UInt8]] = [[]]
    var (isQuoted, isEscaped, depth) = (false, false, 0)
    for byte in bytes {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\"), isQuoted || depth > 0 {
        isEscaped = true
      } else if byte == UInt8(ascii: "\""), depth == 0 {
        isQuoted.toggle()
      } else if !isQuoted, byte == UInt8(ascii: "(") {
        depth += 1
        continue
      } else if !isQuoted, depth > 0, byte == UInt8(ascii: ")") {
        depth -= 1
        continue
      } else if !isQuoted, depth == 0, byte == UInt8(ascii: ";") {
        parts.append([])
        continue
      }
      if depth == 0 { parts[parts.count - 1].append(byte) }
    }
    return parts
  }

  private static func parameter(_ part: [UInt8]) -> (name: String, value: [UInt8])? {
    guard let sign = part.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    let name = String(decoding: part[..<sign], as: UTF8.self).trimmed.lowercased()
    var value = Array(part[(sign + 1)...])
    while let last = value.last, last == 0x20 || last == 0x09 { value.removeLast() }
    value = Array(value.drop { $0 == 0x20 || $0 == 0x09 })
    guard value.first == UInt8(ascii: "\"") else { return (name, value) }
    var unquoted: [UInt8] = []
    var isEscaped = false
    for byte in value.dropFirst() {
      if !isEscaped, byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if !isEscaped, byte == UInt8(ascii: "\"") {
        break
      } else {
        unquoted.append(byte)
        isEscaped = false
      }
    }
    return (name, unquoted)
  }

  /// Puts the pieces `name*0*=`, `name*1=` of one value together.
  private static func joined(
    _ raw: [(name: String, value: [UInt8])]
  ) -> [(name: String, value: String)] {
    var result: [(name: String, value: String)] = []
    var pieces: [String: [(number: Int, isEncoded: Bool, value: [UInt8])]] = [:]
    for (name, value) in raw {
      let steps = name.split(separator: "*", omittingEmptySubsequences: false)
      guard steps.count > 1 else {
        // Encoded words have no place here, and many programs write them.
        result.append((name, HeaderText.read(value)))
        continue
      }
      let isEncoded = steps[steps.count - 1].isEmpty
      pieces[String(steps[0]), default: []].append((Int(steps[1]) ?? 0, isEncoded, value))
    }
    for (name, parts) in pieces.sorted(by: { $0.key < $1.key }) {
      let value = text(of: parts.sorted { $0.number < $1.number })
      // What is written so counts more than what is written for programs that do not know it.
      result.removeAll { $0.name == name }
      result.append((name, value))
    }
    return result
  }

  private static func text(
    of pieces: [(number: Int, isEncoded: Bool, value: [UInt8])]
  ) -> String {
    var charset = Charset.utf8
    var bytes: [UInt8] = []
    for (index, piece) in pieces.enumerated() {
      guard piece.isEncoded else {
        bytes += piece.value
        continue
      }
      var value = piece.value[...]
      let marks = value.indices.filter { value[$0] == UInt8(ascii: "'") }
      if index == 0, marks.count >= 2 {
        let name = String(decoding: value[..<marks[0]], as: UTF8.self)
        charset = Charset(name) ?? .utf8
        value = value[(marks[1] + 1)...]
      }
      bytes += percentDecoded(value)
    }
    return charset.text(bytes)
  }

  private static func percentDecoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    var position = text.startIndex
    while position < text.endIndex {
      let digits = text[min(position + 1, text.endIndex)..<min(position + 3, text.endIndex)]
      if text[position] == UInt8(ascii: "%"), digits.count == 2,
        let byte = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      {
        bytes.append(byte)
        position += 3
      } else {
        bytes.append(text[position])
        position += 1
      }
    }
    return bytes
  }
}
