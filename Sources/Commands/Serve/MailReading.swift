import Engine
import Findings
import Loading
import Mail
import Model
import Registers
import Reports
import Syntax
import Workspace

/// How mails are put to the policy of a service: the file that says so, and the registers that it names.
struct MailReading: Sendable {
  let path: String

  enum Answer {
    case ready(MailPolicy)
    /// What is wrong, with line ends.
    case refused(String)
  }

  /// Nil where no mails are decided.
  init?(_ arguments: Arguments) throws(UsageError) {
    guard arguments["--milter"] != nil else {
      if arguments["--mail"] != nil { throw UsageError("--mail needs --milter beside it") }
      return nil
    }
    let folder = arguments.policy
    path = arguments["--mail"] ?? (folder.hasSuffix("/") ? folder : folder + "/") + "mail.conf"
  }

  private static let largestMapping = 1 << 20

  /// Reads the mapping and the registers, and checks both against the words of the policy: all of it, or nothing.
  func read(_ vocabulary: Vocabulary) throws(LoadingProblem) -> Answer {
    let bytes = try contents(of: path, limit: MailReading.largestMapping)
    let mapping: MailMapping
    switch MailMapping.read(bytes, name: path, vocabulary) {
    case .success(let read): mapping = read
    case .failure(let problems):
      return .refused(CheckReport.text(of: problems.findings, problems.files, isColoured: false))
    }
    var registers: [Register] = []
    for name in mapping.registers {
      let place = place(of: name)
      let bytes = try contents(of: place, limit: Register.mostBytes)
      switch Register.read(bytes, name: place, vocabulary) {
      case .success(let register): registers.append(register)
      case .failure(let problems):
        return .refused(CheckReport.text(of: problems.findings, problems.files, isColoured: false))
      }
    }
    if let problem = mapping.problem(with: registers, vocabulary) {
      return .refused(problem + "\n")
    }
    return .ready(MailPolicy(vocabulary, mapping, registers))
  }

  /// Registers stand beside the mapping, unless their path begins at the root.
  private func place(of name: String) -> String {
    guard !name.hasPrefix("/"), let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else {
      return name
    }
    return String(path[...slash]) + name
  }

  private func contents(of path: String, limit: Int) throws(LoadingProblem) -> [UInt8] {
    switch FileContents.read(path, limit: limit) {
    case .success(let bytes): return bytes
    case .failure(let problem):
      throw LoadingProblem(
        "cannot read `\(path)`: \(problem.reason)",
        help: "docs/mail.md says what it takes to decide mails")
    }
  }
}
