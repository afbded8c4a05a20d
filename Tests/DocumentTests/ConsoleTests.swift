import Commands
import Foundation
import TestSupport
import Testing
import Values
import Workspace

/// Every command that a page shows is carried out, and says what the page says.
///
/// On the page `…` on a line of its own stands for any number of lines, and in a line for any words. What stands behind
/// `> ` is typed. Behind the three backticks of a block may stand:
///
/// - `console`: commands of `rulec`, with `> FILE` for the results or `< FILE` for what is typed; and `cp -r FROM TO`;
/// - `rules file NAME`: a file that is written into the folder `my-policy`;
/// - `diff NAME`: lines that are taken out of a file there, and lines that take their place; `⟨U+200B⟩` stands for a
///   character that cannot be seen.
///
/// The folder `my-policy` lies in a new folder of its own for every page.
@Suite(.serialized) struct ConsoleTests {
  @Test(arguments: Page.all.map(\.name))
  func commandsDoWhatThePageShows(_ name: String) throws {
    let page = try Page(name)
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // The pages' commands are typed in the package's folder.
    #expect(FileManager.default.changeCurrentDirectoryPath(root.path))
    let policy = folder.appending(path: "my-policy")
    var code = ExitCode.done
    for block in page.blocks {
      switch block.marks.first {
      case "console":
        for (command, shown) in ShownOutput.commands(in: block) {
          try carryOut(command, shown, policy.path, &code, block.place)
        }
      case "rules" where block.marks.dropFirst().first == "file":
        try FileManager.default.createDirectory(at: policy, withIntermediateDirectories: true)
        try Data((block.text + "\n").utf8).write(to: policy.appending(path: block.marks[2]))
      case "diff" where block.marks.count > 1:
        try edit(policy.appending(path: block.marks[1]), block)
      default: break
      }
    }
  }

  private func carryOut(
    _ command: String, _ shown: [String], _ policy: String, _ code: inout ExitCode, _ place: String
  ) throws {
    if command == "echo $?" {
      #expect(shown == ["\(code.rawValue)"], "\(place): \(command)")
      return
    }
    let typedWords = words(of: command) ?? []
    var words = typedWords.map { $0.replacing("my-policy", with: policy) }
    if words.starts(with: ["cp", "-r"]), words.count == 4 {
      try FileManager.default.copyItem(atPath: words[2], toPath: words[3])
      return
    }
    guard words.first == "rulec" else {
      Issue.record("\(place): not a command of rulec: \(command)")
      return
    }
    let file = takeName(after: ">", from: &words)
    let input = takeName(after: "<", from: &words)
    let typed = shown.filter { $0.hasPrefix("> ") || $0 == ">" }.map { $0.dropFirst(2) + "\n" }
    let bytes = try input.map { try Array(Data(contentsOf: URL(filePath: $0))) }
    let run = run(
      Array(words.dropFirst()), typing: bytes ?? Array(typed.joined().utf8), into: file)
    code = run.code
    // A spreadsheet's lines end in two characters.
    let lines = run.said.replacing(policy, with: "my-policy").replacing("\r\n", with: "\n").split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init).dropLast()
    let isShown = ShownOutput.matches(Array(lines)[...], shown[...])
    #expect(isShown, "\(place): \(command) says:\n\(run.said)")
  }

  /// The last word, if this sign stands before it.
  private func takeName(after sign: String, from words: inout [String]) -> String? {
    guard words.count > 2, words[words.count - 2] == sign else { return nil }
    defer { words.removeLast(2) }
    return words.last
  }

  /// Puts the lines behind `+` in the place of those behind `-`; those behind a space stay.
  private func edit(_ file: URL, _ block: Page.Block) throws {
    func text(without sign: Character) -> String {
      let lines = block.lines.filter { $0.first != sign }.map { $0.dropFirst() + "\n" }
      return String(decoding: Escapes.bytes(of: lines.joined()), as: UTF8.self)
    }
    let before = try String(contentsOf: file, encoding: .utf8)
    let places = before.ranges(of: text(without: "+"))
    #expect(places.count == 1, "\(block.place): the lines stand \(places.count) times in the file")
    let after = before.replacing(text(without: "+"), with: text(without: "-"), maxReplacements: 1)
    try Data(after.utf8).write(to: file)
  }

  /// The words of a command line; quotation marks hold words together.
  private func words(of command: String) -> [String]? {
    var words: [String] = []
    var word = ""
    var quote: Character?
    for character in command + " " {
      if let open = quote {
        if character == open { quote = nil } else { word.append(character) }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if character != " " {
        word.append(character)
      } else if !word.isEmpty {
        words.append(word)
        word = ""
      }
    }
    return quote == nil ? words : nil
  }

  /// What a command says, results and all; results go into a file instead, if one is named.
  private func run(_ words: [String], typing typed: [UInt8], into file: String?)
    -> (said: String, code: ExitCode)
  {
    var (said, results, rest): ([UInt8], [UInt8], ArraySlice<UInt8>) = ([], [], typed[...])
    let streams = Console.Streams(
      input: { (buffer) throws(SystemError) in
        let count = min(buffer.count, rest.count)
        buffer.copyBytes(from: rest.prefix(count))
        rest = rest.dropFirst(count)
        return count
      },
      output: { (bytes) throws(SystemError) in
        if file == nil { said += bytes } else { results += bytes }
      },
      errors: { (bytes) throws(SystemError) in said += bytes })
    let today = Day(year: 2026, month: 11, day: 23) ?? .firstProved
    let code = CommandLineTool.run(words, Console(streams, .init(today: today)))
    if let file {
      #expect(FileManager.default.createFile(atPath: file, contents: Data(results)))
    }
    return (String(decoding: said, as: UTF8.self), code)
  }
}
