import Testing
import Values
import TestSupport

@Suite struct `A text` {
  @Test(
    arguments: [
      (.equals, "Gov.UK", "gov.uk", true), (.equals, "gov.uk ", "gov.uk", false),
      (.equals, "", "", true), (.equals, "É", "é", false), (.equals, "k", "\u{212A}", false),
      (.equals, "[", "{", false), (.equals, "@", "`", false), (.equals, "Z", "z", true),
      (.startsWith, "Re: Tribunal", "re:", true), (.startsWith, "Re", "re:", false),
      (.startsWith, "xre:", "re:", false), (.startsWith, "", "", true),
      (.endsWith, "letter.PDF", ".pdf", true), (.endsWith, "pdf", ".pdf", false),
      (.endsWith, "letter.pdf.exe", ".pdf", false),
      (.contains, "a TRIBUNAL date", "tribunal", true), (.contains, "tribuna", "tribunal", false),
      (.contains, "tribunal", "tribunal", true), (.contains, "xtribunal", "tribunal", true),
      (.contains, "aaab", "aab", true), (.contains, "abab", "bb", false),
      (.contains, "", "a", false), (.contains, "a", "", true),
    ] as [(TextMatch, String, String, Bool)])
  func `is compared without regard to the case of A to Z`(
    match: TextMatch, text: String, pattern: String, answer: Bool
  ) {
    #expect(match.matches(text, pattern) == answer)
    let pattern = Array(pattern.utf8)
    let quoted = Array("\"\(text)\"".utf8)
    #expect(match.matches(Array(text.utf8), pattern) == answer)
    #expect(match.matches(quoted[1..<quoted.count - 1], pattern) == answer)
  }

  @Test(
    arguments: [
      ("gov.uk", true), ("GOV.UK", true), ("hmrc.gov.uk", true), ("ann@gov.uk", true),
      ("ann@tax.hmrc.gov.uk", true), ("ann@gov.uk.", true), ("gov.uk.", true),
      ("a@b@gov.uk", true), ("\"gov.uk\"@hmrc.gov.uk", true), ("@gov.uk", true), (".gov.uk", true),
      ("notgov.uk", false), ("ann@notgov.uk", false), ("gov.uk.example.com", false),
      ("ann@gov.uk@example.com", false), ("gov.uk@", false), ("gov.uk..", false), ("uk", false),
      ("", false), (".", false), ("@", false), ("@.", false), ("gov.uk ", false),
      ("ann.gov.uk@example.com", false), ("gov_uk", false),
    ])
  func `lies in a domain if that is its last part`(text: String, answer: Bool) {
    #expect(TextMatch.inDomain.matches(Array(text.utf8), Array("gov.uk".utf8)) == answer)
  }

  @Test func `contains what a search from every place finds`() {
    var random = SeededRandom(state: 4)
    let alphabet = Array("aAbB.".utf8)
    func letters(_ limit: Int) -> [UInt8] {
      let length = Int.random(in: 0...limit, using: &random)
      return (0..<length).map { _ in alphabet.randomElement(using: &random) ?? 0 }
    }
    for _ in 0..<5_000 {
      let (text, pattern) = (letters(24), letters(5))
      let found = (0...text.count).contains { start in
        TextMatch.startsWith.matches(text[start...], pattern)
      }
      #expect(TextMatch.contains.matches(text, pattern) == found)
    }
  }

  @Test func `of a megabyte made to look like the pattern is searched in linear time`() {
    let text = [UInt8](repeating: UInt8(ascii: "a"), count: 1 << 20)
    let pattern = [UInt8](repeating: UInt8(ascii: "A"), count: 1 << 15) + [UInt8(ascii: "b")]
    #expect(!TextMatch.contains.matches(text, pattern))
    #expect(TextMatch.contains.matches(text + [UInt8(ascii: "B")], pattern))
  }
}
