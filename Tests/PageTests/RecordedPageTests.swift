import Foundation
import Testing

/// A small page, as it was read and found good; `RULEC_RECORD=1` writes it anew.
@Suite struct RecordedPageTests {
  @Test func aSmallPolicyGivesTheRecordedPage() throws {
    let page = try page(of: RecordedPageTests.rules, against: RecordedPageTests.old)
    // What the style sheet and the script hold has tests of its own.
    let body = page.replacing(/(?s)^.*?<body>/, with: "<body>")
      .replacing(/(?s)<script>.*/, with: "")
    let place = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/small-page.html")
    if ProcessInfo.processInfo.environment["RULEC_RECORD"] != nil {
      try body.write(to: place, atomically: true, encoding: .utf8)
      Issue.record("recorded small-page.html: read it")
    }
    #expect(try String(contentsOf: place, encoding: .utf8) == body)
  }

  private static let old = rules.replacing("send plain with consent note", with: "send plain")

  private static let rules = """
    # How a council writes to families.

    # The message

    fact purpose is: one of SEN-tribunal, complaint
    # How the recipient wants to hear from us
    #
    # plain      ordinary email
    # encrypted  email that the reader must
    #            sign in to open
    fact recipient prefers: one of plain, encrypted, if recorded
    fact message contains: any of health-data, money-data
    fact email address is: text, if recorded
    fact hearing is: date, if recorded

    outcome send plain
    outcome send encrypted
    outcome hold for review

    note consent note: "You asked for it by {email address}."

    list family matters: SEN-tribunal
    list our domains: "gov.uk"
    list electronic: send plain, send encrypted

    define hearing is near: the hearing is within 10 days

    section Hold first
      overrides section Commitments

    rule Nothing goes out without an address
      if the email address is not recorded
      then hold for review
      because a message without an address reaches nobody

    section Commitments
      overrides section Ordinary

    rule Families who asked for plain email get it
      if all of:
        - the recipient prefers plain
        - any of:
            - the purpose is one of family matters
            - the hearing is near
      then send plain with consent note
      because we promised it
      see LGSCO 23 002 973
      from 1 September 2022
      overrides Money matters, row 1

    section Ordinary

    table Money matters
      | message contains | purpose is | then           | because         |
      | money-data       | any        | send encrypted | money is secret |
      | health-data      | complaint  | send encrypted |                 |

    guard Nothing near a hearing waits
      if the outcome is hold for review and the hearing is near
      then send plain

    if the email address is in one of the domains our domains then send plain

    otherwise send encrypted

    when unsure hold for review

    promise Nobody is left waiting before a hearing
      if the hearing is near
      never hold for review

    promise Money is never plain
      if the message contains money-data
      never send plain

    scenario A family before the tribunal
      given the recipient prefers plain and the purpose is SEN-tribunal
      given the message contains nothing
      given the email address is "pat@example.org"
      on 7 September 2026
      expect send plain with consent note
      by Families who asked for plain email get it

    scenario The same without an address
      like A family before the tribunal
      given it is not recorded what the email address is
      expect send plain

    """
}
