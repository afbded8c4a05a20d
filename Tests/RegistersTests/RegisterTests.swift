import Findings
import Model
import Registers
import Syntax
import TestSupport
import Testing
import Values

@Suite struct `A register of what was promised` {
  static let vocabulary = words(
    """
    fact recipient prefers: any of plain, encrypted, post, if absent nothing
    fact council has promised this recipient: one of plain email, portal, post, if recorded
    fact mailbox is shared: yes or no, if absent no
    fact last day of consent is: date, if recorded
    fact number of bounces is: whole number from 0, if absent 0
    fact single point of contact is: text, if recorded
    outcome send plain
    otherwise send plain
    when unsure send plain
    """)

  private static func words(_ text: String) -> Vocabulary {
    let source = SourceFile(path: "words.rules", bytes: Array(text.utf8))
    let policy = PolicyText(ruleFiles: [source])
    let today = Day(year: 2026, month: 1, day: 1) ?? .firstProved
    return resolve(read(policy), policy, today: today).policy?.vocabulary ?? Vocabulary()
  }

  private func register(_ csv: String) throws -> Register {
    try Register.read(
      Array(csv.utf8), name: "promises.csv", `A register of what was promised`.vocabulary
    )
    .get()
  }

  private func facts(
    _ register: Register, _ address: String, on day: String, by key: RegisterKey = .address
  ) throws -> [String: FactValue] {
    var facts: [String: FactValue] = [:]
    register.lookUp(key, address.utf8, on: try #require(Day.parseISO(day.utf8))) { fact, value in
      facts[`A register of what was promised`.vocabulary[fact].phrase] = value
    }
    return facts
  }

  private static let promise = "council has promised this recipient"

  /// The months of the Suffolk case.
  private static let seed = """
    address,reference,the council has promised this recipient,from,until,event,recorded by,complaint
    mrs.x@example.org,SEN-1,plain email,2022-08-01,,made,J. Smith,23 002 973
    mrs.x@example.org,SEN-1,plain email,1 May 2023,,renewed,A. Jones,23 002 973
    mrs.x@example.org,SEN-1,portal,2024-02-01,,changed,A. Jones,
    mrs.x@example.org,SEN-1,,2025-01-01,,withdrawn,A. Jones,
    other@example.org,SEN-2,post,2022-01-01,2022-12-31,made,,

    """

  @Test(arguments: [
    ("2022-07-31", nil), ("2022-08-01", 0), ("2023-07-10", 0), ("2024-01-31", 0),
    ("2024-02-01", 1), ("2024-12-31", 1), ("2025-01-01", nil), ("2030-01-01", nil),
  ])
  func `says what counted on a day`(day: String, value: Int?) throws {
    let register = try register(Self.seed)
    let expected = value.map { FactValue.choice(ValueID($0)) }
    #expect(try facts(register, "mrs.x@example.org", on: day)[Self.promise] == expected)
    #expect(try facts(register, "sen-1", on: day, by: .reference)[Self.promise] == expected)
  }

  @Test(arguments: [
    "mrs.x@example.org", "Mrs.X@Example.ORG", " mrs.x@example.org ", "mrs.x@example.org.",
  ])
  func `finds an address however it is written`(address: String) throws {
    #expect(try !facts(try register(Self.seed), address, on: "2023-01-01").isEmpty)
  }

  @Test func `knows nothing of strangers and of what has ended`() throws {
    let register = try register(Self.seed)
    #expect(try facts(register, "mrs.y@example.org", on: "2023-01-01").isEmpty)
    #expect(try facts(register, "other@example.org", on: "2023-01-01").isEmpty)
    #expect(try !facts(register, "other@example.org", on: "2022-12-31").isEmpty)
  }

  @Test func `takes each fact from the latest row that says something of it`() throws {
    let register = try register(
      """
      address;recipient prefers;mailbox is shared;number of bounces;single point of contact;from
      a@b.org;plain, post;yes;3;;2024-01-01
      a@b.org;;no;;Ms "A";2023-01-01
      a@b.org;encrypted;;;"Mr; ""B\""";2022-01-01
      """)
    let facts = try facts(register, "a@b.org", on: "2024-06-01")
    #expect(facts["recipient prefers"] == .set([ValueID(0), ValueID(2)]))
    #expect(facts["mailbox is shared"] == .flag(true))
    #expect(facts["single point of contact is"] == .text(#"Ms "A""#))
    let earlier = try self.facts(register, "a@b.org", on: "2022-06-01")
    #expect(earlier["single point of contact is"] == .text(#"Mr; "B""#))
  }

  @Test func `a withdrawal of one thing leaves the others`() throws {
    let register = try register(
      """
      address,recipient prefers,council has promised this recipient,from,event
      a@b.org,plain,post,2024-01-01,made
      a@b.org,plain,,2024-02-01,withdrawn
      """)
    let facts = try facts(register, "a@b.org", on: "2024-06-01")
    #expect(facts["recipient prefers"] == nil)
    #expect(facts[Self.promise] == .choice(ValueID(2)))
  }

  @Test(arguments: [
    (
      "address,recipient prefers\na@b.org,plian\n", 2,
      "`recipient prefers` holds the text `plian`, which is none of its values; did you mean `plain`?"
    ),
    ("address,recipient prefer\na@b.org,plain\n", 1, "no fact is called `recipient prefer`"),
    ("name,recipient prefers\nA,plain\n", 1, "no column says whom a row is about"),
    ("address,name\na@b.org,A\n", 1, "no column holds a fact of the policy"),
    (
      "address,recipient prefers,recipient prefers\n", 1,
      "there are two columns for `recipient prefers`"
    ),
    (
      "address,recipient prefers\na@b.org,plain,\"post\n", 2,
      "the quotation mark that begins this cell is never closed"
    ),
    (
      "address,recipient prefers\na@b.org,plain,post\n", 2,
      "this row has 3 cells, and the first row 2"
    ),
    ("address,recipient prefers\n,plain\n", 2, "this row does not say whom it is about"),
    (
      "address,recipient prefers,from\na@b.org,plain,31 June 2024\n", 2, "`31 June 2024` is no day"
    ),
    (
      "address,recipient prefers,from,until\n\na@b.org,plain,2024-02-01,2024-01-01\n", 3,
      "this row ends on 1 January 2024, before it begins on 1 February 2024"
    ),
    (
      "address,recipient prefers,event\na@b.org,plain,revoked\n", 2,
      "`revoked` is nothing that happens to a row of a register"
    ),
    (
      "address,mailbox is shared\na@b.org,perhaps\n", 2,
      "`mailbox is shared` is the text `perhaps`; it takes true or false"
    ),
  ])
  func `is refused with the row and what is wrong`(csv: String, line: Int, message: String) throws {
    let result = Register.read(
      Array(csv.utf8), name: "p.csv", `A register of what was promised`.vocabulary)
    guard case .failure(let problems) = result else {
      Issue.record("it was read")
      return
    }
    let finding = try #require(problems.findings.first)
    #expect(finding.message == message)
    #expect(problems.files[finding.span.file].line(at: finding.span.start) == line)
  }

  @Test func `a thousand wrong rows are counted, and the first ones shown`() {
    let csv = "address,recipient prefers\n" + String(repeating: "a@b.org,nonsense\n", count: 1000)
    let result = Register.read(
      Array(csv.utf8), name: "p.csv", `A register of what was promised`.vocabulary)
    guard case .failure(let problems) = result else { return }
    #expect(problems.count == 1000)
    #expect(problems.findings.count == 20)
  }

  /// The reference: every row of a person, looked at one by one.
  @Test func `gives what a search through all rows gives`() throws {
    for seed in 1...60 as ClosedRange<UInt64> {
      var random = SplitMix(state: seed)
      func pick(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }
      let values = ["plain email", "portal", "post"]
      var rows: [(person: Int, value: Int?, from: Int, until: Int, isWithdrawal: Bool)] = []
      var csv = "from,address,until,council has promised this recipient,event\r\n"
      for _ in 0..<pick(60) {
        let from = pick(40)
        let row = (pick(6), pick(4) == 0 ? nil : pick(3), from, from + pick(30), pick(5) == 0)
        rows.append(row)
        let (first, last) = (Day(clamping: 19_000 + row.2), Day(clamping: 19_000 + row.3))
        csv += "\(first),P\(row.0)@X.org,\(last),\(row.1.map { values[$0] } ?? ""),"
        csv += row.4 ? "withdrawn\r\n" : "\r\n"
      }
      let register = try register(csv)
      for person in 0..<6 {
        for day in stride(from: 0, to: 75, by: 3) {
          let inForce = rows.enumerated()
            .filter { $1.person == person && $1.from <= day && day <= $1.until }
            .sorted { ($0.1.from, $0.0) > ($1.1.from, $1.0) }.map(\.element)
          let decisive = inForce.first { $0.isWithdrawal || $0.value != nil }
          let expected = decisive.flatMap { $0.isWithdrawal ? nil : $0.value }
          let found = try facts(
            register, "p\(person)@x.org", on: Day(clamping: 19_000 + day).description)
          #expect(found[Self.promise] == expected.map { .choice(ValueID($0)) }, "seed \(seed)")
        }
      }
    }
  }

  @Test func `no bytes at all make it fall over`() {
    for seed in 1...300 as ClosedRange<UInt64> {
      var random = SplitMix(state: seed)
      var bytes = Array(Self.seed.utf8)
      for _ in 0..<1 + random.next() % 20 {
        let place = Int(random.next() % UInt64(bytes.count))
        bytes[place] = Array(",;\"\n\r\0 a\u{7f}".utf8)[Int(random.next() % 9)]
      }
      _ = Register.read(bytes, name: "p.csv", `A register of what was promised`.vocabulary)
    }
  }
}
