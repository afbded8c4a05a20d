import Analysis
import Findings
import Loading
import Model
import Reports
import Syntax
import Values
import Workspace

/// `rulec table`: a decision table from a spreadsheet, and back.
struct TableCommand: Command {
  static let description = CommandDescription(
    name: "table", summary: "make a table of a spreadsheet, or a spreadsheet of a table",
    details: [
      "Makes a table statement of a spreadsheet that was saved as CSV, with commas, semicolons or tabs. The first "
        + "row has the headings, every other row is a rule. With a POLICY the cells are read in its words, and "
        + "what is wrong is said of the cell, such as C7; without one they are taken as they are.",
      "With --table it writes a table of the POLICY as CSV. The first row says `table` and its name, and lines "
        + "below the table, such as `overrides`, have a row each; all this is read back, so that nothing is lost "
        + "on the way to the spreadsheet and back.",
    ],
    arguments: [
      ArgumentDescription(
        name: "FILE|POLICY", help: "the CSV file, `-` for standard input; with --table the policy",
        isRequired: true),
      ArgumentDescription(name: "POLICY", help: "the policy whose words the cells are read in"),
    ],
    options: [
      OptionDescription(
        name: "--name", value: .one("NAME"),
        help:
          "the name of the table; if left out, what the first cell says behind `table`, or the file's name"
      ),
      OptionDescription(
        name: "--table", value: .one("NAME"), help: "write this table of the policy as CSV"),
    ],
    examples: [
      "rulec table letters.csv rules --name \"SEN letters\"",
      "rulec table rules --table \"SEN letters\" > letters.csv",
    ])

  private let path: String
  private let policy: String?
  private let name: String?
  private let table: String?

  init(_ arguments: Arguments) throws(UsageError) {
    path = arguments.argument(0) ?? "-"
    policy = arguments.argument(1)
    name = arguments["--name"]
    table = arguments["--table"]
    if table != nil, policy != nil || name != nil {
      throw UsageError(
        "with --table there is a policy, and nothing else",
        help: "rulec table rules --table \"SEN letters\"")
    }
  }

  func run(_ console: Console) throws(Failure) -> ExitCode {
    if let table { return try writeSheet(of: table, console) }
    return try writeStatement(console)
  }

  // MARK: - To the spreadsheet

  private func writeSheet(of name: String, _ console: Console) throws(Failure) -> ExitCode {
    let syntax = read(try PolicyLoading.source(path).text)
    guard let sheet = Sheet(tableNamed: name, in: syntax) else {
      let names = Sheet.tableNames(in: syntax)
      let help =
        Spelling.nearest(name, in: names).map { "did you mean `\($0)`?" }
        ?? (names.isEmpty
          ? "it has no tables at all"
          : "there are \(names.map { "`\($0)`" }.joined(separator: ", "))")
      throw .problem("`\(path)` has no table `\(name)`", help: help)
    }
    try console.write(sheet.csv)
    return .done
  }

  // MARK: - From the spreadsheet

  private func writeStatement(_ console: Console) throws(Failure) -> ExitCode {
    if (try? System.status(path, followingLinks: true))?.kind == .folder {
      throw .problem(
        "`\(path)` is a folder, and a table is made of a CSV file",
        help: "to write a table of a policy as CSV, name the table with --table")
    }
    let input = try MessageInput.open(path, console)
    defer { input.close() }
    let bytes = try input.contents(atMost: TableCommand.largest)
    guard bytes.count <= TableCommand.largest else {
      throw .problem("\(input.name) is larger than 64 MB")
    }
    let made = Sheet.readCSV(bytes).mapError { SheetProblems([$0]) }.flatMap { sheet in
      TableStatement.make(of: sheet, named: name, otherwise: nameOfFile)
    }
    switch made {
    case .failure(let found): return refuse(found.problems, input.name, console)
    case .success(let statement):
      guard let policy else {
        try console.write(statement.text)
        return .done
      }
      return try write(statement, in: policy, input.name, console)
    }
  }

  private static let largest = 64 << 20

  /// `letters` of `/tmp/letters.csv`.
  private var nameOfFile: String {
    guard path != "-" else { return "New table" }
    let file = path.split(separator: "/").last.map(String.init) ?? path
    let end = file.lastIndex(of: ".") ?? file.endIndex
    return end == file.startIndex ? file : String(file[..<end])
  }

  /// Writes the statement in the one layout if the policy's words can be read in it.
  private func write(
    _ statement: TableStatement, in policy: String, _ name: String, _ console: Console
  ) throws(Failure) -> ExitCode {
    let text = try PolicyLoading.source(policy).text
    let path = TableCommand.path
    // A table that comes back takes the place of the old one.
    let rest = read(text).text(text, withoutTable: statement.name)
    let file = SourceFile(path: path, bytes: Array(statement.text.utf8))
    let whole = PolicyText(
      ruleFiles: rest.ruleFiles + [file], problems: rest.problems, listFile: rest.listFile)
    let day = PolicyLoading.someDay(console)
    let result = check(whole, today: day, workLimit: nil)
    let problems = result.findings.compactMap { finding -> SheetProblem? in
      guard finding.severity == .error, result.files[finding.span.file].path == path else {
        return nil
      }
      let help = finding.help.map { "; \($0)" } ?? ""
      return SheetProblem(statement.cell(at: Int(finding.span.start)), finding.message + help)
    }
    guard problems.isEmpty else { return refuse(problems, name, console) }
    let formatted = Formatter.formatted(whole).first { $0.path == path }
    try console.write(formatted?.bytes ?? Array(statement.text.utf8))
    return .done
  }

  /// A file that stands behind all others, so that whatever is said twice is said of it.
  private static let path = "\u{F8FF}table.rules"

  private func refuse(
    _ problems: [SheetProblem], _ name: String, _ console: Console
  ) -> ExitCode {
    for problem in problems { console.say("\(name), \(problem)") }
    let count = problems.count == 1 ? "one error" : "\(problems.count) errors"
    console.say("rulec: no table was made, because of \(count)")
    return .found
  }
}
