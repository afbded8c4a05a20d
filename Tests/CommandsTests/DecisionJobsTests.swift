import Analysis
import Engine
import Findings
import Model
import Program
import Syntax
import Testing
import Values
import Workspace

@testable import Commands

@Suite struct `Deciding in several jobs` {
  private let day = Day(year: 2026, month: 1, day: 1) ?? .first

  private func setup(_ options: DecisionSetup.Options = .init()) throws -> DecisionSetup {
    let text = PolicyText(
      ruleFiles: [SourceFile(path: "a.rules", bytes: Array(smallPolicy.utf8))])
    let policy = try #require(check(text, today: day).policy)
    return DecisionSetup(policy, options: options, defaultDay: day)
  }

  /// Lines of every kind, of which none is too long.
  private var lines: [String] {
    var lines = ["\u{feff}{\"id\":0}"]
    for number in 1...120 {
      switch number % 9 {
      case 1: lines.append(#"{"id":\#(number),"recipient_prefers":"plain"}"# + "\r")
      case 2: lines.append(#"{"id":"\#(number)","recipient_prefers":"loud"}"#)
      case 3: lines.append("")
      case 4: lines.append(" \t\r")
      case 5: lines.append("{")
      case 6: lines.append(#"{"unknown":["recipient_prefers"],"size":\#(number)}"#)
      case 7: lines.append("\u{feff}{}")
      default: lines.append(String(repeating: " ", count: number) + "{}")
      }
    }
    return lines + ["{\"id\":121}"]
  }

  /// What one stream gives line by line.
  private func wanted(_ lines: [[UInt8]], _ setup: DecisionSetup) -> [UInt8] {
    let (stream, output) = (DecisionStream(setup), ByteBuffer())
    for (index, line) in lines.enumerated() {
      line.prefix(LineReader.longest + 1).withUnsafeBytes {
        stream.decide(line: $0, number: index + 1, into: output)
      }
    }
    return Array(output.bytes)
  }

  private func decided(
    _ input: [UInt8], _ setup: DecisionSetup, jobs: Int, chunk: Int
  ) throws -> (output: [UInt8], counts: DecisionStream.Counts) {
    let recording = Recording(input: input)
    let console = Console(recording.streams, Console.Surroundings(today: day))
    let messages = try MessageInput.open("-", console)
    let counts = try DecisionJobs(jobs, setup, messages, console, chunk: chunk).run()
    return (recording.output, counts)
  }

  @Test(arguments: 1...3, [1, 2, 3, 7, 50, 64, 1000, 1 << 18])
  func `gives what one gives, wherever blocks begin`(jobs: Int, chunk: Int) throws {
    let lines = lines.map { Array($0.utf8) }
    let options = [DecisionSetup.Options(), .init(texts: true)]
    for (number, options) in options.enumerated() {
      let setup = try setup(options)
      var input = Array(lines.joined(separator: [0x0A]))
      if number == 1 { input.append(0x0A) }
      let (output, counts) = try decided(input, setup, jobs: jobs, chunk: chunk)
      #expect(output == wanted(lines, setup))
      #expect(counts.decided + counts.rejected == output.count { $0 == 0x0A })
      #expect(counts.rejected == 40)
      #expect(counts.ignoredFields == 13)
    }
  }

  @Test(arguments: 1...3, [4096, 99_991, 1 << 18])
  func `says of lines that are too long what one says`(jobs: Int, chunk: Int) throws {
    let setup = try setup()
    let long = [UInt8](repeating: 0x20, count: LineReader.longest)
    let lines: [[UInt8]] = [
      Array("{}".utf8), long, long + [0x20], Array("{}".utf8), long + long + [0x7B], [],
      Array("{\"id\":1}".utf8), long + long + long,
    ]
    let (output, counts) = try decided(
      Array(lines.joined(separator: [0x0A])), setup, jobs: jobs, chunk: chunk)
    #expect(output == wanted(lines, setup))
    #expect(counts.decided == 3)
  }

  @Test(arguments: 1...3)
  func `says that the input cannot be read, after all answers`(jobs: Int) throws {
    let folder = try TemporaryFolder(["a.rules": smallPolicy])
    let recording = Recording(input: [])
    var streams = recording.streams
    var pieces = ["{}\n{}\n", "{}\n{", "}\n{}\n{}"][...]
    streams.input = { (buffer) throws(SystemError) in
      guard let piece = pieces.popFirst() else { return try Descriptor(-1).readBytes(into: buffer) }
      buffer.copyBytes(from: Array(piece.utf8))
      return piece.utf8.count
    }
    let code = CommandLineTool.run(
      ["decide", folder.path, "--jobs", "\(jobs)"],
      Console(streams, Console.Surroundings(today: day)))
    #expect(code == .notDone)
    #expect(recording.output.count { $0 == 0x0A } == 5)
    let errors = String(decoding: recording.errors, as: UTF8.self)
    #expect(errors == "rulec: cannot read standard input: it is closed\n")
  }

  @Test(.timeLimit(.minutes(5)), arguments: 1...3)
  func `answers before it waits for more`(jobs: Int) throws {
    let folder = try TemporaryFolder(["a.rules": smallPolicy])
    let (questions, answers) = (try makePipe(), try makePipe())
    let (path, day) = (folder.path, day)
    let end = try makePipe()
    let isStarted = System.startThread {
      let console = Console(
        .ofDescriptors(questions.reading, answers.writing, answers.writing),
        Console.Surroundings(today: day))
      let code = CommandLineTool.run(["decide", path, "--jobs", "\(jobs)"], console)
      try? [UInt8(code.rawValue)].withUnsafeBytes { try end.writing.writeBytes($0) }
    }
    #expect(isStarted)
    for number in 1...30 {
      try write("{\"id\":\(number)}\n", to: questions.writing)
      #expect(try line(from: answers.reading).hasPrefix("{\"id\":\(number),\"outcome\""))
    }
    try questions.writing.closeFile()
    #expect(try line(from: answers.reading) == "30 messages decided")
    #expect(try byte(from: end.reading) == 0)
    for file in [questions.reading, answers.reading, answers.writing, end.reading, end.writing] {
      try file.closeFile()
    }
  }

  @Test(.timeLimit(.minutes(5)), arguments: 1...3)
  func `ends where nobody reads, even while a job waits for input`(jobs: Int) throws {
    System.ignoreClosedPipes()
    let folder = try TemporaryFolder(["a.rules": smallPolicy])
    let (questions, answers) = (try makePipe(), try makePipe())
    try answers.reading.closeFile()
    try write(String(repeating: "{}\n", count: 100), to: questions.writing)
    let recording = Recording(input: [])
    var streams = Console.Streams.ofDescriptors(questions.reading, answers.writing, .errors)
    streams.errors = recording.streams.errors
    let code = CommandLineTool.run(
      ["decide", folder.path, "--jobs", "\(jobs)"],
      Console(streams, Console.Surroundings(today: day)))
    #expect(code == .notDone)
    #expect(recording.errors.isEmpty)
    // A job that has been left behind ends here, and takes the file with it.
    try questions.writing.closeFile()
    try answers.writing.closeFile()
  }

  @Test(arguments: ["0", "-1", "two", "1.5", "257", "99999999999999999999"])
  func `takes a number that makes sense`(number: String) throws {
    let folder = try TemporaryFolder(["a.rules": smallPolicy])
    let outcome = rulec("decide", folder.path, "--jobs=\(number)", input: "{}")
    #expect(outcome.code == .notDone)
    #expect(outcome.output.isEmpty)
    #expect(
      outcome.errors == """
        rulec: --jobs needs a whole number from 1 to 256, and `\(number)` is none
               more jobs than processors gain nothing

        """)
  }

  private func write(_ text: String, to file: Descriptor) throws {
    try Array(text.utf8).withUnsafeBytes { try file.writeBytes($0) }
  }

  private func line(from file: Descriptor) throws -> String {
    var line: [UInt8] = []
    while let byte = try byte(from: file), byte != 0x0A { line.append(byte) }
    return String(decoding: line, as: UTF8.self)
  }

  private func byte(from file: Descriptor) throws -> UInt8? {
    var byte: [UInt8] = [0]
    let count = try byte.withUnsafeMutableBytes { try file.readBytes(into: $0) }
    return count == 0 ? nil : byte[0]
  }
}
