import Findings
import Values

/// What is wrong with a register, and where in its file.
struct RegisterProblem {
  let code: FindingCode
  let message: String
  var help: String?
  let range: Range<Int>

  func finding(_ file: FileID) -> Finding {
    let span = Span(file: file, start: UInt32(range.lowerBound), end: UInt32(range.upperBound))
    return Finding(code, message, at: span, help: help)
  }
}

// MARK: Columns

extension RegisterProblem {
  static func unknownColumn(
    _ name: String, _ nearest: String?, _ range: Range<Int>
  ) -> RegisterProblem {
    RegisterProblem(
      code: .unknownName, message: "no fact is called `\(name)`",
      help: (nearest.map { "did you mean `\($0)`? " } ?? "")
        + "a column that is for people only has its name in brackets: `(\(name))`",
      range: range)
  }

  static func columnTwice(_ name: String, _ range: Range<Int>) -> RegisterProblem {
    RegisterProblem(
      code: .duplicate, message: "there are two columns for `\(name)`",
      help: "keep one of them", range: range)
  }

  static func noKey(_ range: Range<Int>) -> RegisterProblem {
    RegisterProblem(
      code: .syntax, message: "no column says whom a row is about",
      help: "the first row holds the names of the columns: call one `address` or `reference`",
      range: range)
  }

  static func noFact(_ range: Range<Int>) -> RegisterProblem {
    RegisterProblem(
      code: .syntax, message: "no column holds a fact of the policy",
      help: "name a column as the fact's sentences begin, such as `recipient prefers`",
      range: range)
  }

  static func tooManyFacts(_ range: Range<Int>) -> RegisterProblem {
    RegisterProblem(
      code: .tooLarge, message: "the register has more than 60 columns with facts",
      help: "cut it into two registers", range: range)
  }
}

// MARK: Rows

extension RegisterProblem {
  static func notReadable(_ message: String, at start: Int) -> RegisterProblem {
    RegisterProblem(code: .syntax, message: message, range: start..<start + 1)
  }

  static func wrongCellCount(_ count: Int, of wanted: Int, _ range: Range<Int>) -> RegisterProblem {
    RegisterProblem(
      code: .syntax,
      message:
        "this row has \(count == 1 ? "1 cell" : "\(count) cells"), and the first row \(wanted)",
      help: "a cell that holds a comma stands in quotation marks", range: range)
  }

  static func emptyKey(_ range: Range<Int>) -> RegisterProblem {
    RegisterProblem(
      code: .syntax, message: "this row does not say whom it is about",
      help: "fill in the address or the reference, or take the row out", range: range)
  }

  static func notADay(_ text: String, _ range: Range<Int>) -> RegisterProblem {
    RegisterProblem(
      code: .badDate, message: "`\(text)` is no day",
      help: "write it as `2026-09-01` or `1 September 2026`", range: range)
  }

  static func endsFirst(_ from: Day, _ until: Day, _ range: Range<Int>) -> RegisterProblem {
    RegisterProblem(
      code: .badDate,
      message: "this row ends on \(until.words), before it begins on \(from.words)",
      help: "exchange the two days, if they have been mixed up", range: range)
  }

  static func notAnEvent(_ text: String, _ range: Range<Int>) -> RegisterProblem {
    let events = RegisterEvent.allCases.map(\.rawValue)
    let nearest = Spelling.nearest(text, in: events).map { "did you mean `\($0)`?" }
    return RegisterProblem(
      code: .unknownValue, message: "`\(text)` is nothing that happens to a row of a register",
      help: nearest ?? "there are " + events.map { "`\($0)`" }.joined(separator: ", "),
      range: range)
  }

  static func notAValue(_ message: String, _ range: Range<Int>) -> RegisterProblem {
    RegisterProblem(code: .unknownValue, message: message, range: range)
  }

  static func tooManyRows(_ range: Range<Int>) -> RegisterProblem {
    RegisterProblem(
      code: .tooLarge, message: "the register has more than 16 million rows",
      help: "cut it into two registers", range: range)
  }
}
