import Analysis

/// How much work is left, in steps about as long as those of the solver.
///
/// A count and not a clock, so that what is looked at is the same on every machine.
struct Effort {
  private(set) var left: Int
  /// What it costs to make one variant and try it on the scenarios.
  private let costOfVariant: Int

  /// As much as all questions of a check may take together.
  init(workLimit: Int, ruleCount: Int, scenarioCount: Int) {
    let (most, isOver) = workLimit.multipliedReportingOverflow(by: 4)
    left = isOver ? .max : most
    costOfVariant = Effort.stepsOfRule * (ruleCount + 1) + Effort.stepsOfScenario * scenarioCount
  }

  private static let stepsOfRule = 200
  private static let stepsOfScenario = 60

  /// How many of so many variants can be tried with half of what is left.
  func affordable(of count: Int) -> Int { min(count, left / 2 / costOfVariant) }

  mutating func spendOnVariant() { left -= costOfVariant }

  /// Some items, spread over all of them.
  static func spread<Item>(_ items: [Item], _ count: Int) -> [Item] {
    guard count < items.count else { return items }
    return (0..<count).map { items[$0 * items.count / count] }
  }
}
