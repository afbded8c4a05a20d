import Engine
package import Model
import Syntax
import Values

/// How much was found in an audit. Counts of parts add up to the count of the whole.
package struct AuditCounts: Sendable {
  /// What was found among some messages.
  package struct Tally: Hashable, Sendable {
    package var messages = 0
    /// Those that were sent otherwise than the policy says.
    package var otherwise = 0
    /// Those that broke a promise.
    package var brokePromise = 0

    fileprivate static func += (a: inout Tally, b: Tally) {
      a.messages += b.messages
      a.otherwise += b.otherwise
      a.brokePromise += b.brokePromise
    }

    fileprivate mutating func add(_ finding: AuditFinding) {
      messages += 1
      if finding.verdict == .otherwise { otherwise += 1 }
      if !finding.broken.isEmpty { brokePromise += 1 }
    }
  }

  /// A month of a year.
  package struct Month: Hashable, Comparable, Sendable {
    package let year: Int
    package let month: Int

    package static func < (a: Month, b: Month) -> Bool { (a.year, a.month) < (b.year, b.month) }
  }

  package private(set) var all = Tally()
  package private(set) var byMonth: [Month: Tally] = [:]
  /// Messages that were sent otherwise, by each rule that decides them; nil is `otherwise`.
  package private(set) var byRule: [RuleID?: Int] = [:]
  /// Messages that broke each promise, by its place in the policy.
  package private(set) var byPromise: [Int: Int] = [:]
  /// Messages of which the policy's decision is not sure.
  package private(set) var unsure = 0
  /// Lines that are no message.
  package private(set) var rejected = 0
  /// Messages that do not say their day.
  package private(set) var undated = 0

  package init() {}

  /// Whether nothing has to be answered for or put right.
  package var isClean: Bool { all.otherwise == 0 && all.brokePromise == 0 && rejected == 0 }

  /// Adds messages of one day that were sent as the policy decides.
  package mutating func add(_ group: QuickCheck.Group) {
    let date = group.day.date
    let tally = Tally(messages: group.count)
    all += tally
    byMonth[Month(year: date.year, month: date.month), default: Tally()] += tally
    if !group.isDated { undated += group.count }
  }

  package mutating func addRejected() { rejected += 1 }

  package mutating func add(_ finding: AuditFinding) {
    let date = finding.sent.message.today.date
    all.add(finding)
    byMonth[Month(year: date.year, month: date.month), default: Tally()].add(finding)
    for promise in finding.broken { byPromise[promise, default: 0] += 1 }
    if finding.verdict == .unsure { unsure += 1 }
    if !finding.sent.isDated { undated += 1 }
    guard finding.verdict == .otherwise, case .success(let decision) = finding.decision else {
      return
    }
    for rule in finding.deciders { byRule[rule, default: 0] += 1 }
    if decision.madeByOtherwise { byRule[nil, default: 0] += 1 }
  }
}
