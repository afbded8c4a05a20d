/// One conversation with a mail system: bytes in, bytes out. It holds at most one mail at a time.
///
/// What it hears is kept until the end of a mail; then it is asked what is to be done. What does not follow the
/// protocol ends the conversation, and the mail system puts the mail off.
package struct MilterSession {
  private let conclude: (Mail) -> MailConclusion
  private var pending: [UInt8] = []
  private var mail = Mail()
  private var isInMail = false
  private var isNegotiated = false
  private var size = 0
  private var steps = MilterSteps()
  /// What the mail system told about the connection by name.
  private var connectionMacros: [String: String] = [:]
  /// Whether the conversation is at its end.
  package private(set) var isOver = false

  /// The most bytes of a packet; bodies come in pieces of 64 KiB.
  private static let longestPacket = 1 << 20
  private static let mostRecipients = 50_000

  package init(_ conclude: @escaping (Mail) -> MailConclusion) { self.conclude = conclude }

  /// Whether the mail system is in the middle of a mail.
  package var isBusy: Bool { isInMail }

  /// Takes what has come, and gives what is to be answered.
  package mutating func receive(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    pending += bytes
    var writer = MilterWriter()
    var position = 0
    while !isOver, pending.count - position >= 4 {
      let length = pending[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
      guard length >= 1, length <= MilterSession.longestPacket else {
        isOver = true
        break
      }
      guard pending.count - position >= 4 + length else { break }
      let data = pending[(position + 5)..<(position + 4 + length)]
      take(pending[position + 4], data, &writer)
      position += 4 + length
    }
    pending.removeFirst(position)
    return writer.bytes
  }

  private mutating func take(
    _ letter: UInt8, _ data: ArraySlice<UInt8>, _ writer: inout MilterWriter
  ) {
    guard let command = MilterCommand(rawValue: letter), isNegotiated || command == .options
    else {
      isOver = true
      return
    }
    switch command {
    case .options: negotiate(data, &writer)
    case .macros: takeMacros(data)
    case .connect: answer(.noReplyToConnect, &writer)
    case .helo: answer(.noHelo, &writer)
    case .data: answer(.noData, &writer)
    case .unknown: answer(.noUnknown, &writer)
    case .mail:
      begin(data)
      answer(.noReplyToMail, &writer)
    case .recipient:
      takeRecipient(data)
      answer(.noReplyToRecipient, &writer)
    case .header:
      takeField(data)
      answer(.noReplyToHeader, &writer)
    case .endOfHeader: answer(.noReplyToEndOfHeader, &writer)
    case .body:
      takeBody(data)
      answer(.noReplyToBody, &writer)
    case .endOfBody:
      takeBody(data)
      end(&writer)
    case .abort: forget()
    case .quitForNew:
      forget()
      connectionMacros = [:]
    case .quit: isOver = true
    }
  }

  /// Says that the conversation may go on, unless the mail system was told not to wait for that.
  private func answer(_ step: MilterSteps, _ writer: inout MilterWriter) {
    if !steps.contains(step) { writer.goOn() }
  }

  private mutating func negotiate(_ data: ArraySlice<UInt8>, _ writer: inout MilterWriter) {
    let numbers = stride(from: data.startIndex, to: data.endIndex - 3, by: 4).map { start in
      data[start..<start + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    }
    // Without all that may have to be done to a mail nothing is promised.
    guard numbers.count >= 3, numbers[0] >= 2,
      MilterActions(rawValue: numbers[1]).isSuperset(of: .all)
    else {
      isOver = true
      return
    }
    let version = min(numbers[0], 6)
    // Older mail systems wait for every answer; what they may leave out they said.
    steps = MilterSteps.wanted.intersection(MilterSteps(rawValue: numbers[2]))
    if version < 6 { steps = steps.intersection([.noHelo]) }
    isNegotiated = true
    writer.options(version, .all, steps)
  }

  // MARK: - A mail

  /// Texts that each end with a zero.
  private static func texts(_ data: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var texts = data.split(separator: 0, omittingEmptySubsequences: false)
    if texts.last?.isEmpty == true { texts.removeLast() }
    return texts
  }

  private mutating func takeMacros(_ data: ArraySlice<UInt8>) {
    guard let stage = data.first else { return }
    let texts = MilterSession.texts(data.dropFirst()).prefix(200)
      .map { String(decoding: $0, as: UTF8.self) }
    var macros: [String: String] = [:]
    for index in stride(from: 0, to: texts.count - 1, by: 2) {
      macros[texts[index]] = texts[index + 1]
    }
    let isOfConnection =
      stage == MilterCommand.connect.rawValue || stage == MilterCommand.helo.rawValue
    if isOfConnection {
      connectionMacros.merge(macros) { $1 }
    } else {
      // Those of the sender come before the sender.
      if stage == MilterCommand.mail.rawValue, !isInMail { mail = Mail() }
      mail.macros.merge(macros) { $1 }
      if let queueID = macros["i"] { mail.queueID = queueID }
    }
  }

  private mutating func begin(_ data: ArraySlice<UInt8>) {
    let (macros, queueID) = (mail.macros, mail.queueID)
    if isInMail { forget() }
    mail = Mail()
    (mail.macros, mail.queueID) = (macros, queueID)
    let texts = MilterSession.texts(data).map { String(decoding: $0, as: UTF8.self) }
    mail.sender = texts.first ?? "<>"
    mail.senderParameters = Array(texts.dropFirst())
    (isInMail, size) = (true, 0)
  }

  private mutating func takeRecipient(_ data: ArraySlice<UInt8>) {
    guard isInMail, let address = MilterSession.texts(data).first,
      mail.recipients.count < MilterSession.mostRecipients
    else {
      isOver = true
      return
    }
    mail.recipients.append(String(decoding: address, as: UTF8.self))
  }

  private mutating func takeField(_ data: ArraySlice<UInt8>) {
    let texts = MilterSession.texts(data)
    guard isInMail, let name = texts.first else {
      isOver = true
      return
    }
    guard hasRoom(for: data.count) else { return }
    let value = texts.count > 1 ? Array(texts[1]) : []
    mail.fields.append(HeaderField(String(decoding: name, as: UTF8.self), value))
  }

  private mutating func takeBody(_ data: ArraySlice<UInt8>) {
    guard isInMail else { return }
    if hasRoom(for: data.count) { mail.body += data }
  }

  /// Whether there is room for more; a mail that is too large is not kept.
  private mutating func hasRoom(for count: Int) -> Bool {
    size += count
    guard size <= Mail.mostBytes, !mail.isTooLarge else {
      mail.isTooLarge = true
      mail.body = []
      return false
    }
    return true
  }

  private mutating func end(_ writer: inout MilterWriter) {
    guard isInMail else { return writer.putOff() }
    mail.macros.merge(connectionMacros) { own, _ in own }
    writer.conclusion(conclude(mail))
    forget()
  }

  private mutating func forget() {
    mail = Mail()
    (isInMail, size) = (false, 0)
  }
}
