import DecisionLog
import Foundation
import Testing
import Values

/// Everything that can be done to a log afterwards is found, and said of its line.
@Suite struct `Verifying a log` {
  private func log(_ count: Int, in folder: Folder) throws -> [String] {
    let log = try DecisionLog(options(folder["a.log"]))
    #expect(log.add(count))
    log.close()
    return try folder.lines("a.log")
  }

  private func faults(_ lines: [String], in folder: Folder) throws -> [LogVerification.Fault] {
    try folder.write("b.log", lines)
    return try LogVerification([folder["b.log"]]).faults
  }

  @Test func `finds any changed byte, in its line`() throws {
    let folder = try Folder()
    let bytes = Array((try log(4, in: folder).map { $0 + "\n" }.joined()).utf8)
    var random = SplitMix(state: 41)
    for _ in 0..<400 {
      let place = Int(random.next() % UInt64(bytes.count))
      var changed = bytes
      changed[place] ^= UInt8(1 << (random.next() % 7))
      let line = bytes[..<place].count { $0 == UInt8(ascii: "\n") } + 1
      try folder.write("b.log", changed)
      let faults = try LogVerification([folder["b.log"]]).faults
      #expect(!faults.isEmpty, "byte \(place)")
      // A changed chain or line end shows in the line behind.
      #expect(faults.contains { abs($0.line - line) <= 1 }, "byte \(place): \(faults)")
    }
  }

  @Test func `finds what was changed by somebody who computes chains`() throws {
    let folder = try Folder()
    var lines = try log(5, in: folder)
    let body = lines[1].components(separatedBy: #","chain":""#)[0]
      .replacing("send plain", with: "send grain")
    let before = lines[0].suffix(66).dropLast(2)
    lines[1] = body + #","chain":""# + SHA256.hex(of: (before + body).utf8) + "\"}"
    let faults = try faults(lines, in: folder)
    #expect(faults.map(\.line) == [3])
    #expect(
      faults[0].message
        == "record 3 does not fit its chain: it, or the end of the record before, was changed")
  }

  @Test func `finds what was removed, put in, moved or cut off`() throws {
    let folder = try Folder()
    let lines = try log(6, in: folder)
    func told(_ lines: [String]) throws -> [String] {
      try faults(lines, in: folder).map { "\($0.line): \($0.message)" }
    }
    #expect(
      try told(Array(lines[..<2] + lines[4...])) == [
        "3: records 3 to 4 are missing before this line"
      ])
    #expect(
      try told(Array(lines[1...])) == [
        "1: record 2 does not fit its chain: it, or the end of the record before, was changed"
      ])
    #expect(
      try told(lines + [lines[2]])
        == ["7: record 3 stands behind record 6: records were put in, repeated or moved"])
    #expect(try told([lines[1], lines[0]] + lines[2...]).count >= 2)
    #expect(
      try told(lines[..<3] + ["{}"] + lines[3...])
        == ["4: this is not a record: it was changed, or put in"])
    #expect(try told(Array(lines[..<4])).isEmpty)
    try folder.write("b.log", Array(lines.joined(separator: "\n").utf8))
    #expect(try LogVerification([folder["b.log"]]).faults.map(\.line) == [6])
  }

  @Test func `finds a cut end against a chain that was kept`() throws {
    let folder = try Folder()
    let lines = try log(6, in: folder)
    let head = try LogVerification([folder["a.log"]]).head
    #expect(head.number == 6)
    try folder.write("b.log", Array(lines[..<4]))
    let cut = try LogVerification([folder["b.log"]], kept: head.chain)
    #expect(cut.faults.count == 1)
    let earlier = try LogVerification([folder["b.log"]]).head
    let grown = try LogVerification([folder["a.log"]], kept: earlier.chain)
    #expect(grown.faults.isEmpty)
    #expect(grown.remarks == ["the kept chain is that of record 4; 2 more came later"])
  }
}
