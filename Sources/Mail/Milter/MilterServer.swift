package import Service
import Synchronization
import Values
package import Workspace

/// Speaks with a mail system over a socket that is listened on: a thread for each conversation, for each has at most
/// one mail in hand, and may have to wait for another server.
package final class MilterServer: Sendable {
  private let context: ServiceContext
  private let filter: MailFilter
  private let socket: Descriptor
  private let conversations = Atomic<Int>(0)
  private let isClosed = Atomic<Bool>(false)

  /// More conversations at once are turned away, and the mail system puts its mails off.
  private static let mostConversations = 400
  /// A mail system that says nothing for so long in the middle of a mail has gone, and one that says nothing between
  /// two mails will come again; in seconds.
  private static let patience = 300
  /// When the service ends, a mail that has begun has so many seconds to come to its end.
  private static let lastSeconds = 10

  package init(_ context: ServiceContext, _ filter: MailFilter, _ socket: Descriptor) {
    (self.context, self.filter, self.socket) = (context, filter, socket)
  }

  /// Begins to listen; false if the system has no more threads. When the service ends it waits for the mails that
  /// have begun.
  package func start() -> Bool {
    context.whenStopping { [self] in
      let end = System.nanoseconds + (MilterServer.lastSeconds + 1) * 1_000_000_000
      while conversations.load(ordering: .acquiring) > 0 || !isClosed.load(ordering: .acquiring),
        System.nanoseconds < end
      {
        System.pause(milliseconds: 10)
      }
    }
    return System.startThread { [self] in listen() }
  }

  private func listen() {
    while !context.isStopping {
      guard socket.waitUntilReady(writing: false, atMost: 500) else { continue }
      do throws(SystemError) {
        while let connection = try socket.acceptConnection() { take(connection) }
      } catch {
        // Too many files are open, perhaps: that passes.
        System.pause(milliseconds: 100)
      }
    }
    try? socket.closeFile()
    isClosed.store(true, ordering: .releasing)
  }

  private func take(_ connection: Descriptor) {
    let count = conversations.add(1, ordering: .acquiringAndReleasing).newValue
    let isTaken =
      count <= MilterServer.mostConversations
      && System.startThread { [self] in
        converse(connection)
        try? connection.closeFile()
        conversations.subtract(1, ordering: .acquiringAndReleasing)
      }
    guard !isTaken else { return }
    try? connection.closeFile()
    conversations.subtract(1, ordering: .acquiringAndReleasing)
  }

  private func converse(_ connection: Descriptor) {
    let desk = MailDesk(context)
    var session = MilterSession { [filter] mail in filter.conclude(mail, by: desk) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while !session.isOver, wait(for: connection, isBusy: session.isBusy) {
      let received = buffer.withUnsafeMutableBytes { buffer in
        Result { () throws(SystemError) in try connection.receive(into: buffer) }
      }
      guard case .success(let count) = received, count != 0 else { return }
      let answer = session.receive(buffer[..<(count ?? 0)])
      guard send(answer, to: connection) else { return }
    }
  }

  /// Waits for more; false if none comes, or no more is to be read.
  private func wait(for connection: Descriptor, isBusy: Bool) -> Bool {
    let start = System.nanoseconds
    var stopping: Int?
    while true {
      if connection.waitUntilReady(writing: false, atMost: 500) { return true }
      let now = System.nanoseconds
      if now - start > MilterServer.patience * 1_000_000_000 { return false }
      guard context.isStopping else { continue }
      if !isBusy { return false }
      let since = stopping ?? now
      stopping = since
      if now - since > MilterServer.lastSeconds * 1_000_000_000 { return false }
    }
  }

  private func send(_ bytes: [UInt8], to connection: Descriptor) -> Bool {
    var position = 0
    while position < bytes.count {
      let count = bytes[position...].withUnsafeBytes { try? connection.send($0) }
      guard let count else { return false }
      position += count
      if count == 0, !connection.waitUntilReady(writing: true, atMost: 60_000) { return false }
    }
    return true
  }
}

extension MailFilter {
  /// A filter of this process.
  package static func ofProcess(_ context: ServiceContext) -> MailFilter {
    MailFilter(
      Surroundings(
        // A day for which nothing is proved the policy refuses itself.
        moment: { Moment(day: context.today() ?? .first, hour: System.localHour) },
        submit: { Submission.submit($1, to: $0) },
        token: {
          System.randomBytes(16).map { $0.map { String($0, radix: 16) }.joined(separator: ".") }
        }))
  }
}
