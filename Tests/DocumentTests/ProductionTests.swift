import Foundation
import Testing

/// The grammar stands in two places, in grammar.md and above the parser's functions: they must agree.
@Suite struct ProductionTests {
  /// A line of the grammar: `name = …`, with its further lines.
  struct Production: Hashable {
    let name: String
    let text: String
  }

  /// A production in the sources, and the function below it.
  struct Implementation {
    let production: Production
    let function: String
    let place: String
  }

  @Test func thePageAndTheSourcesHoldTheSameProductions() throws {
    let written = try productionsOfPage()
    let implemented = try implementations().map(\.production)
    let names = written.map(\.name)
    #expect(Set(names).count == names.count, "a production stands twice on the page")
    #expect(Set(implemented.map(\.name)).count == implemented.count)
    for production in Set(implemented).subtracting(written) {
      Issue.record("in the sources, but not so in grammar.md:\n\(production.text)")
    }
    for production in Set(written).subtracting(implemented) {
      Issue.record("in grammar.md, but not so in the sources:\n\(production.text)")
    }
  }

  @Test func everyProductionIsAFunctionOfItsName() throws {
    for implementation in try implementations() {
      let name = capitalised(implementation.production.name)
      let functions = ["parse", "expect", "eat", "match"].map { $0 + name }
      #expect(functions.contains(implementation.function), "\(implementation.place)")
    }
  }

  @Test func everyParserFunctionHasAProduction() throws {
    // These read nothing of their own: they look for what is wrong, or serve the function above them.
    let exempt: Set = [
      "parseStatements", "parseDeclarations", "parseClausesBeforeIf", "expectConditionEnd",
      "expectEnd",
      "expectCellDate", "matchISODate", "matchUnusualDate", "matchGlued", "matchAnd",
      "matchTextVerb", "matchPhrases",
    ]
    let names = Set(try implementations().map { capitalised($0.production.name) })
    for (file, text) in try parserFiles() {
      for match in text.matches(of: /func ((?:parse|expect|eat|match)([A-Z]\w*))/) {
        let isKnown = names.contains(String(match.2)) || exempt.contains(String(match.1))
        #expect(isKnown, "\(file): \(match.1) has no production")
      }
    }
  }

  @Test func everyTreeTypeHasTheNameOfAProduction() throws {
    let names = Set(try implementations().map { capitalised($0.production.name) })
    let folder = root.appending(path: "Sources/Syntax/Tree")
    for file in try swiftFiles(in: folder) {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /(?:struct|enum) (\w+)Syntax\b/) where match.1 != "Subject" {
        #expect(names.contains(String(match.1)), "\(match.1)Syntax has no production")
      }
    }
  }

  @Test func everyNameInAProductionIsDefined() throws {
    let productions = try productionsOfPage()
    let names = Set(productions.map(\.name))
    let page = try Page("grammar.md")
    for production in productions {
      let right = production.text.drop { $0 != "=" }.replacing(/`[^`]*`/, with: " ")
      for match in right.matches(of: /[a-z]+(?:-[a-z]+)*/) {
        #expect(names.contains(String(match.0)), "\(production.name): \(match.0) is not defined")
      }
      for match in right.matches(of: /[A-Z]+(?:-[A-Z]+)*/) {
        let row = "| \(match.0) |"
        #expect(page.text.contains(row), "\(production.name): \(match.0) is not explained")
      }
    }
  }

  // MARK: Reading

  private func productionsOfPage() throws -> [Production] {
    try Page("grammar.md").blocks("ebnf").flatMap { productions(in: $0.lines) }
  }

  private func productions(in lines: [String]) -> [Production] {
    var productions: [Production] = []
    for line in lines where !line.isEmpty {
      if let match = line.prefixMatch(of: #/([a-z-]+) = /#) {
        productions.append(Production(name: String(match.1), text: line))
      } else if let last = productions.popLast() {
        productions.append(Production(name: last.name, text: last.text + "\n" + line))
      }
    }
    return productions
  }

  private func implementations() throws -> [Implementation] {
    var result: [Implementation] = []
    for (file, text) in try parserFiles() {
      var comment: [String] = []
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        let trimmed = line.drop { $0 == " " }
        if trimmed.hasPrefix("///") {
          comment.append(String(trimmed.dropFirst(4)))
          continue
        }
        defer { comment = [] }
        let first = comment.prefix { !$0.isEmpty }
        guard let production = productions(in: Array(first)).first,
          let function = line.firstMatch(of: /func (\w+)/)
        else { continue }
        result.append(
          Implementation(
            production: production, function: String(function.1), place: "\(file): \(function.1)"))
      }
    }
    return result
  }

  private func parserFiles() throws -> [(String, String)] {
    try swiftFiles(in: root.appending(path: "Sources/Syntax/Parser"))
      .filter { $0.lastPathComponent.hasPrefix("Parser+") }
      .map { ($0.lastPathComponent, try String(contentsOf: $0, encoding: .utf8)) }
  }

  /// `BlockHead` for `block-head`.
  private func capitalised(_ name: String) -> String {
    name.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }
}

/// The Swift files in a folder and its folders.
func swiftFiles(in folder: URL) throws -> [URL] {
  let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
  return names.filter { $0.hasSuffix(".swift") }.sorted().map { folder.appending(path: $0) }
}
