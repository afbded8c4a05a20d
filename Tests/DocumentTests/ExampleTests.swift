import Analysis
import Engine
import Findings
import Foundation
import Model
import Syntax
import Testing
import Values

/// Every rule, sentence and policy that a page shows is what the page says of it.
///
/// What stands behind the three backticks of a block says how it is read:
///
/// - `rules shipped`: a part of the policy in `rules/`, word for word;
/// - `rules policy`: a policy of its own, about which the checker has nothing to say;
/// - `rules words`: the words for the blocks that follow on the page;
/// - `rules`: statements that are read with the page's words, without a finding, in the one layout;
/// - `rules untidy`: the same in another layout;
/// - `rules warns CODE`, `rules error CODE`: about which the checker says that;
/// - `sentences`, `sentences error CODE`: one condition a line;
/// - `json`: a message about the page's words, without an error;
/// - `tidied`: what is also read, `→`, and what `rulec fmt` makes of it;
/// - `rules file NAME` and `diff NAME`: files for the page's commands, as `ConsoleTests` says.
@Suite struct ExampleTests {
  static let blocks: [Page.Block] = Page.all.flatMap(\.blocks)

  static func blocks(_ kind: String, _ mark: String? = nil) -> [Page.Block] {
    blocks.filter { block in
      block.marks.first == kind && block.marks.dropFirst().first == mark
    }
  }

  @Test func everyBlockIsOfAKindThatIsTested() {
    let kinds: Set = [
      "rules", "sentences", "tidied", "console", "diff", "ebnf", "swift", "c", "python", "json",
      "sh",
      "text",
    ]
    for block in ExampleTests.blocks {
      #expect(kinds.contains(block.marks.first ?? ""), "\(block.place)")
    }
  }

  @Test(arguments: blocks("rules", "policy"))
  func policiesHaveNoFinding(_ block: Page.Block) {
    expect(findings(in: [block.text]), none: { _ in true }, block.place)
  }

  @Test(arguments: blocks("rules", "shipped"))
  func shippedRulesAreThoseOfThePolicy(_ block: Page.Block) throws {
    let folder = root.appending(path: "rules")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let texts = try names.filter { $0.hasSuffix(".rules") }
      .map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }
    #expect(texts.contains { $0.contains(block.text + "\n") }, "\(block.place)")
  }

  @Test func everyCodeHasItsPage() throws {
    let page = try Page("docs/codes.md").text
    for code in FindingCode.allCases {
      #expect(page.contains("\n## `\(code.rawValue)`\n"), "\(code.rawValue)")
    }
  }

  @Test(arguments: blocks("rules") + blocks("rules", "words") + blocks("rules", "untidy"))
  func rulesHaveNoFinding(_ block: Page.Block) {
    let isWords = block.marks.contains("words")
    let found = findings(in: isWords ? [words(before: block), block.text] : fragment(block))
    // What a page's words are for, and which rules keep a promise, is seen only on the whole page.
    let allowed: Set<FindingCode> = [
      .unused, .indistinctValue, .missingDefault, .overdue, .noReason, .brokenPromise, .noEffect,
      .needlessOverride, .needlessCondition,
    ]
    expect(found, none: { !allowed.contains($0.code) }, block.place)
  }

  @Test(arguments: blocks("rules", "error") + blocks("rules", "warns"))
  func rulesHaveTheFindingThatThePageNames(_ block: Page.Block) {
    let found = findings(in: fragment(block))
    for code in block.marks.dropFirst(2) {
      #expect(found.contains { $0.code.rawValue == code }, "\(block.place): \(sentences(found))")
    }
    if block.marks[1] == "warns" { expect(found, none: { $0.severity == .error }, block.place) }
  }

  @Test(arguments: blocks("rules") + blocks("rules", "words") + blocks("rules", "policy"))
  func rulesAreShownInTheOneLayout(_ block: Page.Block) {
    let isAlone = block.marks.dropFirst().first != nil
    let parts = isAlone ? [block.text] : fragment(block)
    let files = Formatter.formatted(text(parts))
    let shown = files.first { $0.path == "\(parts.count - 1).rules" }
    #expect(
      String(decoding: shown?.bytes ?? [], as: UTF8.self) == block.text + "\n", "\(block.place)")
  }

  @Test(arguments: blocks("sentences") + blocks("sentences", "error"))
  func sentencesAreReadAsThePageSays(_ block: Page.Block) {
    let words = words(before: block)
    let code = block.marks.count > 2 ? block.marks[2] : nil
    for sentence in sentences(of: block) {
      let found = findings(in: [words, ExampleTests.rule(sentence)]).filter {
        $0.severity == .error
      }
      if let code {
        let isFound = found.contains { $0.code.rawValue == code }
        #expect(isFound, "\(block.place): \(sentence): \(sentences(found))")
      } else {
        #expect(found.isEmpty, "\(block.place): \(sentence): \(sentences(found))")
      }
    }
  }

  @Test(arguments: blocks("json"))
  func messagesAreRead(_ block: Page.Block) throws {
    let policy = try #require(
      check(text([words(before: block), ""]), today: .firstProved, workLimit: nil).policy)
    let bytes = Array(block.text.utf8)
    let result = bytes.withUnsafeBytes { MessageDecoder(policy.vocabulary).decode($0) }
    if case .failure(let error) = result { Issue.record("\(block.place): \(error.message)") }
  }

  @Test(arguments: blocks("tidied"))
  func whatIsAlsoReadIsTidied(_ block: Page.Block) {
    let words = words(before: block)
    for line in sentences(of: block) {
      let sides = line.split(separator: "→").map { $0.trimmingCharacters(in: .whitespaces) }
      guard sides.count == 2 else {
        Issue.record("\(block.place): no arrow in \(line)")
        continue
      }
      let found = findings(in: [words, ExampleTests.rule(sides[0])])
      expect(found, none: { $0.severity == .error }, "\(block.place): \(sides[0])")
      let tidied = formatted(ExampleTests.rule(sides[0]), words)
      #expect(tidied == formatted(ExampleTests.rule(sides[1]), words), "\(block.place): \(line)")
      #expect(tidied.contains(sides[1]), "\(block.place): \(tidied)")
    }
  }

  // MARK: Putting an example together

  /// The words that the page gives before a block.
  private func words(before block: Page.Block) -> String {
    let earlier = ExampleTests.blocks("rules", "words").filter {
      $0.page == block.page && $0.line < block.line
    }
    return earlier.map(\.text).joined(separator: "\n\n")
  }

  private func fragment(_ block: Page.Block) -> [String] {
    [words(before: block), block.text]
  }

  private static func rule(_ sentence: String) -> String {
    "rule Example\n  if \(sentence)\n  then send plain\n"
  }

  /// The lines of a block without comments and blank ones.
  private func sentences(of block: Page.Block) -> [String] {
    block.lines
      .map { $0.replacing(#/ +# .*$/#, with: "").trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty && !$0.hasPrefix("#") }
  }

  private func text(_ parts: [String]) -> PolicyText {
    var files = parts.enumerated().map { index, part in (path: "\(index).rules", text: part + "\n")
    }
    let all = "\n" + parts.joined(separator: "\n")
    var defaults: [String] = []
    if !all.contains("\notherwise") { defaults.append("otherwise send encrypted") }
    if !all.contains("\nwhen unsure") { defaults.append("when unsure hold for review") }
    let isAlone = parts.count == 1
    if !isAlone, !defaults.isEmpty {
      files.append((path: "z.rules", text: defaults.joined(separator: "\n\n") + "\n"))
    }
    return PolicyText(
      ruleFiles: files.map { SourceFile(path: $0.path, bytes: Array($0.text.utf8)) },
      listFile: { _ in .success(Array("council.example\n".utf8)) })
  }

  private func findings(in parts: [String]) -> [Finding] {
    check(text(parts), today: .firstProved).findings
  }

  private func formatted(_ rule: String, _ words: String) -> String {
    let files = Formatter.formatted(text([words, rule]))
    let file = files.first { $0.path == "1.rules" }
    return String(decoding: file?.bytes ?? [], as: UTF8.self)
  }

  private func expect(
    _ found: [Finding], none isWrong: (Finding) -> Bool, _ place: String
  ) {
    let wrong = found.filter(isWrong)
    #expect(wrong.isEmpty, "\(place): \(sentences(wrong))")
  }

  private func sentences(_ findings: [Finding]) -> String {
    findings.map { "\($0.code.rawValue): \($0.message)" }.joined(separator: "\n")
  }
}
