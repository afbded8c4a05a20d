import Foundation
import Testing

/// The folder that the package lies in.
let root: URL = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// A page of the documents, and the fenced blocks on it.
struct Page {
  struct Block: CustomTestStringConvertible {
    let page: String
    /// The line of the block's first line, counted from 1.
    let line: Int
    /// The words behind the three backticks.
    let marks: [String]
    let text: String

    var lines: [String] {
      text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    var place: String { "\(page):\(line)" }
    var testDescription: String { "\(place) \(marks.joined(separator: " "))" }
  }

  let name: String
  let text: String
  let blocks: [Block]

  /// Every page with examples of ours; docs/codes.md is made from the text of `rulec help CODE`.
  static let all: [Page] = {
    let files = FileManager.default
    let pages = ["README.md", "grammar.md", "ARCHITECTURE.md", "CONTRIBUTING.md"]
    let docs = (try? files.contentsOfDirectory(atPath: root.appending(path: "docs").path)) ?? []
    let further = docs.filter { $0.hasSuffix(".md") && $0 != "codes.md" }.sorted().map {
      "docs/\($0)"
    }
    return (pages + further).filter { files.fileExists(atPath: root.appending(path: $0).path) }
      .compactMap { try? Page($0) }
  }()

  init(_ name: String) throws {
    self.name = name
    text = try String(contentsOf: root.appending(path: name), encoding: .utf8)
    var blocks: [Block] = []
    var open: (line: Int, marks: [String], lines: [String])?
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if let block = open {
        if line == "```" {
          blocks.append(
            Block(
              page: name, line: block.line, marks: block.marks,
              text: block.lines.joined(separator: "\n")))
          open = nil
        } else {
          open = (block.line, block.marks, block.lines + [String(line)])
        }
      } else if line.hasPrefix("```") {
        let marks = line.dropFirst(3).split(separator: " ").map(String.init)
        open = (index + 2, marks, [])
      }
    }
    self.blocks = blocks
  }

  func blocks(_ kind: String) -> [Block] {
    blocks.filter { $0.marks.first == kind }
  }
}
