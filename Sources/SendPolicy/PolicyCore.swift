import Analysis
import Engine
package import Model
package import Program
import Syntax
import Values
import Workspace

/// What a policy is, shared by all who ask it. It never changes, but for the desks that wait in their pool.
package final class PolicyCore: Sendable {
  let program: Program
  package let words: PolicyWords
  let decoder: MessageDecoder
  let meaning: Model.Policy
  let desks = DeskPool()

  private init(_ meaning: Model.Policy) {
    self.meaning = meaning
    program = Program(meaning)
    words = PolicyWords(meaning)
    decoder = MessageDecoder(meaning.vocabulary)
  }

  /// Reads, checks and compiles what stands at a path. Whatever a policy can be kept in is told apart here.
  static func load(_ path: String) throws(PolicyErrors) -> PolicyCore {
    try load(folder: path)
  }

  private static func load(folder path: String) throws(PolicyErrors) -> PolicyCore {
    let folder: PolicyFolder
    do throws(PolicyFolderError) {
      folder = try PolicyFolder.read(path)
    } catch {
      throw PolicyErrors(problem: error.message, help: error.help)
    }
    if let (file, _) = folder.text.problems.first {
      throw PolicyErrors(problem: "the file `\(file)` of the policy cannot be read", help: nil)
    }
    // Only warnings ask for the day, and they keep nobody from deciding.
    let result = check(folder.text, today: .firstProved)
    guard let policy = result.policy, result.errorCount == 0 else {
      throw PolicyErrors(result.findings.filter { $0.severity == .error }, result.files)
    }
    return PolicyCore(policy)
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
  let otherwisePlace: Int
  /// The facts by the UTF-8 of the field that they are read from.
  let factsByField: [[UInt8]: Int]
  /// By note, whether its text says what a fact is.
  let notesWithFacts: [Bool]

  init(_ policy: Model.Policy) {
    hash = policy.hash
    vocabulary = policy.vocabulary
    outcomes = vocabulary.outcomes.map(\.name)
    notes = vocabulary.notes.map(\.name)
    rules = policy.rules.map(\.name)
    let otherwise = policy.otherwise
    otherwisePlace = policy.rules.count { rule in otherwise.map { rule.span < $0.span } ?? true }
    factsByField = Dictionary(
      vocabulary.facts.map { (Array($0.field.utf8), $0.id.index) },
      uniquingKeysWith: { first, _ in first })
    notesWithFacts = vocabulary.notes.map { $0.namesFacts }
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
  package var facts: [FactID] {
    text.compactMap { piece in
      if case .fact(let fact) = piece { return fact }
      return nil
    }
  }

  fileprivate var namesFacts: Bool { !facts.isEmpty }
}
