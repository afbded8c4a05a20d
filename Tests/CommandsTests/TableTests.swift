import Commands
import Testing

@Suite struct `A table from a spreadsheet` {
  private static let words = """
    fact purpose is: one of tribunal, review, complaint
    fact recipient prefers: one of plain, encrypted, if recorded
    fact files are: whole number from 0
    fact amount is: number of £ from 0
    fact deadline is: date, if recorded
    fact message is about health: yes or no

    outcome send plain
    outcome send encrypted

    note consent note

    otherwise send encrypted

    when unsure send encrypted

    """

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder(["rules/words.rules": `A table from a spreadsheet`.words])
  }

  private var policy: String { folder["rules"] }

  private func table(_ csv: String, _ words: String...) throws -> Outcome {
    try table(Array(csv.utf8), words)
  }

  private func table(_ bytes: [UInt8], _ words: [String]) throws -> Outcome {
    rulec(["table", "-"] + words, input: bytes)
  }

  private static let expected = """
    table Letters
      | purpose is | recipient prefers | then                         | because         |
      | tribunal   | plain             | send plain with consent note | a promise, kept |
      | review     |                   | send encrypted               |                 |
      see minute 14

    """

  private static let cells = """
    purpose is;recipient prefers;then;because
    tribunal;plain;send plain with consent note;a promise, kept
    review;;send encrypted;
    see minute 14;;;

    """

  @Test(arguments: [";", ",", "\t"], ["\n", "\r\n", "\r"])
  func `is read however it was saved`(separator: String, end: String) throws {
    let csv = `A table from a spreadsheet`.cells.map { character in
      character == ";" ? separator : character == "\n" ? end : String(character)
    }.joined()
    let quoted = csv.replacingOnce("a promise, kept", "\"a promise, kept\"")
    for mark in ["", "\u{FEFF}"] {
      let outcome = try table(mark + quoted, "--name", "Letters")
      #expect(outcome.output == `A table from a spreadsheet`.expected, "\(outcome.errors)")
      let read = try table(mark + quoted, policy, "--name", "Letters")
      #expect(read.output == `A table from a spreadsheet`.expected, "\(read.errors)")
    }
  }

  @Test func `is not made of a folder`() {
    let outcome = rulec("table", policy)
    #expect(outcome.code == .notDone)
    #expect(outcome.errors.contains("is a folder, and a table is made of a CSV file"))
    #expect(outcome.errors.contains("name the table with --table"))
  }

  @Test func `is named by the command line, its first cell, or its file`() throws {
    let csv = "purpose is,then\nreview,send plain\n"
    #expect(try table(csv).output.hasPrefix("table New table\n"))
    #expect(try table("table  SEN letters,\n" + csv).output.hasPrefix("table SEN letters\n"))
    #expect(
      try table("table SEN letters,\n" + csv, "--name", "Mine").output.hasPrefix("table Mine\n"))
    let folder = try TemporaryFolder(["SEN letters.csv": csv])
    #expect(rulec("table", folder["SEN letters.csv"]).output.hasPrefix("table SEN letters\n"))
  }

  @Test func `may have empty rows and columns, and comments`() throws {
    let csv =
      "# made in May,,,\npurpose is,then,,\n,,,\nreview,send plain,,\n# the rest,,,\n"
      + "complaint,send encrypted,# for now,\n,,,\n"
    let outcome = try table(csv, policy, "--name", "Letters")
    #expect(
      outcome.output == """
        table Letters
          # made in May
          | purpose is | then           |
          | review     | send plain     |
          # the rest
          | complaint  | send encrypted |  # for now

        """, "\(outcome.errors)")
  }

  @Test(arguments: [
    ("01/09/2026", "can be read in two ways, the day or the month first"),
    ("before 1.9.2026", "write the month as a word, as in `1 September 2026`"),
    ("01-Sep-26", "write it with its year in four digits, as in `1 September 2026`"),
    ("Sep-26", "is a date as the spreadsheet shows it"),
    ("#N/A", "`#N/A` is an error of the spreadsheet"),
    ("#REF!", "is an error of the spreadsheet"),
    ("a|b", "`|` parts the cells of a table"),
    ("case # 12", "would be taken for a comment"),
  ])
  func `says of a cell what the spreadsheet did to it`(cell: String, words: String) throws {
    let outcome = try table("purpose is,deadline is,then\nreview,\(cell),send plain\n")
    #expect(outcome.code == .found)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("standard input, cell B2: "), "\(outcome.errors)")
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
    #expect(outcome.errors.hasSuffix("rulec: no table was made, because of one error\n"))
  }

  @Test func `says of numbers with commas and of TRUE what to write`() throws {
    let errors = try table(
      """
      amount is;files are;message is about health;then
      2,5;"more than 10,000";TRUE;send plain
      £1,000;at most 3;FALSE;send plain

      """
    ).errors
    for words in [
      "cell A2: `2,5` has a comma in a number; write `2.5`, or `2 or 5` for two numbers",
      "cell B2: `10,000` has a comma in a number; write `10000`\n",
      "cell C2: `TRUE` is the spreadsheet's own word; write `yes`",
      "cell A3: `£1,000` has a comma in a number; write `1000`",
      "cell C3: `FALSE` is the spreadsheet's own word; write `no`",
    ] {
      #expect(errors.contains(words), "\(errors)")
    }
  }

  @Test func `says of a cell what the policy does not know`() throws {
    let errors = try table(
      """
      table Letters,,,
      purpose is,recipent prefers,files are,then
      reviw,plain,more then 3,send plain
      tribunal,,,send plane
      """, policy
    ).errors
    for words in [
      "cell B2: `recipent prefers` heads no column",
      "cell A3: `reviw` is not a value of `purpose is`",
      "did you mean `review`", "cell C3: ", "cell D4: `send plane` is not an outcome",
      "rulec: no table was made, because of 4 errors",
    ] {
      #expect(errors.contains(words), "\(words): \(errors)")
    }
  }

  @Test func `says what is wrong with the sheet as a whole`() throws {
    for (csv, words) in [
      ("", "there is no row with headings"), (",,\n,,\n", "there is no row with headings"),
      ("purpose is,then\n", "there are no rows below the headings"),
      ("purpose is,,then\nreview,,send plain\n", "cell B1: there is no heading over this column"),
      ("purpose is,then\nreview,send plain,x\n", "cell C2: there is no heading over this cell"),
      (
        "purpose is,then\n\"review,send plain\n",
        "cell A2: the quotation mark that begins this cell"
      ),
      (
        "purpose is,then\n\"review\"x,send plain\n",
        "cell A2: text goes on behind the quotation mark"
      ),
      ("purpose is,then\nreview \"\"x,send plain\n", ""),
      ("purpose is,then\nre\"view,send plain\n", "cell A2: a quotation mark in it is not closed"),
    ] where !words.isEmpty {
      let outcome = try table(csv)
      #expect(outcome.code == .found && outcome.output.isEmpty)
      #expect(outcome.errors.contains(words), "\(words): \(outcome.errors)")
    }
    let wide = try table([0xFF, 0xFE, 0x61, 0, 0x2C, 0], [])
    #expect(
      wide.errors.contains("this file is UTF-16, not UTF-8; in the spreadsheet choose Save as"))
    let windows = try table(Array("amount is,then\n".utf8) + [0xA3, 0x35, 0x2C, 0x61], [])
    #expect(windows.errors.contains("it looks like Windows-1252 (ANSI); in the spreadsheet choose"))
    let excel = try table([0x50, 0x4B, 0x03, 0x04, 0], [])
    #expect(excel.errors.contains("zip file"))
  }

  @Test func `honours what a spreadsheet says of its separator`() throws {
    let csv = "sep=;\r\npurpose is;then\r\nreview;send plain, or not\r\n"
    let errors = try table(csv, policy).errors
    #expect(errors.contains("cell B3: "), "\(errors)")
  }

  @Test func `goes to a spreadsheet and back`() throws {
    let rules = "section Ordinary\n\n" + `A table from a spreadsheet`.expected
    let folder = try TemporaryFolder([
      "rules/words.rules": `A table from a spreadsheet`.words, "rules/a.rules": rules,
    ])
    let csv = rulec("table", folder["rules"], "--table", "letters")
    #expect(
      csv.output == "\u{FEFF}"
        + """
        table Letters,,,
        purpose is,recipient prefers,then,because
        tribunal,plain,send plain with consent note,"a promise, kept"
        review,,send encrypted,
        see minute 14,,,

        """.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n"))
    let back = rulec("table", "-", folder["rules"], input: csv.output)
    #expect(back.output == `A table from a spreadsheet`.expected, "\(back.errors)")
    let unknown = rulec("table", folder["rules"], "--table", "Leters")
    #expect(unknown.code == .notDone)
    #expect(unknown.errors.contains("did you mean `Letters`?"))
    #expect(rulec("table", folder["rules"], "x", "--table", "Letters").code == .notDone)
  }
}

extension String {
  fileprivate func replacingOnce(_ words: String, _ other: String) -> String {
    guard let range = firstRange(of: words) else { return self }
    return String(self[..<range.lowerBound]) + other + self[range.upperBound...]
  }
}
