import DecisionLog
import Engine
import JSON
import Loading
import Program
import Reports
import Values

/// `rulec log replay`: what would be decided now on the messages of a log.
struct LogReplaying {
  let files: [String]
  let policy: String

  func run(_ console: Console) throws(Failure) -> ExitCode {
    let today = PolicyLoading.someDay(console)
    guard let loaded = try PolicyLoading.flawlessPolicy(policy, on: today, console) else {
      return .found
    }
    let (program, vocabulary) = (loaded.program, loaded.program.vocabulary)
    var replay = LogReplay { each in
      DecisionSetup(
        program, vocabulary, meaning: nil, options: DecisionStream.Options(each: each),
        defaultDay: today)
    }
    try LogCommand.forEachLine(of: files, console) { (_, record) throws(Failure) in
      guard let difference = replay.replay(record) else { return }
      try console.write(RecordText(record).text + now(difference.answer))
    }
    var parts = ["\(counted(replay.decidedCount, "message")) decided anew"]
    parts.append(
      replay.differentCount == 0
        ? "all as before"
        : replay.differentCount == 1 ? "1 otherwise" : "\(replay.differentCount) otherwise")
    if replay.hashedCount > 0 {
      parts.append("\(replay.hashedCount) not, because their facts are there as hashes alone")
    }
    if replay.lineCount > 0 { parts.append("\(counted(replay.lineCount, "line")) held no message") }
    console.say(parts.joined(separator: "; "))
    return replay.differentCount == 0 ? .done : .found
  }

  private func now(_ answer: JSONValue) -> String {
    let answers = answer["decisions"]?.elements ?? [answer]
    return answers.map { answer in
      let notes = answer["notes"]?.elements?.compactMap(\.text) ?? []
      let rules = answer["rules"]?.elements?.compactMap(\.text) ?? []
      let outcome = answer["outcome"]?.text ?? answer[path: "error", "message"]?.text ?? "refused"
      let with = notes.isEmpty ? "" : ", with " + notes.joined(separator: ", ")
      let by = rules.isEmpty ? "" : ", by “\(rules.joined(separator: "”, “"))”"
      return "    now: \(outcome)\(with)\(by)\n"
    }.joined()
  }
}
