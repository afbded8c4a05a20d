import Analysis

/// How much work is left, in steps about as long as those of the solver.
///
/// A count and not a clock, so that what is looked at is the same on every machine.
struct Effort {
  private(set) var left: Int
  /// What it costs to make one variant and try it on the scenarios, proofs apart.
  private let costOfVariant: Int

  init(workLimit: Int, ruleCount: Int, scenarioCount: Int) {
    left = workLimit
    costOfVariant = Effort.stepsOfRule * (ruleCount + 1) + Effort.stepsOfScenario * scenarioCount
  }

  private static let stepsOfRule = 100
  private static let stepsOfScenario = 60

  /// Does something with items until so much of the work is spent, and gives what came of those that it came to, in
  /// their order. Where there is not work enough for all, they are spread over all of them.
  mutating func spend<Item, Result>(
    _ share: Int, on items: [Item], variants: Int = 1, _ proof: VariantProof,
    _ body: (Item) -> Result
  ) -> [Result?] {
    var results = [Result?](repeating: nil, count: items.count)
    var allowed = left / share
    for index in Effort.spreadOrder(items.count) where allowed > 0 {
      let before = proof.work
      results[index] = body(items[index])
      let spent = proof.work - before + variants * costOfVariant
      allowed -= spent
      left -= spent
    }
    return results
  }

  /// All numbers below a count, such that wherever one stops those so far lie evenly: by their digits in base two,
  /// last one first (J. van der Corput, 1935).
  private static func spreadOrder(_ count: Int) -> [Int] {
    let bits = Int.bitWidth - max(0, count - 1).leadingZeroBitCount
    return (0..<1 << bits).map { number in
      var (rest, reversed) = (number, 0)
      for _ in 0..<bits {
        reversed = reversed << 1 | rest & 1
        rest >>= 1
      }
      return reversed
    }
    .filter { $0 < count }
  }
}
