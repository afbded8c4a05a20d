import Engine
import Findings
import JSON
import Model
@testable import Program
import Syntax
import Testing
import Values

/// Reads lines in both ways.
struct ReaderPair {
  let decoder: MessageDecoder
  let reader: MessageReader
  private let read: CodedMessage
  private let told: CodedMessage

  init(_ policy: Policy) {
    decoder = MessageDecoder(policy.vocabulary)
    let program = Program(policy)
    reader = MessageReader(LineFormat(program))
    read = CodedMessage(program)
    told = CodedMessage(program)
  }

  /// Whether the reader has read the line, and whether it then has what the decoder has; nil if it has not.
  func isRead(_ line: [UInt8]) -> (isRead: Bool, isSame: Bool) {
    let isRead = line.withUnsafeBytes { reader.read($0, into: read) }
    guard isRead else { return (false, true) }
    guard case .success(let decoded) = line.withUnsafeBytes({ decoder.decode($0) }) else {
      return (true, false)
    }
    let id = reader.id.map { String(decoding: line[$0], as: UTF8.self) }
    told.set(decoded.values)
    return (
      true,
      id.map { Array($0.utf8) } == decoded.id.map { Array($0.utf8) }
        && reader.day == decoded.day?.number
        && reader.ignoredFieldCount == decoded.ignoredFieldCount && told.isSame(as: read)
    )
  }

  /// Whether the reader reads the line where other bytes follow it.
  func isRead(_ line: [UInt8], before others: [UInt8]) -> Bool {
    let bytes = line + others + [UInt8](repeating: 0, count: MessageReader.padding)
    return bytes.withUnsafeBytes {
      reader.read(padded: UnsafeRawBufferPointer(rebasing: $0[..<line.count]), into: read)
    }
  }
}

extension CodedMessage {
  /// Whether two messages are the same in all their words, as they were told and then on a day.
  fileprivate func isSame(as other: CodedMessage) -> Bool {
    guard allWords == other.allWords else { return false }
    settle(today: today.number)
    other.settle(today: today.number)
    return allWords == other.allWords
  }

  private var allWords: [UInt32] {
    let shape = CodedShape(program)
    let words = shape.allocate(1)
    defer { words.deallocate() }
    copy(to: words)
    return Array(UnsafeBufferPointer(start: words.near, count: shape.nearCount))
      + Array(UnsafeBufferPointer(start: words.far, count: shape.farCount))
  }
}

@Suite struct `A line read straight into columns` {
  @Test func `is the message that the decoder reads`() throws {
    let odd = try #require(resolved(oddNames).resolution.policy)
    var (read, refused) = (0, 0)
    for seed in seeds(60) {
      let policy = seed % 3 == 0 ? odd : resolved(authored(seed, 1)).resolution.policy
      guard let policy else { continue }
      let pair = ReaderPair(policy)
      for round in 0..<60 as Range<UInt64> {
        let line = spoiledLine(seed &* 1000 &+ round, policy.vocabulary)
        let (isRead, isSame) = pair.isRead(line)
        #expect(isSame, "seed \(seed): \(String(decoding: line, as: UTF8.self))")
        let rest = Array(line.suffix(Int(round))) + Array("}]\"0 ,:".utf8)
        #expect(
          pair.isRead(line, before: rest) == isRead,
          "seed \(seed): \(String(decoding: line, as: UTF8.self))")
        if isRead { read += 1 } else { refused += 1 }
      }
    }
    #expect(read > refused / 2 && refused > read / 8, "\(read) read, \(refused) left alone")
  }

  @Test func `is left to the decoder only for a reason`() throws {
    let odd = try #require(resolved(oddNames).resolution.policy)
    for seed in seeds(60) {
      let policy = seed % 3 == 0 ? odd : resolved(authored(seed, 1)).resolution.policy
      guard let policy else { continue }
      let pair = ReaderPair(policy)
      var messages = RandomMessages(seed: seed)
      for round in 0..<30 as Range<UInt64> {
        let line = messages.line(for: policy.vocabulary, missing: 20)
        guard !line.contains("\"unknown\":[\"") else { continue }
        let value = try JSONReader.read(Array(line.utf8))
        var respelling = Respelling(seed: seed &* 1000 &+ round, faults: 0)
        let text = Array(respelling.text(value).utf8)
        guard case .success = text.withUnsafeBytes({ pair.decoder.decode($0) }) else { continue }
        #expect(pair.isRead(text).isRead, "seed \(seed): \(String(decoding: text, as: UTF8.self))")
      }
    }
  }

  private func spoiledLine(_ seed: UInt64, _ vocabulary: Vocabulary) -> [UInt8] {
    var messages = RandomMessages(seed: seed)
    let line = Array(messages.line(for: vocabulary, missing: Int(seed % 4) * 10).utf8)
    guard case .object(var members)? = try? JSONReader.read(line) else { return line }
    // Messages with failed look-ups are left to the decoder.
    if seed % 8 > 0 { members.removeAll { $0.name == "unknown" } }
    var respelling = Respelling(seed: seed, faults: seed % 5 == 0 ? 5 : 0)
    var text = Array(respelling.text(.object(members)).utf8)
    if seed % 4 == 1 { text = nudged(text, &respelling) }
    var mutation = Mutation(seed: seed)
    if seed % 16 == 3 { text = mutation.spoiled(text) }
    return text
  }

  /// The text with a byte or two changed to what matters in JSON.
  private func nudged(_ text: [UInt8], _ respelling: inout Respelling) -> [UInt8] {
    var text = text
    let telling =
      Array("{}[]\",:\\u0dD8-+.eE1 \n\t\u{7f}tfn/_aA9".utf8) + [
        0x00, 0x1f, 0x80, 0xbf, 0xc3, 0xe0, 0xed, 0xf4, 0xff,
      ]
    for _ in 0...respelling.number(0...1) where !text.isEmpty {
      let place = respelling.number(0...text.count - 1)
      switch respelling.number(0...3) {
      case 0: text[place] = respelling.pick(telling)
      case 1: text.insert(respelling.pick(telling), at: place)
      case 2: text.remove(at: place)
      default: text.removeSubrange(place...)
      }
    }
    return text
  }
}

/// Names and values of every length, beyond ASCII, with dots and with what JSON has to escape.
private let oddNames = PolicyText(
  ruleFiles: [
    SourceFile(
      path: "a.rules",
      bytes: Array(
        #"""
        fact version 1.2 is: one of A, "a value of more than sixteen bytes", "a value of more than 16 bytes", "sixteen bytes!!!", "seven b", "eight by", "fifteen bytes!!", "back\\slash", "say \"hi\"", "é€😀"
        fact größe is: whole number from -5 to 20000000
        fact mass is: number, if recorded
          from "message.größe"
        fact parts are: any of "one part of the message", two, three, four, five, six, "seven\\", "eight/nine", ten, eleven, twelve
          from "body.parts of it.which there are"
        fact first is: date
          from message.d
        fact second is: date, if absent 3 May 2026
          from message.when
        fact consent has been given by the person who is responsible for it: yes or no
        fact other consent has been given by the person who is responsible for it: yes or no, if recorded
        fact subject is: text, if absent "gov.uk"
        fact sender is: text
          from message.from
        outcome send
        outcome hold

        if the version 1.2 is A or "seven b" then send

        if the größe is at least 5 and the größe is at most 19 then hold

        if the mass is more than 0.5 then hold

        if the parts are any of "one part of the message", "seven\\" then hold

        if the parts are all of two, three, four and five then hold

        if the parts are any of six, ten, twelve then hold

        if the first is before today then hold

        if the second is within 10 days then hold

        if the subject contains "hi" or the subject is in the domain "gov.uk" then hold

        if the sender starts with "pat" or the sender ends with "net" then hold

        if the consent has been given by the person who is responsible for it then hold

        otherwise send
        when unsure hold
        """#.utf8))
  ])
