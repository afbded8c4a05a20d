import Analysis
import Engine
import Findings
package import Model
import Program
import Syntax
import Values
import Workspace

/// What a policy is, shared by all who ask it. It never changes, but for the desks that wait in their pool.
package final class PolicyCore: Sendable {
  let program: Program
  package let words: PolicyWords
  let decoder: MessageDecoder
  let records: RecordWriter
  let desks = DeskPool()

  private init(_ program: Program) {
    self.program = program
    words = PolicyWords(program)
    decoder = MessageDecoder(words.vocabulary)
    records = RecordWriter(program)
  }

  /// The policy at a path: a file that `rulec build` wrote, which shows by how it begins, or rule files, which
  /// are read, checked and compiled.
  static func load(_ path: String) throws(PolicyErrors) -> PolicyCore {
    let beginning = FileMemory.beginning(of: path, count: Program.beginning) ?? []
    if Program.isBegun(by: beginning) { return PolicyCore(try program(built: path)) }
    return PolicyCore(try program(folder: path))
  }

  private static func program(built path: String) throws(PolicyErrors) -> Program {
    let result = FileMemory.read(path, limit: Program.mostBytes) { beginning in
      Program.countWithoutSources(beginning)
    }
    let memory: FileMemory
    switch result {
    case .failure(let problem):
      throw PolicyErrors(problem: "cannot read `\(path)`: \(problem.reason)", help: nil)
    case .success(let read): memory = read
    }
    let program: Program
    do throws(ImageError) {
      program = try Program(
        reading: memory.bytes, wholeCount: memory.wholeCount, rest: memory.readRest,
        release: { _ in withExtendedLifetime(memory) {} })
    } catch {
      let reason = memory.error?.reason ?? error.reason
      throw PolicyErrors(problem: "`\(path)` cannot be used: \(reason)", help: error.help)
    }
    guard program.isProved, program.tool == Version.number else {
      throw PolicyErrors(
        problem: "`\(path)` cannot be used: it was built by rulec \(program.tool), and this is "
          + Version.number, help: ImageError.otherVersion.help)
    }
    return program
  }

  private static func program(folder path: String) throws(PolicyErrors) -> Program {
    let folder: PolicyFolder
    do throws(PolicyFolderError) {
      folder = try PolicyFolder.read(path)
    } catch {
      throw PolicyErrors(problem: error.message, help: error.help)
    }
    if let (file, problem) = folder.text.problems.first {
      throw PolicyErrors(
        problem: "the file `\(file)` of the policy cannot be read: \(problem.reason)", help: nil)
    }
    // Only warnings ask for the day, and they keep nobody from deciding.
    let result = check(folder.text, today: .firstProved)
    guard let policy = result.policy, result.errorCount == 0 else {
      throw PolicyErrors(result.findings.filter { $0.severity == .error }, result.files)
    }
    return Program(policy)
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
