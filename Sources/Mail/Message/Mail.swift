import Engine

/// A mail as it passes through: its envelope, its header and its body.
package struct Mail: Sendable {
  /// The queue id by which the mail system knows it; empty if it gave none.
  package var queueID = ""
  /// The address of the sender as the envelope has it, in angle brackets.
  package var sender = ""
  /// What stood behind the sender: `BODY=8BITMIME`.
  package var senderParameters: [String] = []
  /// The addresses of the recipients as the envelope has them, in angle brackets.
  package var recipients: [String] = []
  package var fields: [HeaderField] = []
  package var body: [UInt8] = []
  /// What the mail system told about the mail by name: `{auth_authen}`.
  package var macros: [String: String] = [:]
  /// Whether it was larger than `mostBytes`, and the rest not kept.
  package var isTooLarge = false

  /// The most bytes of a mail that are looked at: 64 MiB.
  package static let mostBytes = 64 << 20

  package init() {}

  /// How many bytes it has, about.
  package var size: Int {
    fields.reduce(body.count) { $0 + $1.name.utf8.count + $1.value.count + 4 }
  }

  /// An address of the envelope without its brackets.
  package static func address(_ text: String) -> String {
    let trimmed = text.trimmed
    guard trimmed.hasPrefix("<"), trimmed.hasSuffix(">") else { return trimmed }
    return String(trimmed.dropFirst().dropLast())
  }

  /// What stands behind the last `@` of an address; empty if there is none.
  package static func domain(of address: String) -> String {
    guard let sign = address.utf8.lastIndex(of: UInt8(ascii: "@")) else { return "" }
    return String(address[address.utf8.index(after: sign)...])
  }
}
