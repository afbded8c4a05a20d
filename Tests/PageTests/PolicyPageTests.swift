import Foundation
import Testing

/// What stands in a policy's page.
@Suite struct PolicyPageTests {
  static let rules = """
    fact recipient prefers: one of plain, encrypted, if recorded
    fact message is about health: yes or no

    outcome send plain
    outcome send encrypted

    note consent note: "You asked for it."

    rule Families choose
      if the recipient prefers plain
      then send plain with consent note
      overrides Health matters are encrypted
      because we promised it

    rule Health matters are encrypted
      if the message is about health
      then send encrypted

    otherwise send encrypted

    when unsure send encrypted

    promise Nobody waits
      never send plain
      unless the recipient prefers plain

    promise Health is never plain
      if the message is about health
      never send plain

    scenario A family
      given the recipient prefers plain
      expect send plain
      by Families choose
    """

  @Test func everyWordLeadsToItsDeclarationAndBack() throws {
    let page = try page(of: PolicyPageTests.rules)
    #expect(
      page.contains(
        ##"<a class="to-fact" href="#fact-recipient-prefers">the recipient prefers</a>"##))
    #expect(page.contains(##"<a class="to-value" href="#fact-recipient-prefers-plain">plain</a>"##))
    #expect(page.contains(#"id="fact-recipient-prefers-plain""#))
    #expect(page.contains(##"<a class="to-note" href="#note-consent-note">consent note</a>"##))
    #expect(page.contains(##"<a class="to-rule" href="#rule-health-matters-are-encrypted">"##))
    let health = page.components(separatedBy: #"id="rule-health-matters-are-encrypted""#)[1]
      .components(separatedBy: "</article>")[0]
    #expect(health.contains("overridden by"))
    #expect(health.contains(##"href="#rule-families-choose""##))
  }

  @Test func everyPromiseHasItsProofOrTheMessageThatBreaksIt() throws {
    let page = try page(of: PolicyPageTests.rules)
    #expect(page.contains("<strong>Proved. </strong>"))
    #expect(page.contains("There is no message on any day from 2000 to 2099"))
    #expect(page.contains(#"class="rule promise bad""#))
    #expect(page.contains("data-message=\"{&quot;recipient_prefers&quot;:&quot;plain&quot;"))
  }

  @Test func theSamePolicyGivesTheSameBytes() throws {
    #expect(try page(of: PolicyPageTests.rules) == page(of: PolicyPageTests.rules))
  }

  @Test func nothingIsSaidToBeProvedWithoutProofs() throws {
    let page = try page(of: PolicyPageTests.rules, proves: false)
    #expect(!page.contains("Proved."))
    #expect(page.contains("Nothing has been proved"))
  }

  @Test func noWordOfAPolicyBecomesMarkup() throws {
    let evil = #"<script>alert(1)</script><img src=x onerror=alert(2)> & </script> " '"#
    let quoted = evil.replacing("\"", with: "\\\"")
    let page = try page(
      of: """
        fact answer is: one of "\(quoted)", plain
        fact letter is: text, if recorded

        outcome "\(quoted)"

        note "\(quoted)": "\(quoted) {letter}"

        list evil things: "\(quoted)"

        # \(evil)

        section \(evil)

        rule \(evil)
          if the answer is "\(quoted)" and the letter is "\(quoted)"
          then "\(quoted)" with "\(quoted)"
          because \(evil)
          see \(evil)

        otherwise "\(quoted)"

        when unsure "\(quoted)"

        promise \(evil)
          always "\(quoted)"

        scenario \(evil)
          given the letter is "\(quoted)"
          expect "\(quoted)"
        """)
    // The page's own two script elements are all that there are.
    #expect(page.components(separatedBy: "<script").count == 3)
    #expect(page.components(separatedBy: "</script").count == 3)
    #expect(!page.contains("<img"))
  }
}
