/// Reads a message from one line of JSON straight into a program's columns.
///
/// It takes the lines that most senders write, in any order of fields and with any white space, and reads them
/// as `MessageDecoder` does; whatever is wrong with a line or out of the ordinary is left to that.
///
/// Not to be shared between threads. Allocates memory only for a line longer than all before it. Linear time.
package final class MessageReader {
  // Behind a pointer, so that the language has no accesses to watch over.
  private let parser: UnsafeMutablePointer<MessageParser>

  /// How many bytes behind a line `read(padded:into:)` may look at.
  package static let padding = 64
  /// The most bytes of a line, 1 MiB.
  package static let longestLine = 1 << 20

  package init(_ format: LineFormat) {
    parser = .allocate(capacity: 1)
    parser.initialize(to: MessageParser(format))
  }

  deinit {
    parser.pointee.deallocate()
    parser.deinitialize(count: 1)
    parser.deallocate()
  }

  /// Reads a line; false if it has to be read by `MessageDecoder`, and what the message holds means nothing.
  package func read(_ line: UnsafeRawBufferPointer, into message: CodedMessage) -> Bool {
    parser.pointee.readCopy(of: line, into: message)
  }

  /// Reads a line behind which `padding` bytes may be looked at, whatever they are.
  package func read(padded line: UnsafeRawBufferPointer, into message: CodedMessage) -> Bool {
    parser.pointee.read(line, into: message)
  }

  // MARK: - Of the line read last

  /// The bytes of the line that are the field `id` as JSON text; nil without one.
  package var id: Range<Int>? { parser.pointee.id }
  /// The number of the day in the field `on`; nil without one.
  package var day: Int32? { parser.pointee.day }
  /// The bytes of the line that are the field `sent` as JSON text; nil without one.
  package var sent: Range<Int>? { parser.pointee.sent }
  /// How many fields there are that no fact is read from, and that mean nothing else.
  package var ignoredFieldCount: Int { parser.pointee.ignoredFieldCount }
}
