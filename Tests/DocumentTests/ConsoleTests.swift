import Commands
import Foundation
import Testing
import Values
import Workspace

/// Every command that a page shows is carried out, and says what the page says.
///
/// On the page `…` on a line of its own stands for any number of lines, and in a line for any words. What stands behind
/// `> ` is typed.
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
    var code = ExitCode.done
    for block in page.blocks("console") {
      for (command, shown) in commands(in: block) {
        if command == "echo $?" {
          #expect(shown == ["\(code.rawValue)"], "\(block.place): \(command)")
          continue
        }
        guard let words = words(of: command), words.first == "rulec" else {
          Issue.record("\(block.place): not a command of rulec: \(command)")
          continue
        }
        let policy = folder.appending(path: "my-policy").path
        let typed = shown.filter { $0.hasPrefix("> ") || $0 == ">" }.map { $0.dropFirst(2) + "\n" }
        let (output, exit) = run(
          words.dropFirst().map { $0.replacing("my-policy", with: policy) },
          typing: Array(typed.joined().utf8))
        code = exit
        // A spreadsheet's lines end in two characters.
        let lines = output.replacing(policy, with: "my-policy").replacing("\r\n", with: "\n").split(
          separator: "\n", omittingEmptySubsequences: false
        ).map(String.init).dropLast()
        let isShown = matches(Array(lines)[...], shown[...])
        #expect(isShown, "\(block.place): \(command) says:\n\(output)")
      }
    }
  }

  /// The commands of a block, each with the lines below it.
  private func commands(in block: Page.Block) -> [(String, [String])] {
    var commands: [(String, [String])] = []
    for line in block.lines {
      if line.hasPrefix("$ ") {
        commands.append((String(line.dropFirst(2)), []))
      } else if !commands.isEmpty {
        commands[commands.count - 1].1.append(line)
      }
    }
    return commands.map { command, lines in
      var lines = lines
      while lines.last?.isEmpty ?? false { lines.removeLast() }
      return (command, lines)
    }
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

  private func run(_ words: [String], typing typed: [UInt8]) -> (String, ExitCode) {
    var (said, rest): ([UInt8], ArraySlice<UInt8>) = ([], typed[...])
    let streams = Console.Streams(
      input: { (buffer) throws(SystemError) in
        let count = min(buffer.count, rest.count)
        buffer.copyBytes(from: rest.prefix(count))
        rest = rest.dropFirst(count)
        return count
      },
      output: { (bytes) throws(SystemError) in said += bytes },
      errors: { (bytes) throws(SystemError) in said += bytes })
    let today = Day(year: 2026, month: 11, day: 23) ?? .firstProved
    let code = CommandLineTool.run(words, Console(streams, .init(today: today)))
    return (String(decoding: said, as: UTF8.self), code)
  }

  private func matches(_ lines: ArraySlice<String>, _ shown: ArraySlice<String>) -> Bool {
    guard let first = shown.first else {
      return lines.allSatisfy(\.isEmpty)
    }
    if first.trimmingCharacters(in: .whitespaces) == "…" {
      return (lines.startIndex...lines.endIndex).contains {
        matches(lines[$0...], shown.dropFirst())
      }
    }
    guard let line = lines.first, isLike(line, first) else { return false }
    return matches(lines.dropFirst(), shown.dropFirst())
  }

  private func isLike(_ line: String, _ shown: String) -> Bool {
    let parts = shown.split(separator: "…", omittingEmptySubsequences: false)
    guard let first = parts.first, let last = parts.last, line.hasPrefix(first) else {
      return false
    }
    guard parts.count > 1 else { return line == shown }
    var rest = line.dropFirst(first.count)
    for part in parts.dropFirst().dropLast() {
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return rest.hasSuffix(last)
  }
}
