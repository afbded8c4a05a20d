import Engine
import Model
import Syntax
import Values

/// What a message was told, as far as decisions do not say it again: columns hold no more than what tells rules
/// apart, and the texts of notes say what a fact is.
struct ToldFacts {
  enum State: UInt8 { case nothing, value, absent, unknown }

  private let limits: UnsafePointer<FactLimits>
  private let count: Int
  private let states: UnsafeMutablePointer<State>
  /// Of a choice its value, of yes or no 1 or 0, of a number its millionths, of a date its day.
  private let numbers: UnsafeMutablePointer<Int64>
  /// A bit for each value of the sets that are shown.
  private let words: UnsafeMutablePointer<UInt64>
  /// By fact, the UTF-8 of the texts that are shown.
  private let texts: UnsafeMutablePointer<[UInt8]>

  init(_ limits: UnsafePointer<FactLimits>, count: Int, wordCount: Int) {
    self.limits = limits
    self.count = count
    states = .allocate(capacity: count)
    numbers = .allocate(capacity: count)
    words = .allocate(capacity: wordCount)
    texts = .allocate(capacity: count)
    states.initialize(repeating: .nothing, count: count)
    numbers.initialize(repeating: 0, count: count)
    words.initialize(repeating: 0, count: wordCount)
    texts.initialize(repeating: [], count: count)
  }

  func deallocate() {
    texts.deinitialize(count: count)
    states.deallocate()
    numbers.deallocate()
    words.deallocate()
    texts.deallocate()
  }

  func reset() { states.update(repeating: .nothing, count: count) }

  func set(_ fact: Int, _ state: State) { states[fact] = state }

  func set(_ fact: Int, number: Int64) {
    states[fact] = .value
    numbers[fact] = number
  }

  func set(_ fact: Int, text: UnsafeRawBufferPointer) {
    states[fact] = .value
    guard limits[fact].isShown else { return }
    texts[fact].removeAll(keepingCapacity: true)
    texts[fact].append(contentsOf: text)
  }

  /// Whether anything was said of a fact.
  func wasTold(_ fact: Int) -> Bool { states[fact] != .nothing }

  /// Whether a set has been begun.
  func hasValue(_ fact: Int) -> Bool { states[fact] == .value }

  func beginSet(_ fact: Int) {
    states[fact] = .value
    let own = limits + fact
    for word in 0..<own.pointee.wordCount { words[own.pointee.firstWord + word] = 0 }
  }

  func insert(_ value: Int, into fact: Int) {
    guard limits[fact].wordCount > 0 else { return }
    words[limits[fact].firstWord + value >> 6] |= 1 << UInt64(value & 63)
  }

  // MARK: - Told again

  /// The message as far as notes tell it; what they do not tell is missing.
  func message(_ vocabulary: Vocabulary) -> Message {
    let states = vocabulary.facts.map { fact in
      limits[fact.id.index].isShown ? state(of: fact) : .missing
    }
    return Message(values: states, today: .firstProved)
  }

  /// What a fact is that is shown.
  func state(of fact: Fact) -> FactState {
    let number = fact.id.index
    switch states[number] {
    case .nothing: return fact.presence.unsaid
    case .absent: return .absent
    case .unknown: return .missing
    case .value: return .value(value(number))
    }
  }

  private func value(_ fact: Int) -> FactValue {
    let number = numbers[fact]
    switch limits[fact].kind {
    case .choice: return .choice(ValueID(Int(number)))
    case .yesOrNo: return .flag(number == 1)
    case .number: return .number(Decimal6(millionths: number) ?? Decimal6(0))
    case .date: return .day(Day(clamping: Int(number)))
    case .text: return .text(String(decoding: texts[fact], as: UTF8.self))
    case .set:
      let held = (0..<limits[fact].valueCount).filter {
        words[limits[fact].firstWord + $0 >> 6] >> UInt64($0 & 63) & 1 == 1
      }
      return .set(Set(held.map { ValueID($0) }))
    }
  }
}
