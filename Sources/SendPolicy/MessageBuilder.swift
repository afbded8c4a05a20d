import Engine
import JSON
import Model
import Program
import Syntax
import Values

/// A message that is told its facts one by one, without JSON: `PolicySession.message`.
///
/// It begins with `reset()`. Whatever it is not told is as in a JSON message that does not mention it; in an inquiry,
/// it is still to be found out. Telling a fact allocates nothing. Not to be shared between threads.
///
/// ```swift
/// let purpose = try policy.fact("purpose")
/// let appeal = try purpose.value("SEN-tribunal")
/// session.message.reset()
/// try session.message.set(purpose, to: appeal)
/// ```
public final class MessageBuilder {
  let core: PolicyCore
  let coded: CodedMessage
  private let limits: UnsafeMutablePointer<FactLimits>
  private let count: Int
  private let told: ToldFacts
  /// Whether facts that were not told are missing, whatever is so of others.
  private let isOpen: Bool

  init(_ core: PolicyCore, _ coded: CodedMessage, isOpen: Bool = false) {
    self.core = core
    self.coded = coded
    self.isOpen = isOpen
    let (all, wordCount) = FactLimits.all(core.words.vocabulary, keepingAll: isOpen)
    count = all.count
    limits = .allocate(capacity: count)
    limits.initialize(from: all, count: count)
    told = ToldFacts(limits, count: count, wordCount: wordCount)
    if isOpen { reset() }
  }

  deinit {
    told.deallocate()
    limits.deinitialize(count: count)
    limits.deallocate()
  }

  /// Begins a message that says nothing.
  public func reset() {
    coded.reset()
    told.reset()
    if isOpen { for fact in 0..<count { coded.setMissing(fact) } }
  }

  /// The message as far as the texts of notes tell it.
  var shown: Message { told.message(core.words.vocabulary) }

  /// What an inquiry's message was told, and the facts of which it was told that nobody knows them.
  func known(on day: Day) -> (message: Message, givenUp: Set<FactID>) {
    let facts = core.words.vocabulary.facts
    let values = facts.map { told.wasTold($0.id.index) ? told.state(of: $0) : .missing }
    let givenUp = facts.map(\.id).filter { told.wasTold($0.index) && values[$0.index] == .missing }
    return (Message(values: values, today: day), Set(givenUp))
  }

  // MARK: - By number

  // What is asked here by number is checked, whoever asks: nothing outside the message is ever written.

  @inline(__always)
  private func refusal(_ fact: Int, _ kind: PolicyFact.Kind) -> Refusal? {
    guard fact >= 0, fact < count else { return .unknownFact }
    return limits[fact].kind == kind ? nil : .wrongKind
  }

  package func set(choice fact: Int, to value: Int) -> Refusal? {
    if let refusal = refusal(fact, .choice) { return refusal }
    guard value >= 0, value < limits[fact].valueCount else { return .unknownValue }
    coded.set(choice: fact, to: value)
    told.set(fact, number: Int64(value))
    return nil
  }

  package func set(flag fact: Int, to isTrue: Bool) -> Refusal? {
    if let refusal = refusal(fact, .yesOrNo) { return refusal }
    coded.set(flag: fact, to: isTrue)
    told.set(fact, number: isTrue ? 1 : 0)
    return nil
  }

  package func set(number fact: Int, toMillionths number: Int64) -> Refusal? {
    if let refusal = refusal(fact, .number) { return refusal }
    let own = limits + fact
    guard number >= own.pointee.low, number <= own.pointee.high,
      !own.pointee.isWhole || number % 1_000_000 == 0
    else { return .notAllowed }
    coded.set(number: fact, toMillionths: number)
    told.set(fact, number: number)
    return nil
  }

  package func set(date fact: Int, toDay day: Int) -> Refusal? {
    if let refusal = refusal(fact, .date) { return refusal }
    guard let day = Int32(exactly: day), FactLimits.days.contains(day) else { return .notAllowed }
    coded.set(date: fact, toDay: day)
    told.set(fact, number: Int64(day))
    return nil
  }

  package func set(text fact: Int, to utf8: UnsafeRawBufferPointer) -> Refusal? {
    if let refusal = refusal(fact, .text) { return refusal }
    guard utf8.count <= MessageDecoder.longestLine, UTF8Check.firstError(in: utf8) == nil else {
      return .notAllowed
    }
    coded.set(text: fact, to: utf8)
    told.set(fact, text: utf8)
    return nil
  }

  package func clear(set fact: Int) -> Refusal? {
    if let refusal = refusal(fact, .set) { return refusal }
    coded.beginSet(fact)
    told.beginSet(fact)
    return nil
  }

  package func insert(_ value: Int, intoSet fact: Int) -> Refusal? {
    if let refusal = refusal(fact, .set) { return refusal }
    guard value >= 0, value < limits[fact].valueCount else { return .unknownValue }
    if !told.hasValue(fact) {
      coded.beginSet(fact)
      told.beginSet(fact)
    }
    coded.add(value: value, toSet: fact)
    told.insert(value, into: fact)
    return nil
  }

  package func setNotRecorded(_ fact: Int) -> Refusal? {
    guard fact >= 0, fact < count else { return .unknownFact }
    guard limits[fact].isOptional else { return .notAllowed }
    coded.setAbsent(fact)
    told.set(fact, .absent)
    return nil
  }

  package func setUnknown(_ fact: Int) -> Refusal? {
    guard fact >= 0, fact < count else { return .unknownFact }
    coded.setMissing(fact)
    told.set(fact, .unknown)
    return nil
  }
}
