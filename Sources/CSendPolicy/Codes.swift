import SendPolicy

// What the functions of sendpolicy.h give back; the header says what each number means.

enum Code {
  static let ok: Int32 = 0
  static let unsure: Int32 = 1
  static let rejected: Int32 = 2
  static let badArgument: Int32 = -1
  static let notUTF8: Int32 = -2
  static let badPolicy: Int32 = -3
  static let unknownName: Int32 = -4
  static let wrongKind: Int32 = -5
  static let notAllowed: Int32 = -6
  static let badDay: Int32 = -7
  static let tooSmall: Int32 = -8
  static let noDecision: Int32 = -9

  static func of(_ refusal: Refusal?) -> Int32 {
    switch refusal {
    case nil: ok
    case .unknownFact, .unknownValue: unknownName
    case .wrongKind: wrongKind
    case .notAllowed: notAllowed
    }
  }

  static func of(_ error: FactError) -> Int32 {
    switch error.kind {
    case .unknownName, .unknownValue: unknownName
    case .wrongKind: wrongKind
    case .notAllowed, .otherPolicy: notAllowed
    }
  }

  static func text(_ code: Int32) -> StaticString {
    switch code {
    case ok: "done"
    case unsure: "the message lacks facts, and the decision is not sure"
    case rejected: "the message was rejected, and nothing is decided about it"
    case badArgument: "an argument is NULL, a length is too large, or a number is out of range"
    case notUTF8: "a text is not UTF-8"
    case badPolicy: "the policy cannot be read or has errors"
    case unknownName: "the policy has nothing of that name or number"
    case wrongKind: "the fact is of another kind"
    case notAllowed: "the fact does not take that value"
    case badDay: "a day does not exist or lies outside the years 2000 to 2099"
    case tooSmall: "the buffer is too small"
    case noDecision: "the policy does not decide this message"
    default: "no code of this library"
    }
  }
}

/// A `sendpolicy_error` of the caller; nothing is written where there is none.
struct ErrorOutput {
  private static let capacity = 2040

  private let memory: UnsafeMutableRawPointer?

  init(_ memory: UnsafeMutableRawPointer?) { self.memory = memory }

  /// Writes what went wrong, as much of it as there is room for, and gives the code back.
  func write(_ code: Int32, _ text: String? = nil) -> Int32 {
    guard let memory else { return code }
    let whole = Array((text ?? "\(Code.text(code))").utf8)
    var count = min(whole.count, ErrorOutput.capacity - 1)
    // Not into the middle of a character.
    while count < whole.count, count > 0, whole[count] & 0xc0 == 0x80 { count -= 1 }
    memory.storeBytes(of: code, as: Int32.self)
    memory.storeBytes(of: UInt32(count), toByteOffset: 4, as: UInt32.self)
    let bytes = memory + 8
    bytes.copyMemory(from: whole, byteCount: count)
    bytes.storeBytes(of: 0, toByteOffset: count, as: UInt8.self)
    return code
  }

  /// Says that nothing is wrong.
  func clear() { if memory != nil { _ = write(Code.ok, "") } }
}

/// The bytes that a caller hands over; nil if there are none, or so many that the length must be wrong.
func bytes(_ start: UnsafeRawPointer?, _ count: Int) -> UnsafeRawBufferPointer? {
  guard count >= 0, start != nil || count == 0 else { return nil }
  return UnsafeRawBufferPointer(start: start, count: count)
}

/// The text that a caller hands over in UTF-8.
func text(_ start: UnsafeRawPointer?, _ count: Int) -> String? {
  bytes(start, count).flatMap { String(validating: $0, as: UTF8.self) }
}
