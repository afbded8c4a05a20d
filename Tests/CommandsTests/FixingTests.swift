import Findings
import Testing

@testable import Commands

@Suite struct `Changes to a file` {
  private func list(_ edits: (UInt32, UInt32, String)...) -> (EditList, [Bool]) {
    var list = EditList()
    let taken = edits.map { start, end, text in
      list.insert(Edit(Span(file: FileID(0), start: start, end: end), text))
    }
    return (list, taken)
  }

  private func text(_ list: EditList) -> String {
    String(decoding: list.applied(to: Array("0123456789".utf8)), as: UTF8.self)
  }

  @Test func `are made in the order of their places`() {
    let (list, taken) = list((5, 6, "five"), (0, 1, ""), (10, 10, "!"), (1, 2, "one"))
    #expect(taken == [true, true, true, true])
    #expect(text(list) == "one234five6789!")
  }

  @Test func `do not overlap`() {
    let (list, taken) = list(
      (2, 5, "a"), (4, 6, "b"), (1, 3, "c"), (3, 4, "d"), (5, 6, "e"), (2, 5, "f"))
    #expect(taken == [true, false, false, false, true, false])
    #expect(text(list) == "01ae6789")
  }

  @Test func `are not put in at one place twice`() {
    let (list, taken) = list((3, 3, "a"), (3, 3, "b"), (3, 4, "c"), (2, 3, "d"))
    #expect(taken == [true, false, false, true])
    #expect(text(list) == "01da3456789")
  }
}
