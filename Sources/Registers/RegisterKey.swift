/// By what people are found in a register.
package enum RegisterKey: String, CaseIterable, Hashable, Sendable {
  /// An address of electronic mail.
  case address
  /// The reference of a case or of a person.
  case reference

  /// The names of the columns that hold it.
  var columnNames: [String] {
    switch self {
    case .address: ["address", "email address", "email", "e-mail", "e-mail address"]
    case .reference: ["reference", "case reference", "person reference"]
    }
  }

  /// The text by which a key is kept and found: white space at its ends and the full stop behind a domain do not
  /// count, and letters A to Z are a to z, in both parts of an address, as the language compares all texts.
  package func folded(_ text: some Sequence<UInt8>) -> [UInt8] {
    var bytes = text.map { $0 &- UInt8(ascii: "A") < 26 ? $0 | 0x20 : $0 }
    while let last = bytes.last, RegisterKey.isSpace(last) { bytes.removeLast() }
    if self == .address, bytes.last == UInt8(ascii: "."), bytes.contains(UInt8(ascii: "@")) {
      bytes.removeLast()
    }
    let spaces = bytes.prefix { RegisterKey.isSpace($0) }.count
    if spaces > 0 { bytes.removeFirst(spaces) }
    return bytes
  }

  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}

/// What happened to what a row of a register says.
enum RegisterEvent: String, CaseIterable {
  case made, renewed, changed
  /// From this row on what it names is no longer recorded; if it names nothing, all that is said of the person.
  case withdrawn
}
