import Commands
import JSON
import Testing
import Values
import Workspace

@Suite struct `Deciding` {
  private func decide(_ input: [UInt8], _ options: String...) throws -> Outcome {
    let folder = try TemporaryFolder(["a.rules": smallPolicy])
    return rulec(["decide", folder.path] + options, input: input)
  }

  private func lines(_ outcome: Outcome) throws -> [JSONValue] {
    try outcome.output.split(separator: "\n").map { try JSONReader.read(Array($0.utf8)) }
  }

  @Test func `gives a line for every message, in their order`() throws {
    let input = """
      {"id": "a", "recipient_prefers": "plain"}

      {"id": 2}
      {"id": "c", "recipient_prefers": "loud"}
      """
    let outcome = try decide(Array(input.utf8))
    let answers = try lines(outcome)
    #expect(outcome.code == .found)
    #expect(answers.map { $0["id"] } == [.string("a"), .number("2"), .string("c")])
    #expect(answers[0]["outcome"] == .string("send plain"))
    #expect(answers[1]["outcome"] == .string("send encrypted"))
    #expect(answers[2]["line"] == .number("4"))
    #expect(outcome.errors == "2 messages decided; 1 rejected\n")
  }

  @Test(arguments: ["1", "2"])
  func `counts the lines of a part from where it begins`(jobs: String) throws {
    let input = Array("\u{feff}{}\n\n{}\n[]\n".utf8)
    let part = try decide(input, "--first-line", "1000000000001", "--jobs", jobs)
    #expect(
      try lines(part).map { $0["line"] } == [
        .number("1000000000001"), nil, .number("1000000000004"),
      ])
    // Only before the first line of all is a byte order mark no part of a message.
    let whole = try decide(input, "--first-line", "1", "--jobs", jobs)
    #expect(try lines(whole).map { $0["line"] } == [nil, nil, .number("4")])
    let wrong = try decide(input, "--first-line", "0")
    #expect(wrong.code == .notDone)
    #expect(wrong.errors.contains("--first-line needs a whole number from 1"))
  }

  @Test func `reads a file in place of standard input`() throws {
    let folder = try TemporaryFolder(["a.rules": smallPolicy, "m.ndjson": "{}\n{}"])
    let outcome = rulec("decide", folder.path, "--messages", folder["m.ndjson"])
    #expect(outcome.code == .done)
    #expect(outcome.output.split(separator: "\n").count == 2)
    let missing = rulec("decide", folder.path, "--messages", folder["nowhere"])
    #expect(missing.code == .notDone)
    #expect(missing.errors.contains("cannot read `\(folder["nowhere"])`: there is no such file"))
    #expect(rulec("decide", folder.path, "--messages", folder.path).code == .notDone)
  }

  @Test func `says that there was nothing to decide`() throws {
    let outcome = try decide(Array("\n \n\r\n".utf8))
    #expect(outcome.code == .done)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors == "there were no messages\n")
  }

  @Test func `gives an error for a line that is too long, and goes on`() throws {
    let longest = 1 << 20
    func message(of length: Int) -> [UInt8] {
      let frame = Array(#"{"note":""}"#.utf8)
      let padding = [UInt8](repeating: UInt8(ascii: "x"), count: length - frame.count)
      return frame.dropLast(2) + padding + frame.suffix(2)
    }
    var input = message(of: longest)
    input += [0x0A]
    input += message(of: longest + 1)
    input += [0x0A]
    input += message(of: 5 * longest)
    input += Array("\n{}\n".utf8)
    input += message(of: 3 * longest)
    let answers = try lines(decide(input))
    #expect(answers.count == 5)
    #expect(
      answers.map { $0["error"]?["code"] == .string("too-long") } == [
        false, true, true, false, true,
      ])
    #expect(answers.map { $0["line"] } == [nil, .number("2"), .number("3"), nil, .number("5")])
  }

  @Test func `skips a byte order mark`() throws {
    let outcome = try decide([0xEF, 0xBB, 0xBF] + Array(#"{"recipient_prefers":"plain"}"#.utf8))
    #expect(try lines(outcome)[0]["outcome"] == .string("send plain"))
  }

  @Test func `refuses a policy with errors`() throws {
    let folder = try TemporaryFolder(["a.rules": smallPolicy + "fact bad\n"])
    let outcome = rulec("decide", folder.path, input: "{}")
    #expect(outcome.code == .found)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("error[syntax]"))
    #expect(outcome.errors.contains("so it decides nothing until that is put right"))
  }

  @Test func `needs a clock that is right, or a day`() throws {
    let folder = try TemporaryFolder(["a.rules": smallPolicy])
    let early = Day(year: 1970, month: 1, day: 1)
    let outcome = rulec("decide", folder.path, input: "{}", today: early)
    #expect(outcome.code == .notDone)
    #expect(outcome.errors.contains("this computer's clock says 1970-01-01"))
    let dated = rulec("decide", folder.path, "--on", "2026-09-01", input: "{}", today: early)
    #expect(dated.code == .done)
  }

  @Test func `answers before it waits for more`() throws {
    let folder = try TemporaryFolder(["a.rules": smallPolicy])
    var answered: [Int] = []
    var output: [UInt8] = []
    var questions = ["{}\n", "{}\n{}", "\n"].map { Array($0.utf8) }[...]
    let streams = Console.Streams(
      input: { (buffer) throws(SystemError) in
        answered.append(output.count { $0 == 0x0A })
        guard let next = questions.popFirst() else { return 0 }
        buffer.copyBytes(from: next)
        return next.count
      },
      output: { (bytes) throws(SystemError) in output += bytes },
      errors: { (_) throws(SystemError) in })
    let today = Day(year: 2026, month: 1, day: 1) ?? .first
    _ = CommandLineTool.run(
      ["decide", folder.path], Console(streams, Console.Surroundings(today: today)))
    #expect(answered == [0, 1, 2, 3])
  }

  @Test func `ends quietly where nobody reads`() throws {
    System.ignoreClosedPipes()
    let folder = try TemporaryFolder(["a.rules": smallPolicy])
    let pipe = try makePipe()
    try pipe.reading.closeFile()
    let outcome = try run(["decide", folder.path], output: pipe.writing)
    #expect(outcome.code == .notDone)
    #expect(outcome.errors.isEmpty)
    try pipe.writing.closeFile()
  }

  @Test(.enabled(if: (try? openForWriting("/dev/full")) != nil))
  func `says that the disk is full`() throws {
    let folder = try TemporaryFolder(["a.rules": smallPolicy])
    for words in [["decide", folder.path], ["schema", folder.path], ["--version"], ["help"]] {
      let full = try openForWriting("/dev/full")
      let outcome = try run(words, output: full)
      #expect(outcome.code == .notDone)
      #expect(outcome.errors == "rulec: cannot write the result: the disk is full\n")
      try full.closeFile()
    }
  }

  private func run(_ words: [String], output: Descriptor) throws -> Outcome {
    let recording = Recording(input: Array(String(repeating: "{}\n", count: 10_000).utf8))
    var streams = recording.streams
    streams.output = { (bytes) throws(SystemError) in try output.writeBytes(bytes) }
    let today = Day(year: 2026, month: 1, day: 1) ?? .first
    let code = CommandLineTool.run(words, Console(streams, Console.Surroundings(today: today)))
    return Outcome(
      code: code, output: "", errors: String(decoding: recording.errors, as: UTF8.self))
  }
}
