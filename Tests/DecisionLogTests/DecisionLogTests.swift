import DecisionLog
import Foundation
import JSON
import Synchronization
import Testing
import Values
import Workspace

@Suite struct `A decision log` {
  @Test func `holds what was asked and answered, one record a line`() throws {
    let folder = try Folder()
    let log = try DecisionLog(options(folder["a.log"]))
    let batch = log.makeBatch()
    batch.add(" {\"id\":\"m\",\"recipient\":\"x\"}\r")
    batch.add("{}", outcome: "hold for review")
    #expect(log.commit(batch))
    #expect(batch.isEmpty)
    log.close()
    let records = try folder.lines("a.log").map { try JSONReader.read(Array($0.utf8)) }
    #expect(records.map { $0["n"]?.whole } == [1, 2])
    #expect(records[0]["time"]?.text == "2025-11-24T00:00:00.000Z")
    #expect(records[0]["kind"]?.text == "decision")
    #expect(records[0]["on"]?.text == "2000-01-01")
    #expect(records[0][path: "message", "recipient"]?.text == "x")
    #expect(records[1][path: "answer", "outcome"]?.text == "hold for review")
    #expect(records[1]["engine"]?.text == "0.1.0")
  }

  /// The rule by which anybody can compute the chain, without a line of this project.
  @Test func `carries the chain that its description says`() throws {
    let folder = try Folder()
    let log = try DecisionLog(options(folder["a.log"]))
    #expect(log.add(3))
    log.close()
    var chain = String(repeating: "0", count: 64)
    for line in try folder.lines("a.log") {
      let parts = line.components(separatedBy: #","chain":""#)
      chain = SHA256.hex(of: (chain + parts[0]).utf8)
      #expect(parts[1] == chain + "\"}")
    }
    #expect(try LogVerification([folder["a.log"]]).head.chain.description == chain)
  }

  @Test func `goes on where it ended`() throws {
    let folder = try Folder()
    for first in [1, 3, 5] {
      let log = try DecisionLog(options(folder["a.log"]))
      #expect(log.add(2, from: first))
      log.close()
    }
    let result = try LogVerification([folder["a.log"]])
    #expect(result.faults.isEmpty)
    #expect(result.recordCount == 6)
  }

  @Test func `is written by one process alone`() throws {
    let folder = try Folder()
    let log = try DecisionLog(options(folder["a.log"]))
    #expect(throws: LogProblem.self) { try DecisionLog(options(folder["a.log"])) }
    log.close()
    try DecisionLog(options(folder["a.log"])).close()
  }

  @Test func `gives the records of many threads one order`() throws {
    let folder = try Folder()
    var chosen = options(folder["a.log"])
    chosen.sync = .always
    chosen.rotationSize = 20_000
    let log = try DecisionLog(chosen)
    let done = Atomic<Int>(0)
    let written = Atomic<Int>(0)
    for thread in 0..<8 {
      let isStarted = System.startThread {
        for index in 0..<50 where log.add(1, from: 1_000 * thread + index) {
          written.add(1, ordering: .relaxed)
        }
        done.add(1, ordering: .releasing)
      }
      #expect(isStarted)
    }
    while done.load(ordering: .acquiring) < 8 { System.yield() }
    log.close()
    let files = folder.names.map { folder[$0] }
    let result = try LogVerification(try LogVerification.inOrder(files))
    #expect(result.faults.isEmpty)
    #expect(written.load(ordering: .relaxed) == 400)
    // One record more for each file but the first.
    #expect(result.recordCount == 400 + files.count - 1)
    #expect(files.count > 4)
  }

  // MARK: An unexpected end

  @Test(arguments: [1, 2, 9, 40, 200])
  func `sets a torn last line aside and says so`(_ cut: Int) throws {
    let folder = try Folder()
    let log = try DecisionLog(options(folder["a.log"]))
    #expect(log.add(3))
    log.close()
    let whole = try folder.bytes("a.log")
    try folder.write("a.log", Array(whole.dropLast(cut)))
    let said = Said()
    let again = try DecisionLog(options(folder["a.log"], Clock(), said))
    #expect(again.add(1, from: 4))
    again.close()
    let torn = try folder.bytes("a.log.torn")
    #expect(said.all.count == 1)
    #expect(said.all[0].contains("\(torn.count) bytes were set aside in `a.log.torn`"))
    let result = try LogVerification([folder["a.log"]])
    #expect(result.faults.isEmpty)
    // Two whole ones, the note of the repair, and one more.
    #expect(result.recordCount == 4)
    let start = whole.count - cut - torn.count
    #expect(whole[start..<whole.count - cut].elementsEqual(torn))
  }

  @Test func `is repaired where the disk left nothing but noughts`() throws {
    let folder = try Folder()
    let log = try DecisionLog(options(folder["a.log"]))
    #expect(log.add(2))
    log.close()
    let noughts = [UInt8](repeating: 0, count: 100_000)
    try folder.write("a.log", try folder.bytes("a.log") + noughts)
    let again = try DecisionLog(options(folder["a.log"]))
    #expect(again.add(1))
    again.close()
    #expect(try LogVerification([folder["a.log"]]).faults.isEmpty)
    #expect(try folder.bytes("a.log.torn") == noughts)
  }

  @Test func `is not gone on with where its last record was changed`() throws {
    let folder = try Folder()
    let log = try DecisionLog(options(folder["a.log"]))
    #expect(log.add(2))
    log.close()
    var lines = try folder.lines("a.log")
    lines[1] = lines[1].replacing("send plain", with: "send grain")
    try folder.write("a.log", lines)
    #expect(throws: LogProblem.self) { try DecisionLog(options(folder["a.log"])) }
    #expect(try folder.lines("a.log") == lines)
  }

  @Test(arguments: ["", "notes to myself\n", "{\"n\":", "{\"n\":1}\n", "\n\n", "no line end"])
  func `leaves files alone that are none`(_ text: String) throws {
    let folder = try Folder()
    try folder.write("a.log", Array(text.utf8))
    if let log = try? DecisionLog(options(folder["a.log"])) {
      log.close()
      #expect(text.isEmpty || text == "{\"n\":")
    } else {
      #expect(try folder.bytes("a.log") == Array(text.utf8))
    }
  }

  @Test func `needs a folder and an ordinary file`() throws {
    let folder = try Folder()
    for path in [folder["nowhere/a.log"], folder.path, "/dev/full"] {
      #expect(throws: LogProblem.self) { try DecisionLog(options(path)) }
    }
  }

  // MARK: Other files

  @Test func `begins another file when one is full, and carries the chain on`() throws {
    let folder = try Folder()
    var chosen = options(folder["a.log"])
    chosen.rotationSize = 1_000
    let log = try DecisionLog(chosen)
    #expect(log.add(20))
    log.close()
    let names = folder.names
    #expect(names.count > 3)
    let result = try LogVerification(try LogVerification.inOrder(names.map { folder[$0] }))
    #expect(result.faults.isEmpty)
    #expect(result.recordCount == 20 + names.count - 1)
    // Any one missing shows.
    // Without the first ones a log is one that goes on from earlier files.
    for name in names.dropFirst(2) {
      let rest = names.filter { $0 != name }.map { folder[$0] }
      #expect(try LogVerification(try LogVerification.inOrder(rest)).faults.count == 1)
    }
    // One alone says what it goes on from.
    let last = try LogVerification([folder["a.log"]])
    #expect(last.faults.isEmpty)
    #expect(last.remarks.first?.contains("goes on from an earlier file") ?? false)
  }

  @Test func `begins another file each day`() throws {
    let folder = try Folder()
    let clock = Clock()
    var chosen = options(folder["a.log"], clock)
    chosen.rotatesDaily = true
    let log = try DecisionLog(chosen)
    for day in 0..<3 {
      #expect(log.add(2, from: 10 * day))
      clock.advance(seconds: 86_400)
    }
    log.close()
    #expect(folder.names == ["a.log", "a.log.000000000002", "a.log.000000000005"])
  }

  @Test func `goes on from the last file where the present one is gone`() throws {
    let folder = try Folder()
    let log = try DecisionLog(options(folder["a.log"]))
    #expect(log.add(2))
    log.close()
    try folder.write("a.log.000000000002", try folder.bytes("a.log"))
    System.delete(folder["a.log"])
    let again = try DecisionLog(options(folder["a.log"]))
    #expect(again.add(1, from: 3))
    again.close()
    let files = [folder["a.log"], folder["a.log.000000000002"]]
    let result = try LogVerification(try LogVerification.inOrder(files))
    #expect(result.faults.isEmpty)
    #expect(result.recordCount == 4)
  }

  @Test func `notes that the clock was set back`() throws {
    let folder = try Folder()
    let clock = Clock()
    let log = try DecisionLog(options(folder["a.log"], clock))
    #expect(log.add(1))
    clock.advance(seconds: -3_600)
    #expect(log.add(2, from: 2))
    log.close()
    let lines = try folder.lines("a.log")
    #expect(lines.count == 4)
    #expect(lines[1].contains(#""note":"clock set back","from":"2025-11-24T00:00:00.000Z""#))
    #expect(try LogVerification([folder["a.log"]]).faults.isEmpty)
  }

  // MARK: Facts that it does not hold

  @Test func `holds hashes in the place of named facts`() throws {
    let folder = try Folder()
    var chosen = options(folder["a.log"])
    chosen.hashing = FactHashing(
      fields: ["address", "child.name"], key: Array("0123456789abcdef".utf8))
    let log = try DecisionLog(chosen)
    let batch = log.makeBatch()
    batch.add(#"{"id":"m1","address":"Mrs.X@example.org","child":{"name":["Sam"],"age":7}}"#)
    #expect(log.commit(batch))
    log.close()
    let line = try folder.lines("a.log")[0]
    #expect(!line.lowercased().contains("mrs.x") && !line.contains("Sam"))
    #expect(line.contains(#""age":7"#))
    var query = LogQuery()
    query.recipient = "mrs.x@EXAMPLE.org"
    let record = try #require(Array(line.utf8).withUnsafeBytes { LogRecord($0) })
    #expect(!query.matches(record))
    query.hashing = chosen.hashing
    #expect(query.matches(record))
  }
}

@Suite struct `Keyed hashes` {
  /// Test cases 1, 2 and 6 of RFC 4231.
  @Test(arguments: [
    (
      [UInt8](repeating: 0x0b, count: 20), "Hi There",
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      [UInt8](repeating: 0xaa, count: 131),
      "Test Using Larger Than Block-Size Key - Hash Key First",
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
  ])
  func `are those of the standard's examples`(key: [UInt8], text: String, digest: String) {
    #expect(HMAC(key: key).hex(of: text) == digest)
  }
}
