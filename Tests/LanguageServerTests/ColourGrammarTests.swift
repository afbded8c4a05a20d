import Foundation
import Syntax
import Testing

/// The grammar that VS Code colours by until the server answers knows the words that the lexer knows.
@Suite struct ColourGrammarTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private let rules: [String: [String: Any]]

  init() throws {
    let file = ColourGrammarTests.root.appending(
      path: "editors/vscode/syntaxes/rules.tmLanguage.json")
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
    rules = try #require(json?["repository"] as? [String: [String: Any]])
  }

  private func expression(_ name: String) throws -> NSRegularExpression {
    let pattern = try #require(rules[name]?["match"] as? String, "\(name)")
    return try NSRegularExpression(pattern: pattern, options: [.anchorsMatchLines])
  }

  /// What an expression matches in a text; of one with groups, what they hold.
  private func matches(_ name: String, _ text: String) throws -> [String] {
    let whole = NSRange(text.startIndex..., in: text)
    return try expression(name).matches(in: text, range: whole).compactMap { match in
      let group =
        match.numberOfRanges > 1 ? (1..<match.numberOfRanges).map { match.range(at: $0) } : []
      let range = group.first { $0.location != NSNotFound } ?? match.range
      return Range(range, in: text).map { String(text[$0]).trimmingCharacters(in: .whitespaces) }
    }
  }

  @Test func everyKeywordIsColoured() throws {
    for keyword in Keyword.allCases {
      #expect(try matches("word", keyword.text) == [keyword.text])
      #expect(try matches("word", "  \(keyword.text.uppercased()),").count == 1)
    }
  }

  @Test func noOtherWordIsColoured() throws {
    for word in ["purpose", "ifs", "no-one", "plain", "notes.txt", "sen.rules", "is-not"] {
      #expect(try matches("word", word) == [], "\(word)")
    }
  }

  @Test func everyStatementAndClauseIsColouredAtTheStartOfALine() throws {
    let texts: Set<Keyword> = [
      .rule, .guard, .section, .promise, .scenario, .table, .overrides, .by, .like,
    ]
    for keyword in Keyword.statements.union(Keyword.clauses) {
      let line = "  \(keyword.text) something"
      if keyword == .because || keyword == .see {
        #expect(try matches("reason", line) == [keyword.text])
      } else if texts.contains(keyword) {
        #expect(try matches("named", line) == [keyword.text])
      } else {
        let rule = Keyword.statements.contains(keyword) ? "declaration" : "clause"
        #expect(try matches(rule, line) == [keyword.text], "\(keyword.text)")
      }
    }
  }

  @Test func commentsBeginAsTheLexerHasThem() throws {
    #expect(try matches("comment", "rule A # why") == ["# why"])
    #expect(try matches("comment", "# all") == ["# all"])
    #expect(try matches("comment", "case#12") == [])
  }

  @Test func datesAndNumbersAreColoured() throws {
    #expect(
      try matches("date", "on 7 September 2026 or 2026-09-07") == [
        "7 September 2026", "2026-09-07",
      ])
    #expect(try matches("number", "more than £10.50 or 7") == ["£10.50", "7"])
    #expect(try matches("number", "DCB1596") == [])
  }

  @Test func allFilesOfTheExtensionAreThere() throws {
    let folder = ColourGrammarTests.root.appending(path: "editors/vscode")
    let data = try Data(contentsOf: folder.appending(path: "package.json"))
    let json = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    let contributes = try #require(json["contributes"] as? [String: Any])
    let languages = try #require(contributes["languages"] as? [[String: Any]])
    let grammars = try #require(contributes["grammars"] as? [[String: Any]])
    for path in [json["main"], languages[0]["configuration"], grammars[0]["path"]] {
      let path = try #require(path as? String)
      #expect(FileManager.default.fileExists(atPath: folder.appending(path: path).path), "\(path)")
    }
    let expressions = try JSONSerialization.jsonObject(
      with: Data(contentsOf: folder.appending(path: "language-configuration.json")))
    #expect(expressions is [String: Any])
  }
}
