import JSON
package import Values
import Workspace

/// `rulec lsp`: the Language Server Protocol, version 3.17.
///
/// Three threads: one reads what comes, one (the worker, which is the caller's) answers and tells what is wrong, one
/// runs scenarios and proves. They hand each other what they have by an `Inbox` and an `Examiner`.
package enum LanguageServer {
  /// What a session is run with.
  package struct Streams {
    /// Fills a buffer with what there is to read, and gives its size; 0 at the end.
    package var input: @Sendable (UnsafeMutableRawBufferPointer) -> Int
    /// Writes all of it; false if nobody reads any more.
    package var output: ([UInt8]) -> Bool

    package init(
      input: @escaping @Sendable (UnsafeMutableRawBufferPointer) -> Int,
      output: @escaping ([UInt8]) -> Bool
    ) {
      self.input = input
      self.output = output
    }
  }

  /// Serves one session to its end, and gives the exit code that the protocol wants: 0 if the client said `shutdown`
  /// before `exit`.
  package static func run(_ streams: Streams, today: @escaping () -> Day) -> Int32 {
    let inbox = Inbox()
    let input = streams.input
    let isReading = System.startThread { read(input, into: inbox) }
    guard isReading else { return 2 }
    let examiner = Examiner { inbox.post(.examined($0)) }
    var isOpen = true
    let session = Session(
      Session.Surroundings(
        today: today, now: { System.nanoseconds },
        send: { text in isOpen = isOpen && streams.output(FrameReader.framed(text)) },
        examine: { examiner.examine($0) }))
    while isOpen, session.exitCode == nil {
      work(session, inbox)
      if session.isEnded { return 1 }
    }
    return session.exitCode ?? 1
  }

  /// Does the next thing that is to be done.
  private static func work(_ session: Session, _ inbox: Inbox) {
    // What comes right behind an edit, as the wish for completion does, is answered before all is read again.
    if session.isUnread, let event = inbox.next(waiting: LanguageServer.grace) {
      return handle(event, session, inbox)
    }
    let isAtRest = inbox.isEmpty && session.publish { inbox.holdsEdit }
    let wait = session.nextDeadline.map { max(0, $0 - System.nanoseconds) }
    guard let event = inbox.next(waiting: isAtRest ? wait : nil) else { return session.begin() }
    handle(event, session, inbox)
  }

  /// How long something may come right behind an edit.
  private static let grace = 5_000_000

  private static func handle(_ event: Inbox.Event, _ session: Session, _ inbox: Inbox) {
    switch event {
    case .message(let message):
      session.receive(message) { inbox.reasonToGiveUp(message) }
      inbox.forget(message)
    case .examined(let examination): session.take(examination)
    case .end: session.end()
    }
  }

  private static func read(
    _ input: (UnsafeMutableRawBufferPointer) -> Int, into inbox: Inbox
  ) {
    var frames = FrameReader()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = buffer.withUnsafeMutableBytes { input($0) }
      guard count > 0 else { return inbox.post(.end) }
      frames.append(buffer[..<count])
      while let frame = frames.next() {
        switch frame {
        case .text(let text): inbox.post(.message(ClientMessage(text)))
        case .malformed(let problem):
          inbox.post(.message(.malformed(ResponseError(.parseError, problem), id: .null)))
        }
      }
    }
  }
}

extension Inbox {
  /// Why a request that is under way need not be answered: the client has taken it back, or has changed the text that
  /// it is about.
  fileprivate func reasonToGiveUp(_ message: ClientMessage) -> ResponseError? {
    guard case .request(let id, let method, _) = message else { return nil }
    if isCancelled(id) { return ResponseError(.requestCancelled, "the request was cancelled") }
    // What can be completed here is still of use one letter later.
    let isOvertaken = method != "textDocument/completion" && Session.isFeature(method) && holdsEdit
    return isOvertaken ? ResponseError(.contentModified, "the text has changed meanwhile") : nil
  }

  fileprivate func forget(_ message: ClientMessage) {
    if case .request(let id, _, _) = message { forget(id) }
  }
}
