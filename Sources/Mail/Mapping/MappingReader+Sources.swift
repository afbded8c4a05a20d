import Engine
import Findings
import Model
import Registers
import Syntax

extension MappingReader {
  /// `header "NAME"` | `the subject` | `the sender's address` | … | `register "FILE" by …`
  mutating func factSource(_ statement: inout MappingStatement, for fact: Fact) -> FactSource? {
    let span = statement.here
    guard let source = plainSource(&statement) else {
      if statement.eat("register") { return registerSource(&statement, for: fact) }
      report(.notASource(statement.isAtEnd ? "" : statement.rest, at: span))
      return nil
    }
    if let wanted = source.kindInWords, !source.fits(fact.kind) {
      report(.sourceDoesNotFit(wanted, fact, at: span))
      return nil
    }
    return source
  }

  private static let named: [(words: String, source: FactSource)] = [
    ("subject", .subject), ("sender's address", .senderAddress), ("sender's domain", .senderDomain),
    ("recipient's address", .recipientAddress), ("recipient's domain", .recipientDomain),
    ("size of the message", .messageSize), ("size of the attachments", .attachmentSize),
    ("number of attachments", .attachmentCount), ("names of the attachments", .attachmentNames),
    ("hour of the day", .hour),
  ]

  private mutating func plainSource(_ statement: inout MappingStatement) -> FactSource? {
    if statement.eat("header") { return statement.eatString().flatMap(headerSource) }
    if statement.eat("macro") {
      return statement.eatString().map {
        .macro($0.hasPrefix("{") || $0.utf8.count == 1 ? $0 : "{\($0)}")
      }
    }
    if statement.eat("number of recipients outside") {
      var domains: [String] = []
      repeat {
        guard let domain = statement.eatString() else { return nil }
        domains.append(domain)
      } while statement.eatComma()
      return .recipientsOutside(domains)
    }
    if statement.eat("number of recipients") { return .recipientCount }
    return MappingReader.named.first { statement.eat($0.words) }?.source
  }

  private func headerSource(_ name: String) -> FactSource? {
    name.isFieldName ? .header(name) : nil
  }

  private mutating func registerSource(
    _ statement: inout MappingStatement, for fact: Fact
  ) -> FactSource? {
    let span = statement.here
    guard let path = statement.eatString(), !path.isEmpty else {
      report(.noRegisterFile(at: span))
      return nil
    }
    let place = statement.here
    guard statement.eat("by"), let by = plainSource(&statement), by.namesSomebody else {
      report(.noRegisterKey(at: place))
      return nil
    }
    let key: RegisterKey
    switch by {
    case .recipientAddress, .senderAddress: key = .address
    default: key = .reference
    }
    return .register(register(path), key: key, by: by)
  }

  /// A value that every mail has.
  mutating func constant(_ text: String, for fact: Fact, at span: Span) -> FactSource? {
    let json = WrittenValue(fact, text).json(today: nil)
    switch MessageDecoder(vocabulary).state(of: fact.id, holding: json) {
    case .success: return .constant(text)
    case .failure(let error):
      report(
        Finding(.unknownValue, error.message(calling: fact.field, fact.phrase), at: span))
      return nil
    }
  }
}

extension FactSource {
  /// What it gives, for a sentence; nil where it gives whatever stands there.
  var kindInWords: String? {
    switch self {
    case .subject, .senderAddress, .senderDomain, .recipientAddress, .recipientDomain,
      .attachmentNames:
      "a text"
    case .messageSize, .attachmentSize: "a size"
    case .attachmentCount, .recipientCount, .recipientsOutside, .hour: "a whole number"
    case .header, .macro, .constant, .register, .unknown: nil
    }
  }

  func fits(_ kind: Fact.Kind) -> Bool {
    switch (self, kind) {
    case (.messageSize, .number(_, let unit, _, _)), (.attachmentSize, .number(_, let unit, _, _)):
      SizeUnit(unit) != nil
    case (.attachmentCount, .number), (.recipientCount, .number), (.recipientsOutside, .number),
      (.hour, .number):
      true
    default: kindInWords == "a text" && kind == .text
    }
  }

  /// Whether somebody can be looked up by it.
  var namesSomebody: Bool {
    switch self {
    case .recipientAddress, .senderAddress, .header, .macro: true
    default: false
    }
  }
}

/// The unit in which a fact tells a size.
enum SizeUnit: Int {
  case byte = 1
  case kilobyte = 1_000
  case megabyte = 1_000_000
  case gigabyte = 1_000_000_000

  init?(_ unit: String?) {
    switch unit?.lowercased() {
    case nil, "b", "byte", "bytes": self = .byte
    case "kb", "kilobyte", "kilobytes": self = .kilobyte
    case "mb", "megabyte", "megabytes": self = .megabyte
    case "gb", "gigabyte", "gigabytes": self = .gigabyte
    default: return nil
    }
  }

  /// A size as the fact has it, never less than it is; six decimals at most.
  func written(_ bytes: Int, isWhole: Bool) -> String {
    guard !isWhole, self != .byte else { return String((bytes + rawValue - 1) / rawValue) }
    let step = max(1, rawValue / 1_000_000)
    let parts = (bytes + step - 1) / step
    let one = rawValue / step
    let digits = String(parts % one)
    let width = String(one).utf8.count - 1
    let fraction = String(repeating: "0", count: width - digits.utf8.count) + digits
    return "\(parts / one).\(fraction)"
  }
}

extension String {
  /// Whether it can be the name of a header field: RFC 5322, section 3.6.8.
  var isFieldName: Bool {
    !isEmpty && utf8.count < 200 && utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3A }
  }
}
