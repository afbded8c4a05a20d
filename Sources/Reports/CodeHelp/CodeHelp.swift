package import Findings

/// What a finding means and what to do about it, for the people who write policies.
package struct CodeHelp: Sendable {
  package let code: FindingCode
  /// What is wrong, in a few words.
  package let title: String
  /// What it means, and why it matters.
  package let meaning: String
  /// A few lines in which it would be found, and nothing else.
  package let bad: Example
  /// What to do.
  package let cure: String
  /// The same lines after that.
  package let cured: Example

  init(
    _ code: FindingCode, _ title: String, meaning: String, bad: Example, cure: String,
    cured: Example
  ) {
    self.code = code
    self.title = title
    self.meaning = meaning
    self.bad = bad
    self.cure = cure
    self.cured = cured
  }

  /// The page as `rulec help CODE` shows it.
  package var text: String {
    let kind = code.severity == .error ? "an error" : "a warning"
    return """
      \(code.rawValue), \(kind): \(title)

      \(Paragraph.wrapped(meaning))

      For example:

      \(CodeHelp.indented(bad.rules))

      What to do:

      \(Paragraph.wrapped(cure))

      Put right:

      \(CodeHelp.indented(cured.rules))

      """
  }

  /// The page as a part of docs/codes.md.
  package var markdown: String {
    let kind = code.severity == .error ? "An error" : "A warning"
    return """
      ## `\(code.rawValue)`

      *\(kind): \(title).*

      \(Paragraph.wrapped(meaning))

      For example:

      ```
      \(bad.rules)
      ```

      What to do:

      \(Paragraph.wrapped(cure))

      Put right:

      ```
      \(cured.rules)
      ```

      """
  }

  /// All pages, as docs/codes.md holds them.
  package static var document: String {
    let pages = FindingCode.allCases.map { page(of: $0).markdown }
    return """
      # What the checker finds

      `rulec check` names every finding by a code of one to three words. This page explains each of
      them; `rulec help CODE` shows the same text. An error must be cured before the policy can decide
      a message. A warning says that the policy can be used, but probably says something that nobody
      meant.

      Every example is tried whenever the program is tested: the first form has this finding and no
      other, and the second has none. Where an example declares no words of its own, it stands beside
      these:

      ```
      \(words)
      ```

      What could not be seen is written so that it can be: `⟨U+200B⟩` stands for a character that
      takes no room, `⟨U+0430⟩` for a Cyrillic letter that looks like an a, and `⟨92⟩` for a byte that
      is not text in UTF-8.

      \(pages.joined(separator: "\n"))
      """
  }

  package static func page(of code: FindingCode) -> CodeHelp {
    switch code {
    case .encoding: encoding
    case .invisibleCharacter: invisibleCharacter
    case .mixedScripts: mixedScripts
    case .tooLarge: tooLarge
    case .listFile: listFile
    case .syntax: syntax
    case .mixedAndOr: mixedAndOr
    case .ambiguous: ambiguous
    case .tooDeep: tooDeep
    case .badDate: badDate
    case .badNumber: badNumber
    case .unknownWord: unknownWord
    case .unknownValue: unknownValue
    case .unknownName: unknownName
    case .wrongType: wrongType
    case .duplicate: duplicate
    case .circular: circular
    case .missingDefault: missingDefault
    case .conflict: conflict
    case .brokenPromise: brokenPromise
    case .gap: gap
    case .failingScenario: failingScenario
    case .neverApplies: neverApplies
    case .notProved: notProved
    case .tidiedCharacter: tidiedCharacter
    case .alwaysSetAside: alwaysSetAside
    case .noEffect: noEffect
    case .needlessOverride: needlessOverride
    case .needlessCondition: needlessCondition
    case .expired: expired
    case .unused: unused
    case .unrecordedNegation: unrecordedNegation
    case .noReason: noReason
    case .indistinctValue: indistinctValue
    case .domainTest: domainTest
    case .overdue: overdue
    }
  }

  // MARK: Layout

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "    \($0)" }
      .joined(separator: "\n")
  }
}
