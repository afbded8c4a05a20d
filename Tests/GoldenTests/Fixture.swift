import Foundation
import Testing

/// One readable file that says what officers write, and what the checker makes of it.
///
///     What this case shows, in a line or a few
///
///     === rules
///     if purpose is SEN-tribunul then send plain
///
///     === check
///     error[unknown-value]: …
///
/// Sections up to the first that the run itself writes are given; the others are expected.
struct Fixture: Sendable, CustomTestStringConvertible {
  struct Section: Hashable, Sendable {
    /// What follows `===`.
    let title: String
    /// Without empty lines at either end.
    let text: String
  }

  let path: String
  let title: String
  let given: [Section]
  let expected: [Section]

  var testDescription: String { path }

  /// The titles of sections that are given begin with one of these words.
  static let givenTitles: Set<String> = [
    "rules", "list", "vocabulary", "today", "too-large", "proofs",
  ]

  init(path: String, text: String) {
    self.path = path
    var sections: [(title: String, lines: [Substring])] = [("", [])]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("=== ") {
        sections.append((String(line.dropFirst(4)), []))
      } else {
        sections[sections.count - 1].lines.append(line)
      }
    }
    let all = sections.map { Section(title: $0.title, text: Fixture.trimmed($0.lines)) }
    title = all.first?.text ?? ""
    let isGiven = { (section: Section) in
      Fixture.givenTitles.contains(String(section.title.prefix { $0 != " " }))
    }
    given = all.dropFirst().filter(isGiven)
    expected = all.dropFirst().filter { !isGiven($0) }
  }

  /// The whole file, with other expectations.
  func text(expecting sections: [Section]) -> String {
    let parts = (given + sections).map { section in
      "=== \(section.title)\n" + (section.text.isEmpty ? "" : section.text + "\n")
    }
    return title + "\n\n" + parts.joined(separator: "\n")
  }

  private static func trimmed(_ lines: [Substring]) -> String {
    var lines = lines[...]
    while let first = lines.first, first.isEmpty { lines = lines.dropFirst() }
    while let last = lines.last, last.isEmpty { lines = lines.dropLast() }
    return lines.joined(separator: "\n")
  }
}

/// The folder of fixtures.
enum Fixtures {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures")

  /// Every case, in the order of its path.
  static let all: [Fixture] = {
    let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    let files = (walk?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "case" }
    return files.map { url in
      let path = url.path.dropFirst(folder.path.count + 1)
      return Fixture(path: String(path), text: text(of: url))
    }.sorted { $0.path < $1.path }
  }()

  /// The words that cases without a vocabulary of their own are laid beside.
  static let vocabulary = text(of: folder.appending(path: "vocabulary.rules"))

  static func text(of url: URL) -> String {
    String(decoding: (try? Data(contentsOf: url)) ?? Data(), as: UTF8.self)
  }
}
