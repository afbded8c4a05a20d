/// A moment, written as `2026-11-24T09:30:00.123Z`.
package struct UTCTime: Hashable, Sendable, CustomStringConvertible {
  /// Milliseconds since 1 January 1970, without leap seconds.
  package let milliseconds: Int

  package init(nanoseconds: Int) {
    milliseconds = nanoseconds / 1_000_000
  }

  private var secondOfDay: Int { milliseconds / 1_000 - 86_400 * dayNumber }
  private var dayNumber: Int {
    let seconds = milliseconds / 1_000
    return seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
  }

  /// The day on which the moment lies.
  package var day: Day { Day(clamping: dayNumber) }

  package var description: String {
    let second = secondOfDay
    let parts = [second / 3_600, second / 60 % 60, second % 60].map { two($0) }
    let thousandths = abs(milliseconds % 1_000)
    let fraction = String(repeating: "0", count: thousandths < 10 ? 2 : thousandths < 100 ? 1 : 0)
    return "\(day)T\(parts.joined(separator: ":")).\(fraction)\(thousandths)Z"
  }

  private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
