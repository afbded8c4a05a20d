#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

// What the operating system does with sockets.

extension System {
  private static let backlog: Int32 = 1024

  #if canImport(Darwin)
    private static let streams = SOCK_STREAM
    private static let datagrams = SOCK_DGRAM
  #else
    private static let streams = Int32(SOCK_STREAM.rawValue)
    private static let datagrams = Int32(SOCK_DGRAM.rawValue)
  #endif

  private static func socketOfItsOwn(_ family: Int32, _ kind: Int32) throws(SystemError)
    -> Descriptor
  {
    let number = socket(family, kind, 0)
    guard number >= 0 else { throw .latest }
    let socket = Descriptor(number)
    do throws(SystemError) {
      try socket.beReady()
    } catch {
      try? socket.closeFile()
      throw error
    }
    return socket
  }

  /// Makes a socket with a name in the file system, which its owner alone can open, and listens on it.
  package static func listen(atPath path: String) throws(SystemError) -> Descriptor {
    let socket = try socketOfItsOwn(AF_UNIX, streams)
    do throws(SystemError) {
      let mask = umask(0o177)
      defer { umask(mask) }
      try withAddress(ofPath: path) { address, length throws(SystemError) in
        guard bind(socket.number, address, length) == 0 else { throw .latest }
      }
      guard Self.start(listeningOn: socket) else { throw .latest }
    } catch {
      try? socket.closeFile()
      throw error
    }
    return socket
  }

  private static func start(listeningOn socket: Descriptor) -> Bool {
    #if canImport(Darwin)
      Darwin.listen(socket.number, backlog) == 0
    #else
      Glibc.listen(socket.number, backlog) == 0
    #endif
  }

  /// Whether a program listens on the socket at a path.
  package static func isAnswering(atPath path: String) -> Bool {
    guard let socket = try? socketOfItsOwn(AF_UNIX, streams) else { return false }
    defer { try? socket.closeFile() }
    let answer = try? withAddress(ofPath: path) { address, length throws(SystemError) in
      connect(socket.number, address, length) == 0 || errno == EAGAIN || errno == EINPROGRESS
    }
    return answer ?? false
  }

  /// Listens for connections to a port of this machine, by its own address in figures.
  package static func listen(host: String, port: UInt16) throws(SystemError) -> Descriptor {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    var address6 = sockaddr_in6()
    address6.sin6_family = sa_family_t(AF_INET6)
    address6.sin6_port = port.bigEndian
    if inet_pton(AF_INET, host, &address.sin_addr) == 1 {
      return try listen(AF_INET, &address, MemoryLayout<sockaddr_in>.size)
    }
    guard inet_pton(AF_INET6, host, &address6.sin6_addr) == 1 else { throw .badAddress }
    return try listen(AF_INET6, &address6, MemoryLayout<sockaddr_in6>.size)
  }

  private static func listen(
    _ family: Int32, _ address: UnsafeRawPointer, _ size: Int
  ) throws(SystemError) -> Descriptor {
    let socket = try socketOfItsOwn(family, streams)
    do throws(SystemError) {
      var yes: Int32 = 1
      setsockopt(
        socket.number, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
      let isBound = bind(
        socket.number, address.assumingMemoryBound(to: sockaddr.self), socklen_t(size))
      guard isBound == 0, start(listeningOn: socket) else { throw .latest }
    } catch {
      try? socket.closeFile()
      throw error
    }
    return socket
  }

  private static func withAddress<Value>(
    ofPath path: String,
    _ body: (UnsafePointer<sockaddr>, socklen_t) throws(SystemError) -> Value
  ) throws(SystemError) -> Value {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    var bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      throw SystemError(code: ENAMETOOLONG)
    }
    // A name that has no file begins with @, as supervisors write it.
    if bytes.first == UInt8(ascii: "@") { bytes[0] = 0 }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let size = MemoryLayout<sockaddr_un>.size
    let length =
      bytes.first == 0 ? size - MemoryLayout.size(ofValue: address.sun_path) + bytes.count : size
    return try withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        Result { () throws(SystemError) in try body(address, socklen_t(length)) }
      }
    }.get()
  }

  // MARK: Supervision

  /// Tells the program that started this one how it is, if it wants to know (sd_notify(3)).
  package static func notifySupervisor(_ state: String) {
    guard let path = environment("NOTIFY_SOCKET"), path.hasPrefix("/") || path.hasPrefix("@"),
      let socket = try? socketOfItsOwn(AF_UNIX, datagrams)
    else { return }
    defer { try? socket.closeFile() }
    _ = try? withAddress(ofPath: path) { address, length throws(SystemError) in
      Array(state.utf8).withUnsafeBytes {
        sendto(socket.number, $0.baseAddress, $0.count, 0, address, length)
      }
    }
  }

  /// The sockets that the program that started this one listens on for it, with their names (sd_listen_fds(3)).
  package static func passedSockets() -> [(name: String, socket: Descriptor)] {
    guard environment("LISTEN_PID").flatMap({ Int($0) }) == processNumber,
      let count = environment("LISTEN_FDS").flatMap({ Int32($0) }), (1...64).contains(count)
    else { return [] }
    let names = (environment("LISTEN_FDNAMES") ?? "")
      .split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    return (0..<count).compactMap { index in
      let socket = Descriptor(3 + index)
      guard (try? socket.beReady()) != nil else { return nil }
      return (Int(index) < names.count ? names[Int(index)] : "", socket)
    }
  }

  /// Allows as many open files as the system lets the process have, and gives how many.
  package static func allowMostFiles() -> Int {
    #if canImport(Darwin)
      let kind = RLIMIT_NOFILE
    #else
      let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #endif
    var limit = rlimit()
    guard getrlimit(kind, &limit) == 0 else { return 256 }
    if limit.rlim_cur < limit.rlim_max {
      var more = limit
      more.rlim_cur = min(limit.rlim_max, 1 << 20)
      if setrlimit(kind, &more) == 0 { limit = more }
    }
    return Int(clamping: limit.rlim_cur)
  }
}

extension Descriptor {
  /// Closed in programs that are started, and never waited for.
  fileprivate func beReady() throws(SystemError) {
    let flags = fcntl(number, F_GETFL)
    guard flags >= 0, fcntl(number, F_SETFL, flags | O_NONBLOCK) == 0,
      fcntl(number, F_SETFD, FD_CLOEXEC) == 0
    else { throw .latest }
    #if canImport(Darwin)
      var yes: Int32 = 1
      setsockopt(number, SOL_SOCKET, SO_NOSIGPIPE, &yes, socklen_t(MemoryLayout<Int32>.size))
    #endif
  }

  /// The next connection to a socket that is listened on; nil if there is none now.
  package func acceptConnection() throws(SystemError) -> Descriptor? {
    while true {
      let number = accept(self.number, nil, nil)
      if number >= 0 {
        let connection = Descriptor(number)
        try connection.beReady()
        var yes: Int32 = 1
        // No more than a courtesy, and none where there is no TCP.
        setsockopt(
          number, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        return connection
      }
      switch errno {
      case EINTR, ECONNABORTED: continue
      case EAGAIN: return nil
      default: throw .latest
      }
    }
  }

  /// Reads what there is now: 0 at the end, nil if there is nothing yet.
  package func receive(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int? {
    while true {
      let count = read(number, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno == EAGAIN { return nil }
      guard errno == EINTR else { throw .latest }
    }
  }

  /// Writes as much as is taken now, and gives how much that is.
  package func send(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int {
    while true {
      let count = write(number, bytes.baseAddress, bytes.count)
      if count >= 0 { return count }
      if errno == EAGAIN { return 0 }
      guard errno == EINTR else { throw .latest }
    }
  }

  /// Says that nothing more will be written.
  package func endWriting() {
    #if canImport(Darwin)
      _ = shutdown(number, SHUT_WR)
    #else
      _ = shutdown(number, Int32(SHUT_WR))
    #endif
  }

  /// The port of a socket of the internet, such as the system has chosen; nil of any other.
  package var port: UInt16? {
    var address = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isKnown = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(number, $0, &length) == 0
      }
    }
    // Of both families the port stands in the same place.
    guard isKnown, [AF_INET, AF_INET6].contains(Int32(address.sin_family)) else { return nil }
    return UInt16(bigEndian: address.sin_port)
  }
}

extension FileStatus {
  /// Whether it is a socket.
  package static func isSocket(_ path: String) -> Bool {
    var info = stat()
    return lstat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFSOCK
  }
}

extension SystemError {
  static let badAddress = SystemError(code: EADDRNOTAVAIL)
  /// Whether the process may not open more files.
  package var isOutOfFiles: Bool { code == EMFILE || code == ENFILE }
}
