import Engine
import Findings
import JSON
import Loading
import Model
import Program
import Registers
import Reports
import Syntax
import Values
import Workspace

/// `rulec register`: whether a register can be used, and what it says of somebody.
struct RegisterCommand: Command {
  static let description = CommandDescription(
    name: "register", summary: "check a register, or look somebody up in it",
    details: [
      "A register says what is on file about people: who prefers what, what was promised to whom, from when to "
        + "when. It is a table that a case-work system has saved as CSV, in UTF-8, with the names of the columns in "
        + "the first row: `address` or `reference` for whom a row is about, `from` and `until` for its days, "
        + "`event`, and the facts of the policy by the words with which their sentences begin.",
      "Every cell is checked against the policy's vocabulary. With a KEY it tells what counts for that person on a "
        + "day, and shows the rows that say so.",
    ],
    arguments: [
      ArgumentDescription(name: "FILE", help: "the register, saved as CSV", isRequired: true),
      ArgumentDescription(name: "KEY", help: "the address or reference of somebody to look up"),
    ],
    options: [
      OptionDescription(
        name: "--policy", value: .one("POLICY"),
        help: "the policy whose facts it holds; `rules` if left out"),
      .day("look up as of this day, as 2026-09-01; today if left out"),
    ],
    examples: [
      "rulec register promises.csv --policy rules",
      "rulec register promises.csv pat@example.org --on 2023-07-10",
    ])

  private let path: String
  private let key: String?
  private let policy: String
  private let day: Day?

  init(_ arguments: Arguments) throws(UsageError) {
    path = arguments.argument(0) ?? ""
    key = arguments.argument(1)
    policy = arguments["--policy"] ?? "rules"
    day = try arguments.day("--on")
  }

  func run(_ console: Console) throws(Failure) -> ExitCode {
    let someDay = PolicyLoading.someDay(console)
    guard let vocabulary = try vocabulary(someDay, console) else { return .found }
    let bytes: [UInt8]
    switch FileContents.read(path, limit: Register.mostBytes) {
    case .success(let read): bytes = read
    case .failure(let problem): throw .problem("cannot read `\(path)`: \(problem.reason)")
    }
    switch Register.read(bytes, name: path, vocabulary) {
    case .failure(let problems):
      console.sayAsIs(
        CheckReport.text(
          of: problems.findings, problems.files, isColoured: console.hasColouredErrors))
      console.say("rulec: " + RegisterCommand.summary(of: problems))
      return .found
    case .success(let register):
      guard let key else {
        try console.write(summary(of: register))
        return .done
      }
      return try show(key, register, bytes, vocabulary, console)
    }
  }

  private func vocabulary(_ day: Day, _ console: Console) throws(Failure) -> Vocabulary? {
    if PolicySource.isBuilt(policy) {
      return try PolicyLoading.loaded(try PolicySource.program(policy, keepsText: false)).vocabulary
    }
    return try PolicyLoading.meaning(policy, on: day, console)?.vocabulary
  }

  private func summary(of register: Register) -> String {
    let people = register.personCount == 1 ? "1 person" : "\(register.personCount) people"
    return "`\(path)`: \(counted(register.rowCount, "row")) about \(people), "
      + "\(counted(register.facts.count, "fact")) of the policy, no errors\n"
  }

  static func summary(of problems: Register.Problems) -> String {
    let count = problems.count == 1 ? "an error" : "\(problems.count) errors"
    let shown = problems.findings.count
    let more = problems.count > shown ? ", of which the first \(shown) are shown" : ""
    return "the register has \(count)\(more), so nothing is looked up in it until that is put right"
  }

  // MARK: - Somebody

  private func show(
    _ key: String, _ register: Register, _ bytes: [UInt8], _ vocabulary: Vocabulary,
    _ console: Console
  ) throws(Failure) -> ExitCode {
    let today = try PolicyLoading.today(day, console)
    let kind = register.keys.first {
      !register.history($0, key.utf8, on: today).isEmpty
    }
    guard let kind else {
      try console.write("Nothing is on file about `\(key)`.\n")
      return .done
    }
    try console.write("On \(today.words), of `\(key)`:\n")
    var facts: [(name: String, value: String)] = []
    register.lookUp(kind, key.utf8, on: today) { fact, value in
      var writer = JSONWriter()
      writer.value(value.json(of: vocabulary[fact]))
      facts.append((vocabulary[fact].phrase, writer.text))
    }
    for fact in facts { try console.write("  \(fact.name) \(fact.value)\n") }
    if facts.isEmpty { try console.write("  nothing counts on that day\n") }
    try console.write("Rows, the earliest first; `*` is in force:\n")
    let source = SourceFile(path: path, bytes: bytes)
    for row in register.history(kind, key.utf8, on: today) {
      let line = source.line(at: UInt32(row.start))
      let text = String(decoding: bytes[source.range(ofLine: line)], as: UTF8.self)
      try console.write("\(row.isInForce ? "*" : " ") line \(line): \(text)\n")
    }
    return .done
  }
}
