/// Why a text is not a number of the policy language.
package enum DecimalError: Error, Hashable, Sendable {
  /// It is not written as a number is.
  case notANumber
  /// It has more than six decimals.
  case tooManyDecimals
  /// Its magnitude is over 1 000 000 000 000.
  case tooLarge
}

extension Decimal6 {
  /// Reads a number as officers write it: `-?digits[.digits]`, at most six decimals written.
  ///
  /// Takes UTF-8. Zeros at the end count as decimals: `1.0000000` has too many. A number that is
  /// too large and has too many decimals is said to be too large. Linear time.
  package static func parse(_ utf8: UnsafeRawBufferPointer) -> Result<Decimal6, DecimalError> {
    guard let writing = DecimalWriting(utf8, exponentAllowed: false) else {
      return .failure(.notANumber)
    }
    return writing.value.flatMap { value in
      writing.decimalsWritten > 6 ? .failure(.tooManyDecimals) : .success(value)
    }
  }

  /// Reads a number as officers write it, from any bytes: `text.utf8`, `bytes[3..<5]`.
  package static func parse(_ utf8: some Collection<UInt8>) -> Result<Decimal6, DecimalError> {
    withBytes(of: utf8) { parse($0) }
  }

  /// Reads a number as JSON writes it, with an exponent if there is one: `1e3`, `3.0`, `-0`.
  ///
  /// Takes UTF-8. What counts is the value: `1.0000000` is 1 and `10e-7` is 0.000001, but `1e-7`
  /// has too many decimals. Linear time, whatever the exponent.
  package static func parseJSON(_ utf8: UnsafeRawBufferPointer) -> Result<Decimal6, DecimalError> {
    guard let writing = DecimalWriting(utf8, exponentAllowed: true), !writing.hasLeadingZero else {
      return .failure(.notANumber)
    }
    return writing.value
  }

  /// Reads a number as JSON writes it, from any bytes.
  package static func parseJSON(_ utf8: some Collection<UInt8>) -> Result<Decimal6, DecimalError> {
    withBytes(of: utf8) { parseJSON($0) }
  }

  /// Reads a number as JSON writes it, from a text.
  package static func parseJSON(_ text: String) -> Result<Decimal6, DecimalError> {
    parseJSON(text.utf8)
  }
}
