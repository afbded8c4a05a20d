import Analysis
import Engine
import Findings
import Loading
package import Model
import Program
import Syntax
import Values

/// What a policy is, shared by all who ask it. It never changes, but for the desks that wait in their pool.
package final class PolicyCore: Sendable {
  let program: Program
  package let words: PolicyWords
  /// What messages that come as JSON are read and decided by.
  let setup: DecisionSetup
  let desks = DeskPool()
  /// Where its meaning can be had.
  let origin: LoadedPolicy.Origin

  private init(_ program: Program, _ origin: LoadedPolicy.Origin) {
    self.program = program
    self.origin = origin
    words = PolicyWords(program)
    setup = DecisionSetup(
      program, words.vocabulary, meaning: nil, options: DecisionSetup.Options(),
      defaultDay: .firstProved)
  }

  /// The policy at a path: a file that `rulec build` wrote, or rule files, which are read, checked and compiled.
  static func load(_ path: String) throws(PolicyErrors) -> PolicyCore {
    let answer: LoadedPolicy.Answer
    do throws(LoadingProblem) {
      // Only warnings ask for the day, and they keep nobody from deciding.
      answer = try LoadedPolicy.read(path, today: .firstProved, keepsText: true)
    } catch {
      throw PolicyErrors(problem: error.message, help: error.help)
    }
    switch answer {
    case .ready(let policy): return PolicyCore(policy.program, policy.origin)
    case .faulty(let result):
      throw PolicyErrors(result.findings.filter { $0.severity == .error }, result.files)
    }
  }
}

/// The names that a policy's decisions are told with.
package struct PolicyWords: Sendable {
  package let hash: String
  package let vocabulary: Vocabulary
  package let outcomes: [String]
  package let notes: [String]
  package let rules: [String]
  /// How many rules stand before `otherwise`.
  private let otherwisePlace: Int
  /// The facts by the UTF-8 of the field that they are read from.
  package let factsByField: [[UInt8]: Int]
  /// By note, whether its text says what a fact is.
  let notesWithFacts: [Bool]

  init(_ program: Program) {
    hash = program.hash
    vocabulary = program.vocabulary
    outcomes = vocabulary.outcomes.map(\.name)
    notes = vocabulary.notes.map(\.name)
    rules = (0..<program.ruleCount).map { program.name(of: RuleID($0)) }
    otherwisePlace = program.otherwisePlace
    factsByField = Dictionary(
      vocabulary.facts.map { (Array($0.field.utf8), $0.id.index) },
      uniquingKeysWith: { first, _ in first })
    notesWithFacts = vocabulary.notes.map { !$0.facts.isEmpty }
  }

  /// The names of rules in the order of file and line, with `otherwise` in its place.
  func names(ofRules numbers: [Int], withOtherwise: Bool) -> [String] {
    var names = numbers.map { rules[$0] }
    if withOtherwise {
      let place = numbers.firstIndex { $0 >= otherwisePlace }
      names.insert("otherwise", at: place ?? names.count)
    }
    return names
  }
}

extension Note {
  /// The facts that its text tells.
  var facts: [FactID] {
    text.compactMap { piece in
      if case .fact(let fact) = piece { return fact }
      return nil
    }
  }
}
