import Engine
import Model
import Syntax
import TestSupport
import Testing

@Suite struct `Two policies over one vocabulary` {
  @Test func `decide every message that both accept as each does by itself`() {
    var counts: [String: Int] = [:]
    for seed in seeds(80) {
      guard let old = resolved(authored(seed, nil)).resolution.policy,
        let new = resolved(authored(seed &+ 7919, nil)).resolution.policy
      else { continue }
      let joint = JointPolicies(old, new)
      let (ours, theirs) = (joint.new.vocabulary, [old.vocabulary, new.vocabulary])
      var messages = RandomMessages(seed: seed)
      for round in 0..<16 {
        let isJoint = round % 2 == 0
        let vocabulary = isJoint ? ours : theirs[round / 2 % 2]
        let line = messages.line(for: vocabulary, missing: 0)
        guard let one = complete(line, old), let other = complete(line, new) else {
          #expect(!isJoint || joint.hasNoMessages, "seed \(seed): \(line)")
          continue
        }
        guard let both = complete(line, joint.new), !joint.hasNoMessages else {
          if leavesOutDates(joint, old, new) { continue }
          Issue.record("seed \(seed): \(line)")
          continue
        }
        let (a, b) = (Meaning(joint.old).answer(to: both), Meaning(joint.new).answer(to: both))
        #expect(named(a, ours) == named(Meaning(old).answer(to: one), old.vocabulary), "\(seed)")
        #expect(named(b, ours) == named(Meaning(new).answer(to: other), new.vocabulary), "\(seed)")
        counts[isJoint ? "joint" : "own", default: 0] += 1
        counts[a.isDecided ? "decided" : "undecided", default: 0] += 1
      }
      for difference in joint.differences { counts[difference.kind, default: 0] += 1 }
    }
    #expect(counts["joint", default: 0] > 150)
    #expect(counts["own", default: 0] > 10)
    #expect(counts["decided", default: 0] > 50)
    for kind in ["value", "range", "presence", "fact", "kind", "outcome", "note", "noteText"] {
      #expect(counts[kind, default: 0] > 3, "\(kind)")
    }
  }

  @Test func `are alike where they differ in the order of their statements and files alone`() {
    for seed in seeds(50) {
      var author = Author(seed: seed, style: nil, namesEverything: true)
      let authored = author.policy()
      var random = SeededRandom(state: seed)
      let shuffled = authored.shuffled(using: &random)
      guard let old = resolved(authored.text()).resolution.policy,
        let new = resolved(shuffled.text()).resolution.policy
      else { continue }
      let joint = JointPolicies(old, new)
      #expect(joint.differences == [], "seed \(seed)")
      #expect(joint.old.vocabulary.facts.count == old.vocabulary.facts.count)
      var messages = RandomMessages(seed: seed)
      for round in 0..<6 {
        let line = messages.line(for: joint.old.vocabulary, missing: [0, 20][round % 2])
        guard let message = decoded(line, MessageDecoder(joint.old.vocabulary)) else { continue }
        let (a, b) = (
          Meaning(joint.old).answer(to: message), Meaning(joint.new).answer(to: message)
        )
        #expect(a.ending == b.ending, "seed \(seed): \(line)")
      }
    }
  }

  /// The message that a line holds, if a policy accepts it and misses nothing.
  private func complete(_ line: String, _ policy: Policy) -> Message? {
    guard let message = decoded(line, MessageDecoder(policy.vocabulary)),
      !message.values.contains(.missing)
    else { return nil }
    return message
  }

  /// Whether there are messages that both policies accept and that are not compared all the same:
  /// texts that are dates where the other policy has a date, and dates that are not given where one
  /// of the policies has a default.
  private func leavesOutDates(_ joint: JointPolicies, _ old: Policy, _ new: Policy) -> Bool {
    func needed(_ facts: [Fact], _ places: [FactID?]) -> Set<FactID> {
      Set(zip(facts, places).compactMap { $0.presence == .required ? $1 : nil })
    }
    let either = needed(old.vocabulary.facts, joint.factsOfOld)
      .union(needed(new.vocabulary.facts, joint.factsOfNew))
    return joint.differences.contains(where: \.isOfDate)
      || joint.new.vocabulary.facts.contains {
        $0.kind == .date && $0.presence == .required && !either.contains($0.id)
      }
  }

  /// An answer with names in place of the numbers that differ between vocabularies.
  private func named(_ answer: Meaning.Answer, _ vocabulary: Vocabulary) -> [String] {
    switch answer {
    case .decided(let verdict):
      [
        vocabulary[verdict.outcome].name.lowercased(),
        "\(verdict.notes.map { vocabulary[$0].name.lowercased() }.sorted())",
        "\(verdict.winners.sorted()) \(verdict.isByOtherwise)",
      ]
    case .conflict(let rules): ["conflict \(rules.sorted())"]
    case .unsure, .gap, .tooManyDoubts: ["\(answer)"]
    }
  }
}

extension Meaning.Answer {
  fileprivate var isDecided: Bool {
    if case .decided = self { true } else { false }
  }

  /// What comes out, leaving aside which rules it comes from.
  fileprivate var ending: [Int] {
    switch self {
    case .decided(let verdict): [1, verdict.outcome.index] + verdict.notes.sorted().map(\.index)
    case .unsure(let outcome, let notes, _, let missing):
      [2, outcome.index] + notes.sorted().map(\.index) + [-1] + missing.sorted().map(\.index)
    case .conflict(let rules): [3, rules.count]
    case .gap: [4]
    case .tooManyDoubts: [5]
    }
  }
}

extension VocabularyDifference {
  fileprivate var isOfDate: Bool {
    guard case .kind(_, let old, let new, _) = self else { return false }
    return old == .date || new == .date
  }

  fileprivate var kind: String {
    String("\(self)".prefix { $0 != "(" })
  }
}
