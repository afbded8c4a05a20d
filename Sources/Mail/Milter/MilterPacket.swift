// Source: the milter protocol, version 6, as Sendmail's include/libmilter/mfdef.h defines it and Postfix's
// MILTER_README and milter8 describe it. A packet is its length (four bytes, the highest first), a letter, and data.

/// What the mail system says, by the letter that its packet begins with.
enum MilterCommand: UInt8 {
  case abort = 0x41  // A
  case body = 0x42  // B
  case connect = 0x43  // C
  case macros = 0x44  // D
  case endOfBody = 0x45  // E
  case helo = 0x48  // H
  case quitForNew = 0x4B  // K
  case header = 0x4C  // L
  case mail = 0x4D  // M
  case endOfHeader = 0x4E  // N
  case options = 0x4F  // O
  case quit = 0x51  // Q
  case recipient = 0x52  // R
  case data = 0x54  // T
  case unknown = 0x55  // U
}

/// What the filter may do to a mail.
struct MilterActions: OptionSet {
  let rawValue: UInt32

  static let addFields = MilterActions(rawValue: 0x01)
  static let changeBody = MilterActions(rawValue: 0x02)
  static let addRecipients = MilterActions(rawValue: 0x04)
  static let removeRecipients = MilterActions(rawValue: 0x08)
  static let changeFields = MilterActions(rawValue: 0x10)
  static let hold = MilterActions(rawValue: 0x20)
  static let all: MilterActions = [
    .addFields, .changeBody, .addRecipients, .removeRecipients, .changeFields, .hold,
  ]
}

/// What the mail system need not say, and what it need not wait for an answer to.
struct MilterSteps: OptionSet {
  let rawValue: UInt32

  static let noHelo = MilterSteps(rawValue: 0x02)
  static let noUnknown = MilterSteps(rawValue: 0x100)
  static let noData = MilterSteps(rawValue: 0x200)
  static let noReplyToHeader = MilterSteps(rawValue: 0x80)
  static let noReplyToConnect = MilterSteps(rawValue: 0x1000)
  static let noReplyToMail = MilterSteps(rawValue: 0x4000)
  static let noReplyToRecipient = MilterSteps(rawValue: 0x8000)
  static let noReplyToEndOfHeader = MilterSteps(rawValue: 0x4_0000)
  static let noReplyToBody = MilterSteps(rawValue: 0x8_0000)
  /// All that is heard before the end of a mail is only kept.
  static let wanted: MilterSteps = [
    .noHelo, .noUnknown, .noData, .noReplyToHeader, .noReplyToConnect, .noReplyToMail,
    .noReplyToRecipient, .noReplyToEndOfHeader, .noReplyToBody,
  ]
}

/// Writes packets to the mail system.
struct MilterWriter {
  private(set) var bytes: [UInt8] = []

  /// A body goes in pieces of at most so many bytes.
  private static let piece = 65_535

  private mutating func packet(_ letter: Character, _ data: [UInt8] = []) {
    number(UInt32(data.count + 1))
    bytes.append(letter.asciiValue ?? 0)
    bytes += data
  }

  private mutating func number(_ number: UInt32) { bytes += MilterWriter.bytes(number) }

  private static func bytes(_ number: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  mutating func options(_ version: UInt32, _ actions: MilterActions, _ steps: MilterSteps) {
    packet("O", [version, actions.rawValue, steps.rawValue].flatMap(MilterWriter.bytes))
  }

  mutating func goOn() { packet("c") }
  mutating func putOff() { packet("t") }

  mutating func conclusion(_ conclusion: MailConclusion) {
    for change in conclusion.changes { self.change(change) }
    switch conclusion.end {
    case .accept: packet("a")
    case .reply(let reply): packet("y", MilterWriter.text(reply))
    }
  }

  private mutating func change(_ change: MailConclusion.Change) {
    switch change {
    case .addField(let field):
      packet("h", MilterWriter.text(field.name) + MilterWriter.text(field.value))
    case .changeField(let name, let number, let value):
      packet(
        "m", MilterWriter.bytes(UInt32(number)) + MilterWriter.text(name) + MilterWriter.text(value)
      )
    case .replaceBody(let body):
      for start in stride(from: 0, to: max(1, body.count), by: MilterWriter.piece) {
        packet("b", Array(body[start..<min(start + MilterWriter.piece, body.count)]))
      }
    case .addRecipient(let address): packet("+", MilterWriter.text(address))
    case .removeRecipient(let address): packet("-", MilterWriter.text(address))
    case .hold(let reason): packet("q", MilterWriter.text(reason))
    }
  }

  /// A text with the zero that ends it; of line breaks only the line feed is written, as milters do.
  private static func text(_ text: String) -> [UInt8] { self.text(Array(text.utf8)) }

  private static func text(_ text: [UInt8]) -> [UInt8] {
    text.filter { $0 != 0 && $0 != 0x0D } + [0]
  }
}
