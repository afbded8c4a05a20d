/// An exact number with at most six decimals, the only kind of number that a policy knows.
///
/// Kept as a count of millionths, so that adding zeros or comparing never rounds.
/// Invariant: `-10^12 ≤ value ≤ 10^12`, both included.
package struct Decimal6: Hashable, Comparable, Sendable {
  /// The number times one million.
  package let millionths: Int64

  /// The greatest number, 1 000 000 000 000; the least is its negative.
  package static let limit = Decimal6(unchecked: millionthsLimit)

  /// A whole number; one beyond the limits is taken as the nearest limit.
  package init(_ whole: Int) {
    let wholeLimit = Int(Decimal6.millionthsLimit / Decimal6.scale)
    let clamped = min(max(whole, -wholeLimit), wholeLimit)
    self.init(unchecked: Int64(clamped) * Decimal6.scale)
  }

  /// The number of so many millionths; nothing if it lies beyond the limits.
  package init?(millionths: Int64) {
    let limit = Decimal6.millionthsLimit
    guard (-limit...limit).contains(millionths) else { return nil }
    self.init(unchecked: millionths)
  }

  private init(unchecked millionths: Int64) {
    self.millionths = millionths
  }

  private static let scale: Int64 = 1_000_000
  private static let millionthsLimit: Int64 = 1_000_000_000_000 * scale

  /// Whether the number has no decimals: `3` and `3.0`, not `3.5`.
  package var isWhole: Bool { millionths % Decimal6.scale == 0 }

  /// The order of numbers.
  package static func < (left: Decimal6, right: Decimal6) -> Bool {
    left.millionths < right.millionths
  }
}

extension Decimal6: CustomStringConvertible {
  /// The shortest exact writing: `35`, `0.5`, `-3.000001`.
  package var description: String {
    let magnitude = millionths.magnitude
    let sign = millionths < 0 ? "-" : ""
    let whole = magnitude / Decimal6.scale.magnitude
    var rest = magnitude % Decimal6.scale.magnitude
    guard rest != 0 else { return "\(sign)\(whole)" }

    var places = 6
    while rest % 10 == 0 {
      rest /= 10
      places -= 1
    }
    let digits = String(rest)
    let zeros = String(repeating: "0", count: places - digits.utf8.count)
    return "\(sign)\(whole).\(zeros)\(digits)"
  }
}
