import Foundation
import Testing

/// The commands in blocks marked `sh session` are typed into a shell, block after block, and say what the page says.
///
/// The shell's folder holds the shipped policy, and the port 7000 of the page is one that is free.
@Suite struct SessionTests {
  static let pages = Page.all.filter { page in
    page.blocks.contains { $0.marks == ["sh", "session"] }
  }
  .map(\.name)

  @Test(.timeLimit(.minutes(3)), arguments: pages)
  func shellsSayWhatThePageShows(_ name: String) throws {
    let page = try Page(name)
    let folder = FileManager.default.temporaryDirectory.appending(path: "rulec-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.copyItem(
      at: root.appending(path: "rules"), to: folder.appending(path: "rules"))
    let shell = try Shell(in: folder)
    defer { shell.end() }
    let port = String(Int.random(in: 20_000..<30_000))
    for block in page.blocks where block.marks == ["sh", "session"] {
      for (command, shown) in ShownOutput.commands(in: block) {
        let typed = shown.prefix { $0.hasPrefix(">") }.map { String($0.dropFirst(2)) }
        let lines = try shell.run(
          ([command] + typed).joined(separator: "\n").replacing("7000", with: port))
        let said = lines.map { $0.replacing(port, with: "7000") }
        let isShown = ShownOutput.matches(said[...], shown.dropFirst(typed.count))
        #expect(isShown, "\(block.place): \(command) says:\n\(said.joined(separator: "\n"))")
      }
    }
  }
}

/// A shell that waits for one command after the other.
private final class Shell {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var rest: [UInt8] = []
  /// What tells that a command has come to its end.
  private let mark = "end of \(UUID())"

  init(in folder: URL) throws {
    // The program lies beside the tests.
    let programs = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().path
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["--norc", "--noprofile"]
    process.currentDirectoryURL = folder
    process.environment = ["PATH": "\(programs):/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
    (process.standardInput, process.standardOutput, process.standardError) = (input, output, output)
    try process.run()
    // Whatever it has started ends with it, and it ends even if a command waits for ever.
    try input.fileHandleForWriting.write(
      contentsOf: Data("trap 'kill $(jobs -p)' EXIT TERM\n".utf8))
    DispatchQueue.global().asyncAfter(deadline: .now() + 120) { [process] in process.terminate() }
  }

  /// What a command says.
  func run(_ command: String) throws -> [String] {
    try input.fileHandleForWriting.write(
      contentsOf: Data("\(command)\necho; echo '\(mark)'\n".utf8))
    var lines: [String] = []
    while true {
      while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: rest[..<end], as: UTF8.self)
        rest.removeSubrange(...end)
        if line == mark {
          // The line before is the mark's own.
          if lines.last == "" { lines.removeLast() }
          return lines
        }
        lines.append(line)
      }
      let more = output.fileHandleForReading.availableData
      guard !more.isEmpty else { throw CocoaError(.fileReadUnknown) }
      rest += more
    }
  }

  func end() {
    try? input.fileHandleForWriting.write(
      contentsOf: Data("kill $(jobs -p) 2> nowhere; exit\n".utf8))
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}
