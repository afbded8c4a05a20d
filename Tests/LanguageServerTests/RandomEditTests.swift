import Analysis
import Findings
import Foundation
import JSON
import Syntax
import Testing

@testable import LanguageServer

/// After any edits, sent as they are typed, what is said is what a fresh check of the text says.
@Suite struct RandomEditTests {
  private static let vocabulary = """
    # Words.
    fact purpose is: one of appeal, bill, complaint
    fact recipient prefers: one of plain, encrypted, if recorded
    fact message is about health: yes or no
    fact hearing is: date, if recorded

    outcome send plain
    outcome send encrypted
    note consent note: "About {purpose}."
    list serious purposes: appeal, complaint
    list urgent purposes from "urgent.txt"
    define message is urgent: the hearing is within 10 days or past

    """

  private static let rules = """
    section First
      overrides section Ordinary

    rule Plain
      if the recipient prefers plain and the message is not about health
      then send plain with consent note

    section Ordinary

    rule Serious
      if the purpose is one of serious purposes or the message is urgent
      then send encrypted
      overrides Urgent
      because it is serious

    rule Urgent
      if the purpose is one of urgent purposes
      then send plain

    otherwise send encrypted
    when unsure send encrypted

    """

  private static let tests = """
    scenario Plain
      given the recipient prefers plain and the message is not about health
      expect send plain with consent note

    promise Health
      if the message is about health
      never send plain

    table Bills
      | purpose is | recipient prefers | then |
      | bill       | encrypted         | send encrypted |

    """

  /// What people type and paste.
  private static let pieces = [
    " ", "\n", "\n\n", "  ", "a", "is ", "not ", "and ", "or ", "\"", "#", "|", ",", ":", "é",
    "\u{1F600}",
    "the ", "plain", "appeal", "send plain",
    "rule X\n  if the purpose is bill\n  then send plain\n",
    "fact x is: yes or no\n", "outcome send plain\n", "\r\n", "\t", "overrides ", "“", "\u{200B}",
    "",
    "otherwise send plain\n", "\"\"\"", "list l: bill\n", "define d is: message is urgent\n", "(",
    ")",
  ]

  @Test(arguments: 0..<30)
  func diagnosticsEqualAFreshCheck(_ seed: Int) throws {
    var source = SeededSource(seed + 1000)
    let urgent = "appeal\n"
    let editor = try Editor(["urgent.txt": urgent])
    var texts = [
      "a.rules": RandomEditTests.vocabulary, "b.rules": RandomEditTests.rules,
      "c.rules": RandomEditTests.tests,
    ]
    for (path, text) in texts { editor.open(path, text) }
    for step in 0..<25 {
      for _ in 0...source.next(4) {
        let path = texts.keys.sorted()[source.next(texts.count)]
        texts[path] = edit(path, texts[path] ?? "", editor, &source)
        // Half of what is typed is taken back, so that most policies stay nearly whole.
        if source.next(2) == 0 { texts[path] = restore(path, editor) }
      }
      if step % 3 == 0 { editor.session.publish() }
      editor.settle()
      try expectFresh(texts, urgent, editor, "seed \(seed), step \(step)")
    }
  }

  /// Makes a random change and sends it as a client does.
  private func edit(
    _ path: String, _ text: String, _ editor: Editor, _ source: inout SeededSource
  ) -> String {
    let units = Array(text.utf16)
    var start = source.next(units.count + 1)
    var end = min(units.count, start + (source.next(3) == 0 ? source.next(30) : source.next(3)))
    // Never between the halves of a character, as no client does.
    func isInside(_ index: Int) -> Bool {
      index < units.count && UTF16.isTrailSurrogate(units[index])
        || index > 0 && index < units.count && units[index - 1] == 13 && units[index] == 10
    }
    while isInside(start) { start -= 1 }
    while isInside(end) { end += 1 }
    let piece = RandomEditTests.pieces[source.next(RandomEditTests.pieces.count)]
    let changed = Array(units[..<start]) + Array(piece.utf16) + Array(units[end...])
    let lines = LineTable(Array(text.utf8), .utf16)
    func position(_ index: Int) -> JSONValue {
      let bytes = String(decoding: units[..<index], as: UTF16.self).utf8.count
      return lines.position(at: bytes).json
    }
    editor.change(
      path, [["range": ["start": position(start), "end": position(end)], "text": .string(piece)]])
    return String(decoding: changed, as: UTF16.self)
  }

  /// Sends the whole text as it was.
  private func restore(_ path: String, _ editor: Editor) -> String {
    let text =
      ["a.rules": RandomEditTests.vocabulary, "b.rules": RandomEditTests.rules][path]
      ?? RandomEditTests.tests
    editor.change(path, [["text": .string(text)]])
    return text
  }

  private func expectFresh(
    _ texts: [String: String], _ urgent: String, _ editor: Editor, _ when: String
  ) throws {
    let files = texts.map { SourceFile(path: $0.key, bytes: Array($0.value.utf8)) }
    let result = check(
      PolicyText(ruleFiles: files) { path in
        path == "urgent.txt" ? .success(Array(urgent.utf8)) : .failure(.missing)
      }, today: Editor.today)
    for path in texts.keys.sorted() {
      let expected = result.findings.filter { result.files[$0.span.file].path == path }.map {
        finding in
        let lines = LineTable(result.files[finding.span.file].bytes, .utf16)
        let range = PositionRange(
          lines.position(at: Int(finding.span.start)), lines.position(at: Int(finding.span.end)))
        let first = finding.message.split(separator: "\n").first ?? ""
        return "\(Editor.words(range.json)) \(finding.code.rawValue): \(first)"
      }
      #expect(editor.diagnostics(path) == expected, "\(when), \(path):\n\(texts[path] ?? "")")
    }
  }
}
