/// How a number is written: the digits that matter, and where the decimal point stands.
///
/// Zeros before the first and after the last digit that is not zero only say how far those two
/// stand from the point. What lies between them is at most eighteen digits for every number within
/// the limits but the limit itself, so no length of text needs a longer number than `UInt64`.
struct DecimalWriting {
  /// How many digits follow the point, as written.
  private(set) var decimalsWritten = 0
  /// Whether a zero is written before other digits: `007`.
  private(set) var hasLeadingZero = false

  private var isNegative = false
  private var digitsBeforePoint = 0
  private var exponent = 0
  /// How many digits have been read.
  private var position = 0
  /// Where the first and the last digit stand that are not zero, counted in digits from the left.
  private var first: Int?
  private var last = 0
  /// The digits from the first to the last, as long as there are at most nineteen.
  private var significand: UInt64 = 0

  /// Reads `-?digits[.digits]` and, if allowed, `[eE][+-]?digits`; nothing if that is not all.
  init?(_ utf8: UnsafeRawBufferPointer, exponentAllowed: Bool) {
    var rest = utf8[...]
    isNegative = rest.take("-")
    let startsWithZero = rest.first == UInt8(ascii: "0")
    guard takeDigits(from: &rest) else { return nil }
    digitsBeforePoint = position
    hasLeadingZero = startsWithZero && digitsBeforePoint > 1

    if rest.take(".") {
      guard takeDigits(from: &rest) else { return nil }
      decimalsWritten = position - digitsBeforePoint
    }
    if exponentAllowed, rest.take("e") || rest.take("E") {
      guard takeExponent(from: &rest) else { return nil }
    }
    guard rest.isEmpty else { return nil }
  }

  /// The number written, if it lies within the limits and has no decimal beyond the sixth.
  var value: Result<Decimal6, DecimalError> {
    guard let first else { return .success(Decimal6(0)) }
    // The powers of ten that the first and the last digit stand for.
    let highest = digitsBeforePoint - 1 - first + exponent
    let lowest = digitsBeforePoint - 1 - last + exponent
    let isLimit = highest == 12 && first == last && significand == 1
    guard highest < 12 || isLimit else { return .failure(.tooLarge) }
    guard lowest >= -6 else { return .failure(.tooManyDecimals) }

    var millionths = Int64(significand)
    for _ in -6..<lowest { millionths *= 10 }
    let value = Decimal6(millionths: isNegative ? -millionths : millionths)
    return value.map { .success($0) } ?? .failure(.tooLarge)
  }

  /// Takes a run of digits; false if there is none.
  private mutating func takeDigits(from rest: inout Slice<UnsafeRawBufferPointer>) -> Bool {
    let start = position
    while let digit = rest.takeDigit() {
      if digit != 0 {
        note(UInt64(digit))
      }
      position += 1
    }
    return position > start
  }

  /// Adds the digit at the present position, which is not zero, to the digits that matter.
  private mutating func note(_ digit: UInt64) {
    let start = first ?? position
    if position - start < 19 {
      let places = first == nil ? 0 : position - last
      for _ in 0..<places { significand *= 10 }
      significand += digit
    }
    first = start
    last = position
  }

  /// Takes `[+-]?digits`; false if there is none.
  private mutating func takeExponent(from rest: inout Slice<UnsafeRawBufferPointer>) -> Bool {
    let isNegative = rest.take("-")
    if !isNegative {
      _ = rest.take("+")
    }
    guard var magnitude = rest.takeDigit() else { return false }
    // No text is long enough to make up for an exponent as great as this bound.
    let bound = Int.max / 100
    while let digit = rest.takeDigit() {
      magnitude = min(magnitude * 10 + digit, bound)
    }
    exponent = isNegative ? -magnitude : magnitude
    return true
  }
}

extension Slice where Base == UnsafeRawBufferPointer {
  /// Takes the byte of that character if it comes next.
  fileprivate mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard first == UInt8(ascii: character) else { return false }
    self = dropFirst()
    return true
  }

  /// Takes a digit if one comes next, and gives its value.
  fileprivate mutating func takeDigit() -> Int? {
    guard let byte = first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else {
      return nil
    }
    self = dropFirst()
    return Int(byte - UInt8(ascii: "0"))
  }
}
