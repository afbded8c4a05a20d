import Polling

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

// Waiting for many descriptors at once, and for signals.

/// Tells which of many descriptors can be read or written.
///
/// One thread waits; any may wake it.
package final class Poller: @unchecked Sendable {
  package struct Event {
    package let descriptor: Descriptor
    /// There is something to be read, an end or an error perhaps.
    package let isReadable: Bool
    package let isWritable: Bool
  }

  private let queue: Descriptor
  /// What is written to the second comes out of the first, and ends the waiting.
  private let alarm: (reading: Descriptor, writing: Descriptor)
  private let found = UnsafeMutablePointer<polled>.allocate(capacity: most)
  private static let most = 256

  package init() throws(SystemError) {
    queue = Descriptor(poller_make())
    guard queue.number >= 0 else { throw .latest }
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw .latest }
    alarm = (Descriptor(ends[0]), Descriptor(ends[1]))
    for end in ends {
      _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    try watch(alarm.reading, reading: true, writing: false, isNew: true)
  }

  deinit {
    for descriptor in [queue, alarm.reading, alarm.writing] { try? descriptor.closeFile() }
    found.deallocate()
  }

  /// Says what is wanted to be known of a descriptor, until it is closed.
  package func watch(
    _ descriptor: Descriptor, reading: Bool, writing: Bool, isNew: Bool
  ) throws(SystemError) {
    guard poller_watch(queue.number, descriptor.number, reading, writing, isNew) == 0 else {
      throw .latest
    }
  }

  /// Waits, no longer than some milliseconds, and hands on what there is to be done.
  package func wait(atMost milliseconds: Int, _ body: (Event) -> Void) {
    let count = poller_wait(queue.number, found, Int32(Poller.most), Int32(milliseconds))
    for index in 0..<Int(count) {
      let event = found[index]
      let descriptor = Descriptor(event.descriptor)
      if descriptor == alarm.reading {
        quieten()
      } else {
        body(
          Event(
            descriptor: descriptor, isReadable: event.is_readable, isWritable: event.is_writable))
      }
    }
  }

  /// Ends the waiting, from any thread.
  package func wake() {
    var byte: UInt8 = 1
    _ = write(alarm.writing.number, &byte, 1)
  }

  private func quieten() {
    var bytes: UInt64 = 0
    while read(alarm.reading.number, &bytes, 8) > 0 {}
  }
}

extension System {
  /// What somebody outside asks of the process.
  package enum Signal: Sendable {
    case end
    case reload

    fileprivate static let numbers = [SIGTERM, SIGINT, SIGHUP]
  }

  /// From now on signals do not end the process; each is handed on in a thread of its own. To be called before other
  /// threads are started.
  package static func handSignals(to body: @escaping @Sendable (Signal) -> Void) -> Bool {
    var set = sigset_t()
    sigemptyset(&set)
    for number in Signal.numbers { sigaddset(&set, number) }
    pthread_sigmask(SIG_BLOCK, &set, nil)
    return startThread {
      var set = sigset_t()
      sigemptyset(&set)
      for number in Signal.numbers { sigaddset(&set, number) }
      while true {
        var number: Int32 = 0
        guard sigwait(&set, &number) == 0 else { continue }
        body(number == SIGHUP ? .reload : .end)
      }
    }
  }
}
