import Testing

@testable import LanguageServer

/// Changes to lines make the one text of the other, and touch no more than they must.
@Suite struct LineDifferenceTests {
  private func applied(_ changes: [LineDifference.Change], to text: [UInt8]) -> [UInt8] {
    var result = text
    for change in changes.reversed() {
      result.replaceSubrange(change.bytes, with: change.text.utf8)
    }
    return result
  }

  @Test func oneLineIsOneChange() {
    let changes = LineDifference(Array("a\nb\nc\n".utf8), Array("a\nx\nc\n".utf8)).changes
    #expect(changes == [.init(old: 1..<2, bytes: 2..<4, text: "x\n")])
  }

  @Test func linesApartAreChangedApart() {
    let changes = LineDifference(Array("a\nb\nc\nd\n".utf8), Array("x\nb\nc\ny\nz\n".utf8)).changes
    #expect(changes.map(\.old) == [0..<1, 3..<4])
  }

  @Test func sameTextsHaveNoChange() {
    #expect(LineDifference(Array("a\nb".utf8), Array("a\nb".utf8)).changes == [])
  }

  @Test(arguments: 0..<300)
  func theChangesMakeTheOtherText(_ seed: Int) {
    var source = SeededSource(seed)
    func text() -> [UInt8] {
      (0..<source.next(12)).flatMap { _ in Array("\(["a", "b", "c", ""][source.next(4)])\n".utf8) }
        + (source.next(3) == 0 ? Array("end".utf8) : [])
    }
    let (old, new) = (text(), text())
    #expect(applied(LineDifference(old, new).changes, to: old) == new)
  }

  @Test func textsThatDifferEverywhereAreOneChange() {
    let old = Array((0..<2000).map { "old \($0)\n" }.joined().utf8)
    let new = Array((0..<2000).map { "new \($0)\n" }.joined().utf8)
    let changes = LineDifference(old, new).changes
    #expect(changes.count == 1)
    #expect(applied(changes, to: old) == new)
  }
}
