package import Workspace

/// Whether the files of a log are what was written, from the first record to the last.
package struct LogVerification {
  /// Something that is not as it was written.
  package struct Fault: Hashable, Sendable {
    package let file: String
    /// The line, from 1.
    package let line: Int
    package let message: String
  }

  package private(set) var faults: [Fault] = []
  /// What is as it should be, and should be known.
  package private(set) var remarks: [String] = []
  package private(set) var recordCount = 0
  package private(set) var head = LogHead()
  /// The number of the record with the chain that somebody has kept.
  private var keptNumber: Int?
  private let kept: Chain?
  private var isFirst = true

  /// Looks at every file, given in the order in which they were written. The chain `kept` must be that of one of
  /// the records.
  ///
  /// Linear time; memory as the longest record takes.
  package init(_ files: [String], kept: Chain? = nil) throws(SystemError) {
    self.kept = kept
    for file in files { try verify(file) }
    guard let kept, let last = files.last else { return }
    if kept == Chain.first {
      keptNumber = 0
    } else if keptNumber == nil {
      faults.append(
        Fault(
          file: last, line: recordCount,
          message:
            "no record has the chain \(kept): records were removed from the end of the log, or it was written anew"
        ))
    }
    if let keptNumber {
      let later = head.number - keptNumber
      remarks.append(
        "the kept chain is that of record \(keptNumber)"
          + (later > 0 ? "; \(later) more came later" : ", the last one"))
    }
  }

  private mutating func verify(_ path: String) throws(SystemError) {
    let reader = try LogReader(path)
    var isFirstOfFile = true
    while true {
      let line: Void? = try reader.nextLine { (line) throws(SystemError) in
        look(at: line, path, reader, isFirstOfFile)
      }
      guard line != nil else { break }
      isFirstOfFile = false
    }
    if isFirstOfFile { remarks.append("`\(path)` holds no records") }
  }

  private mutating func look(
    at bytes: UnsafeRawBufferPointer, _ path: String, _ reader: LogReader, _ isFirstOfFile: Bool
  ) {
    let lineNumber = reader.lineNumber
    func fault(_ message: String) {
      faults.append(Fault(file: path, line: lineNumber, message: message))
    }
    guard reader.isWhole else {
      return fault("the last line is not whole: writing ended in the middle of it")
    }
    guard let line = LogLine(bytes) else {
      return fault("this is not a record: it was changed, or put in")
    }
    recordCount += 1
    if isFirst { begin(with: line, path) }
    isFirst = false
    compare(line, isFirstOfFile: isFirstOfFile, fault)
    head = LogHead(number: line.number, chain: line.chain)
    if line.chain == kept { keptNumber = line.number }
  }

  /// Takes up the chain at the first record of the first file.
  private mutating func begin(with line: LogLine, _ path: String) {
    head = LogHead(number: line.number - 1, chain: LogRecord.chainBefore(line) ?? .first)
    guard line.number > 1, LogRecord.chainBefore(line) != nil else { return }
    remarks.append(
      "`\(path)` goes on from an earlier file, so that the records 1 to \(line.number - 1) were not looked at"
    )
  }

  /// Compares a record with the one before. After a fault it goes on from what the line says itself, so that each
  /// fault is told once.
  private func compare(_ line: LogLine, isFirstOfFile: Bool, _ fault: (String) -> Void) {
    let expected = head.number + 1
    if line.number == expected, line.follows(head.chain) { return }
    let place = isFirstOfFile ? "at the beginning of this file" : "before this line"
    switch line.number {
    case expected:
      fault(
        "record \(line.number) does not fit its chain: it, or the end of the record before, was changed"
      )
    case (expected + 1)...:
      let count = line.number - expected
      let which =
        count == 1 ? "record \(expected) is" : "records \(expected) to \(line.number - 1) are"
      fault("\(which) missing \(place)")
    default:
      fault(
        "record \(line.number) stands behind record \(head.number): records were put in, repeated or moved"
      )
    }
  }

  /// The files in the order in which they were written, by the number of their first record.
  package static func inOrder(_ files: [String]) throws(SystemError) -> [String] {
    var numbered: [(first: Int, path: String)] = []
    for path in files {
      let reader = try LogReader(path)
      let first = try reader.nextLine { (line) throws(SystemError) in LogLine(line)?.number }
      numbered.append(((first ?? nil) ?? 0, path))
    }
    return numbered.sorted { ($0.first, $0.path) < ($1.first, $1.path) }.map(\.path)
  }
}
