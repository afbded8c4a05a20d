#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

// What the operating system does with threads and memory.

extension System {
  /// As much stack as the first thread of a process usually has.
  private static let stackSize = 8 << 20

  /// Does something in a thread of its own, for whose end nobody waits; false if the system has no more threads.
  package static func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return false }
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    pthread_attr_setstacksize(&attributes, stackSize)
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let task = Unmanaged.passRetained(ThreadTask(body))
    let code = pthread_create(
      &thread, &attributes,
      { context in
        let context: UnsafeMutableRawPointer? = context
        guard let context else { return nil }
        Unmanaged<ThreadTask>.fromOpaque(context).takeRetainedValue().body()
        return nil
      }, task.toOpaque())
    if code != 0 { task.release() }
    return code == 0
  }

  /// Where a byte first stands.
  package static func offset(of byte: UInt8, in bytes: UnsafeRawBufferPointer) -> Int? {
    guard let start = bytes.baseAddress, let place = memchr(start, Int32(byte), bytes.count)
    else { return nil }
    return UnsafeRawPointer(place) - start
  }
}

private final class ThreadTask: Sendable {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

/// Lets one thread at a time into what several share, and lets them wait for each other.
package final class Monitor: @unchecked Sendable {
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>

  package init() {
    mutex = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    pthread_mutex_init(mutex, nil)
    condition = .allocate(capacity: 1)
    condition.initialize(to: pthread_cond_t())
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    condition.deallocate()
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  /// Does something while no other thread is inside.
  package func enter<Result>(_ body: () -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return body()
  }

  /// Waits until something is so, and lets others in meanwhile. Only inside.
  package func wait(until isSo: () -> Bool) {
    while !isSo() { pthread_cond_wait(condition, mutex) }
  }

  /// Waits until something is so, but no longer than some nanoseconds; false if it is not so even then.
  /// Only inside.
  package func wait(atMost nanoseconds: Int, until isSo: () -> Bool) -> Bool {
    var end = timespec()
    clock_gettime(CLOCK_REALTIME, &end)
    let sum = Int(end.tv_nsec) + nanoseconds
    end.tv_sec += sum / 1_000_000_000
    end.tv_nsec = sum % 1_000_000_000
    while !isSo() {
      guard pthread_cond_timedwait(condition, mutex, &end) == 0 else { return isSo() }
    }
    return true
  }

  /// Lets all who wait look again. Only inside.
  package func wakeAll() { pthread_cond_broadcast(condition) }
}
