/// How many durations there were of about each length.
///
/// Lengths are told apart to an eighth: each power of two of nanoseconds is divided into eight. Not to be shared
/// between threads; recording allocates nothing.
package final class LatencyHistogram {
  private static let parts = 8
  private static let size = 64 * parts
  private let counts: UnsafeMutablePointer<Int>
  package private(set) var total = 0
  /// Nanoseconds of all durations together.
  package private(set) var sum = 0

  package init() {
    counts = .allocate(capacity: LatencyHistogram.size)
    counts.initialize(repeating: 0, count: LatencyHistogram.size)
  }

  deinit { counts.deallocate() }

  /// Records some durations of so many nanoseconds each.
  package func record(_ nanoseconds: Int, _ count: Int) {
    counts[LatencyHistogram.place(max(nanoseconds, 0))] += count
    total += count
    sum += nanoseconds * count
  }

  private static func place(_ value: Int) -> Int {
    guard value >= parts else { return value }
    let power = Int.bitWidth - 1 - value.leadingZeroBitCount
    return (power - 2) * parts + (value >> (power - 3)) - parts
  }

  /// The shortest duration that no longer belongs there.
  private static func end(of place: Int) -> Int {
    guard place >= parts else { return place + 1 }
    let power = place / parts + 2
    return (place % parts + parts + 1) << (power - 3)
  }

  /// Adds all that another has recorded, and empties that.
  func take(from other: LatencyHistogram) {
    guard other.total > 0 else { return }
    for place in 0..<LatencyHistogram.size where other.counts[place] > 0 {
      counts[place] += other.counts[place]
      other.counts[place] = 0
    }
    total += other.total
    sum += other.sum
    (other.total, other.sum) = (0, 0)
  }

  /// How many durations were surely no longer than that.
  package func count(upTo nanoseconds: Int) -> Int {
    var count = 0
    for place in 0..<LatencyHistogram.size {
      guard LatencyHistogram.end(of: place) - 1 <= nanoseconds else { break }
      count += counts[place]
    }
    return count
  }

  /// The length, in nanoseconds, that so large a part of the durations did not exceed; nil of none.
  package func quantile(_ part: Double) -> Int? {
    guard total > 0 else { return nil }
    let wanted = max(Int((Double(total) * part).rounded(.up)), 1)
    var count = 0
    for place in 0..<LatencyHistogram.size {
      count += counts[place]
      if count >= wanted { return LatencyHistogram.end(of: place) - 1 }
    }
    return nil
  }
}
