import Findings
import Testing

@testable import Reports
import TestSupport

@Suite struct `Rendering` {
  private static let pieces: [[UInt8]] = [
    Array("if purpose is ".utf8), Array("\n".utf8), Array("\r\n".utf8), Array("\t".utf8),
    Array("漢字".utf8), Array("e\u{301}".utf8), Array("\u{200B}".utf8), Array("🙂".utf8),
    [0xFF], [0xE2, 0x80], [0xF0, 0x9F], Array(repeating: 0x78, count: 300), [0x0B], [0x0D],
    [0xEF, 0xBB, 0xBF],
  ]

  @Test(arguments: 0..<200) func `never fails, whatever the text and the stretch`(seed: Int) {
    var random = SeededRandom(state: UInt64(seed))
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 0..<40, using: &random) {
      bytes += Self.pieces.randomElement(using: &random) ?? []
    }
    let files = SourceFiles([SourceFile(path: "a.rules", bytes: bytes)])
    func span() -> Span {
      let ends = (0..<2).map { _ in UInt32.random(in: 0...UInt32(bytes.count + 2), using: &random) }
      return Span(file: FileID(0), start: ends.min() ?? 0, end: ends.max() ?? 0)
    }
    for _ in 0..<20 {
      let edits = (0..<3).map { _ in Edit(span(), "x\n  \u{200B}y") }
      let finding = Finding(
        .syntax, "m", at: span(), related: [RelatedPlace("r", at: span())],
        fixes: [Fix("f", edits)])
      let report = CheckReport(result(files, [finding]), prefix: "")
      for format in CheckFormat.allCases {
        #expect(!report.text(as: format, isColoured: true, toolVersion: "1").isEmpty)
      }
    }
  }
}
