/// What the lines of messages to a program are read by, and their records written by. Any number of threads may
/// share it.
package final class LineFormat: Sendable {
  let program: Program
  let fields: FieldTable
  let records: RecordWriter

  package init(_ program: Program) {
    self.program = program
    fields = FieldTable(program)
    records = RecordWriter(program)
  }
}

/// Decides messages that come as lines of JSON and writes a record of each, from bytes to bytes.
///
/// It takes the lines that a `MessageReader` takes. What its decider, reader and records say beside the record
/// holds until the next line. One for each thread.
package final class LineDecider {
  package let decider: Decider
  package let reader: MessageReader
  package let records: RecordWriter
  private let message: CodedMessage

  /// What a line came to.
  package struct Answer {
    package let verdict: Verdict
    /// How many fields there are that no fact is read from, and that mean nothing else.
    package let ignoredFieldCount: Int
  }

  package init(_ format: LineFormat) {
    decider = Decider(format.program)
    message = decider.message
    reader = MessageReader(format)
    records = format.records
  }

  /// Decides the message of one line and adds its record; messages that do not say `on` are decided on `today`,
  /// a number of days since 1 January 1970.
  ///
  /// Behind the line `MessageReader.padding` bytes may be looked at. Nil where the line is to be read by
  /// `MessageDecoder`. Of a conflict or gap nothing is written.
  package func decide(
    padded line: UnsafeRawBufferPointer, today: Int32, into output: ByteBuffer
  ) -> Answer? {
    guard reader.read(padded: line, into: message) else { return nil }
    let verdict = decider.decide(today: reader.day ?? today)
    switch verdict.kind {
    case .conflict, .gap: break
    case .decided, .unsure:
      let id = reader.id.map { UnsafeRawBufferPointer(rebasing: line[$0]) }
      records.begin(verdict, decider, paddedID: id, to: output)
      records.end(to: output)
    }
    return Answer(verdict: verdict, ignoredFieldCount: reader.ignoredFieldCount)
  }
}
