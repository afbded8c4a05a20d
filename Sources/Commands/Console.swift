package import Values
package import Workspace

/// What a command reads from and writes to, and what it knows of its surroundings.
///
/// Results go to `output`; whatever is said about the run goes to `errors`. Tests put their own
/// streams in the place of the process's.
package final class Console {
  /// A way in or out, from or to wherever.
  package struct Streams {
    package var input: (UnsafeMutableRawBufferPointer) throws(SystemError) -> Int
    package var output: (UnsafeRawBufferPointer) throws(SystemError) -> Void
    package var errors: (UnsafeRawBufferPointer) throws(SystemError) -> Void

    package init(
      input: @escaping (UnsafeMutableRawBufferPointer) throws(SystemError) -> Int,
      output: @escaping (UnsafeRawBufferPointer) throws(SystemError) -> Void,
      errors: @escaping (UnsafeRawBufferPointer) throws(SystemError) -> Void
    ) {
      self.input = input
      self.output = output
      self.errors = errors
    }
  }

  /// The surroundings that a command takes into account.
  package struct Surroundings {
    package var isInputTerminal = false
    package var isOutputTerminal = false
    package var isErrorsTerminal = false
    /// Whether the environment asks for no colour.
    package var isColourUnwanted = false
    /// The system's date, in UTC.
    package var today: Day

    package init(today: Day) {
      self.today = today
    }
  }

  package let surroundings: Surroundings
  /// What the command line says about colour.
  package var colour = ColourChoice.auto
  private let streams: Streams
  private var pending: [UInt8] = []
  /// What went wrong with the output while something else was said.
  private var failure: Failure?

  package init(_ streams: Streams, _ surroundings: Surroundings) {
    self.streams = streams
    self.surroundings = surroundings
  }

  // MARK: Results

  package var hasColouredOutput: Bool {
    isColoured(isTerminal: surroundings.isOutputTerminal)
  }

  /// Writes a part of the result.
  package func write(_ text: String) throws(Failure) {
    pending += text.utf8
    if pending.count >= Console.packet { try flush() }
  }

  /// Writes a part of the result.
  package func write(_ bytes: [UInt8]) throws(Failure) {
    if bytes.count >= Console.packet {
      try flush()
      try pass(bytes)
    } else {
      pending += bytes
      if pending.count >= Console.packet { try flush() }
    }
  }

  /// Writes a part of the result and hands it on at once, with all that was written before.
  package func handOn(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
    try flush()
    if !bytes.isEmpty { try pass(bytes) }
  }

  /// Output is handed on in pieces of about this size.
  package static let packet = 1 << 16

  /// Hands on what has been written so far.
  package func flush() throws(Failure) {
    if let failure { throw failure }
    guard !pending.isEmpty else { return }
    defer { pending.removeAll(keepingCapacity: true) }
    try pass(pending)
  }

  private func pass(_ bytes: [UInt8]) throws(Failure) {
    try bytes.withUnsafeBytes { buffer in
      Result { () throws(Failure) in try pass(buffer) }
    }.get()
  }

  private func pass(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
    do throws(SystemError) {
      try streams.output(bytes)
    } catch {
      if error.isClosedPipe { throw .outputClosed }
      throw .problem("cannot write the result: \(error.reason)")
    }
  }

  // MARK: What is said about the run

  package var hasColouredErrors: Bool {
    isColoured(isTerminal: surroundings.isErrorsTerminal)
  }

  /// Says something about the run, on a line of its own. Where that cannot be written nothing is
  /// lost that a script relies on.
  package func say(_ line: String) {
    sayAsIs(line + "\n")
  }

  /// Says something that has its line breaks already.
  package func sayAsIs(_ text: String) {
    // What was written before shall stand before it, where both go to one terminal.
    do throws(Failure) { try flush() } catch { failure = error }
    Array(text.utf8).withUnsafeBytes { try? streams.errors($0) }
  }

  private func isColoured(isTerminal: Bool) -> Bool {
    switch colour {
    case .always: true
    case .never: false
    case .auto: isTerminal && !surroundings.isColourUnwanted
    }
  }

  // MARK: Input

  /// Reads what there is of standard input; 0 at its end.
  package func readInput(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(SystemError) -> Int {
    try streams.input(buffer)
  }
}

/// Where colour is wanted.
package enum ColourChoice: String, CaseIterable, Sendable {
  /// Where a person reads.
  case auto
  case always, never
}

extension Console {
  /// The streams and surroundings of this process.
  package static func ofProcess() -> Console {
    var surroundings = Surroundings(today: Day(clamping: System.dayNumber))
    surroundings.isInputTerminal = Descriptor.input.isTerminal
    surroundings.isOutputTerminal = Descriptor.output.isTerminal
    surroundings.isErrorsTerminal = Descriptor.errors.isTerminal
    surroundings.isColourUnwanted =
      !(System.environment("NO_COLOR") ?? "").isEmpty || System.environment("TERM") == "dumb"
    return Console(.ofDescriptors(.input, .output, .errors), surroundings)
  }
}

extension Console.Streams {
  package static func ofDescriptors(
    _ input: Descriptor, _ output: Descriptor, _ errors: Descriptor
  ) -> Console.Streams {
    Console.Streams(
      input: { (buffer) throws(SystemError) in try input.readBytes(into: buffer) },
      output: { (bytes) throws(SystemError) in try output.writeBytes(bytes) },
      errors: { (bytes) throws(SystemError) in try errors.writeBytes(bytes) })
  }
}
