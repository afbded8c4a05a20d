#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

// What the operating system does for a program that connects to others.

extension System {
  /// Connects to a port of a server, by its name or address; waits for it no longer than some milliseconds.
  package static func connection(
    host: String, port: Int, atMost milliseconds: Int
  ) throws(SystemError) -> Descriptor {
    var hints = addrinfo()
    hints.ai_family = AF_UNSPEC
    #if canImport(Darwin)
      hints.ai_socktype = SOCK_STREAM
    #else
      hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    #endif
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, String(port), &hints, &found) == 0 else {
      throw SystemError(code: EHOSTUNREACH)
    }
    defer { freeaddrinfo(found) }
    var error = SystemError(code: EHOSTUNREACH)
    var next = found
    while let address = next?.pointee {
      do throws(SystemError) {
        return try connection(address, atMost: milliseconds)
      } catch let problem {
        error = problem
      }
      next = address.ai_next
    }
    throw error
  }

  private static func connection(
    _ address: addrinfo, atMost milliseconds: Int
  ) throws(SystemError) -> Descriptor {
    let number = socket(address.ai_family, address.ai_socktype, address.ai_protocol)
    guard number >= 0 else { throw SystemError(code: errno) }
    let descriptor = Descriptor(number)
    let flags = fcntl(number, F_GETFL)
    _ = fcntl(number, F_SETFL, flags | O_NONBLOCK)
    _ = fcntl(number, F_SETFD, FD_CLOEXEC)
    #if canImport(Darwin)
      let code = Darwin.connect(number, address.ai_addr, address.ai_addrlen)
    #else
      let code = Glibc.connect(number, address.ai_addr, address.ai_addrlen)
    #endif
    if code == 0 { return descriptor }
    let isUnderWay = errno == EINPROGRESS
    var problem = SystemError(code: isUnderWay ? ETIMEDOUT : errno)
    if isUnderWay, descriptor.waitUntilReady(writing: true, atMost: milliseconds) {
      var result: Int32 = 0
      var size = socklen_t(MemoryLayout<Int32>.size)
      if getsockopt(number, SOL_SOCKET, SO_ERROR, &result, &size) == 0, result == 0 {
        return descriptor
      }
      problem = SystemError(code: result)
    }
    try? descriptor.closeFile()
    throw problem
  }

  /// Bytes that nobody can guess; nil if the system has none.
  package static func randomBytes(_ count: Int) -> [UInt8]? {
    guard let file = try? openForReading("/dev/urandom") else { return nil }
    defer { try? file.closeFile() }
    var bytes = [UInt8](repeating: 0, count: count)
    guard let read = try? bytes.readBytes(from: file), read == count else { return nil }
    return bytes
  }

  /// The hour of the day where this computer stands, from 0 to 23.
  package static var localHour: Int {
    var now = time(nil)
    var parts = tm()
    return localtime_r(&now, &parts) == nil ? 0 : Int(parts.tm_hour)
  }
}

extension Descriptor {
  /// Waits until there is something to read, or until something can be written; false if that is not so after some
  /// milliseconds. An end and an error count as something.
  package func waitUntilReady(writing: Bool, atMost milliseconds: Int) -> Bool {
    let end = System.nanoseconds + milliseconds * 1_000_000
    while true {
      let rest = max(0, (end - System.nanoseconds) / 1_000_000)
      var request = pollfd(fd: number, events: Int16(writing ? POLLOUT : POLLIN), revents: 0)
      let count = poll(&request, 1, Int32(min(rest, 1 << 30)))
      if count > 0 { return true }
      if count == 0 || errno != EINTR { return false }
    }
  }
}
