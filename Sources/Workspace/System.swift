#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

// This file and the others named System+….swift alone talk to the operating system.

/// What the operating system can be asked to do with files, folders and the process itself.
package enum System {
  // MARK: Files and folders

  /// What stands at a path; of a link the link itself, unless `followingLinks`.
  package static func status(
    _ path: String, followingLinks: Bool = false
  ) throws(SystemError) -> FileStatus {
    var info = stat()
    guard (followingLinks ? stat(path, &info) : lstat(path, &info)) == 0 else { throw .latest }
    return FileStatus(info)
  }

  package static func status(of file: Descriptor) throws(SystemError) -> FileStatus {
    var info = stat()
    guard fstat(file.number, &info) == 0 else { throw .latest }
    return FileStatus(info)
  }

  /// Opens a file for reading; only where `waiting` is asked for, it waits for the other end of a
  /// named pipe.
  package static func openForReading(
    _ path: String, waiting: Bool = false
  ) throws(SystemError) -> Descriptor {
    try opened(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | (waiting ? 0 : O_NONBLOCK), 0)
  }

  /// Makes a file that is not there yet, and opens it for writing.
  package static func createFile(
    _ path: String, permissions: UInt32 = 0o666
  ) throws(SystemError) -> Descriptor {
    try opened(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(permissions))
  }

  private static func opened(
    _ path: String, _ flags: Int32, _ mode: mode_t
  ) throws(SystemError) -> Descriptor {
    while true {
      let number = open(path, flags, mode)
      if number >= 0 { return Descriptor(number) }
      guard errno == EINTR else { throw .latest }
    }
  }

  /// The names in a folder, as bytes, in no order; `.` and `..` left out.
  package static func names(inFolder path: String) throws(SystemError) -> [[UInt8]] {
    guard let stream = opendir(path) else { throw .latest }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
    }
    guard errno == 0 else { throw .latest }
    return names
  }

  /// The path from the root of the disk, without links, `.` and `..`.
  package static func realPath(_ path: String) throws(SystemError) -> String {
    guard let resolved = realpath(path, nil) else { throw .latest }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  package static func makeFolder(_ path: String) throws(SystemError) {
    guard mkdir(path, 0o777) == 0 else { throw .latest }
  }

  package static func isWritable(_ path: String) -> Bool {
    access(path, W_OK) == 0
  }

  /// Gives a file another name, in one step; a file that had that name is gone.
  package static func move(_ path: String, to other: String) throws(SystemError) {
    guard rename(path, other) == 0 else { throw .latest }
  }

  package static func delete(_ path: String) {
    _ = unlink(path)
  }

  /// Gives an open file another's permissions and, where that is allowed, its owner.
  package static func setPermissions(
    of file: Descriptor, like other: FileStatus
  ) throws(SystemError) {
    _ = fchown(file.number, other.user, other.group)
    guard fchmod(file.number, mode_t(other.permissions)) == 0 else { throw .latest }
  }

  /// Waits until what was written is on the disk.
  package static func synchronize(_ file: Descriptor) throws(SystemError) {
    guard fsync(file.number) == 0 || errno == EINVAL else { throw .latest }
  }

  // MARK: Memory

  /// Memory of its own, filled with zeros, that begins at the beginning of a page.
  static func memory(byteCount: Int) throws(SystemError) -> UnsafeMutableRawBufferPointer {
    #if os(Linux)
      // All pages at once: one by one they cost more than reading a file into them.
      let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE
    #else
      let flags = MAP_PRIVATE | MAP_ANON
    #endif
    let start = mmap(nil, byteCount, PROT_READ | PROT_WRITE, flags, -1, 0)
    guard let start, start != MAP_FAILED else { throw .latest }
    return UnsafeMutableRawBufferPointer(start: start, count: byteCount)
  }

  static func giveBack(_ memory: UnsafeMutableRawBufferPointer) {
    _ = munmap(memory.baseAddress, memory.count)
  }

  // MARK: The process

  package static var processNumber: Int { Int(getpid()) }

  /// The folder in which the command was called.
  package static var workingFolder: String? { try? realPath(".") }

  package static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// Days since 1 January 1970, by the system's clock in UTC.
  package static var dayNumber: Int {
    let seconds = Int(time(nil))
    return seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
  }

  /// The most bytes of memory that the process has had at once.
  package static var peakMemory: Int {
    var usage = rusage()
    #if canImport(Darwin)
      getrusage(RUSAGE_SELF, &usage)
    #else
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #endif
    #if canImport(Darwin)
      return usage.ru_maxrss
    #else
      return usage.ru_maxrss * 1024
    #endif
  }

  /// Nanoseconds of a clock that only ever goes forward.
  package static var nanoseconds: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
  }

  /// Does nothing for some milliseconds.
  package static func pause(milliseconds: Int) { _ = poll(nil, 0, Int32(milliseconds)) }

  /// Lets another thread go on first.
  package static func yield() { _ = sched_yield() }

  /// Makes writing to a closed pipe an error; otherwise it would end the process.
  package static func ignoreClosedPipes() {
    _ = signal(SIGPIPE, SIG_IGN)
  }

  package static func endProcess(_ code: Int32) -> Never {
    exit(code)
  }
}

/// An open file, pipe or terminal, by its number.
package struct Descriptor: Hashable, Sendable {
  package let number: Int32

  package init(_ number: Int32) {
    self.number = number
  }

  package static let input = Descriptor(0)
  package static let output = Descriptor(1)
  package static let errors = Descriptor(2)

  /// Fills the front of `buffer` with what there is to read, and gives its size: 0 at the end.
  package func readBytes(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
    guard let start = buffer.baseAddress, buffer.count > 0 else { return 0 }
    while true {
      let count = read(number, start, buffer.count)
      if count >= 0 { return count }
      try waitOrThrow(Int16(POLLIN))
    }
  }

  /// Writes all of `bytes`, however many attempts that takes.
  package func writeBytes(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest)
      let count = write(number, part.baseAddress, part.count)
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count < 0 {
        try waitOrThrow(Int16(POLLOUT))
      }
    }
  }

  /// After an interruption there is nothing to do; a pipe that is not ready is waited for.
  private func waitOrThrow(_ event: Int16) throws(SystemError) {
    switch errno {
    case EINTR: return
    case EAGAIN:
      var request = pollfd(fd: number, events: event, revents: 0)
      _ = poll(&request, 1, -1)
    default: throw .latest
    }
  }

  package func closeFile() throws(SystemError) {
    guard close(number) == 0 || errno == EINTR else { throw .latest }
  }

  package var isTerminal: Bool { isatty(number) == 1 }
}

/// What the operating system knows of one file or folder.
package struct FileStatus: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case file, folder, link
    /// A pipe, a device or a socket: nothing that a policy is made of.
    case other
  }

  package let kind: Kind
  package let size: Int
  /// When its contents were last changed, in nanoseconds since 1 January 1970.
  package let modified: Int
  /// Who may read and write it, as the system writes it.
  package let permissions: UInt32
  /// What tells one file from another, whatever they are called.
  package let identity: Identity
  fileprivate let user: uid_t
  fileprivate let group: gid_t

  package struct Identity: Hashable, Sendable {
    let device: UInt64
    let number: UInt64
  }

  fileprivate init(_ info: stat) {
    switch info.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .folder
    case S_IFLNK: kind = .link
    default: kind = .other
    }
    size = Int(info.st_size)
    permissions = UInt32(info.st_mode & 0o7777)
    identity = Identity(
      device: UInt64(truncatingIfNeeded: info.st_dev), number: UInt64(info.st_ino))
    modified = FileStatus.nanoseconds(info)
    user = info.st_uid
    group = info.st_gid
  }

  private static func nanoseconds(_ info: stat) -> Int {
    #if canImport(Darwin)
      let time = info.st_mtimespec
    #else
      let time = info.st_mtim
    #endif
    return Int(time.tv_sec) &* 1_000_000_000 &+ Int(time.tv_nsec)
  }
}

/// Something that the operating system refused to do.
package struct SystemError: Error, Hashable, Sendable {
  package let code: Int32

  package var isMissing: Bool { code == ENOENT || code == ENOTDIR }
  /// Whether nobody reads any more what is written.
  package var isClosedPipe: Bool { code == EPIPE }
  package var isExisting: Bool { code == EEXIST }

  /// Why, in a few plain words.
  package var reason: String {
    switch code {
    case ENOENT: "there is no such file"
    case ENOTDIR: "part of its path is not a folder"
    case EACCES, EPERM: "you have no permission to do that"
    case EISDIR: "it is a folder"
    case ELOOP: "its links lead round in a circle"
    case ENAMETOOLONG: "its name is too long"
    case ENOSPC, EDQUOT: "the disk is full"
    case EFBIG: "it has grown too large"
    case EROFS: "the disk cannot be written to"
    case EIO: "the disk reports an error"
    case EBADF: "it is closed"
    case EMFILE, ENFILE: "too many files are open"
    case EEXIST: "there is a file of that name already"
    default: String(cString: strerror(code))
    }
  }

  package static let noThread = SystemError(code: EAGAIN)
  static let readOnly = SystemError(code: EACCES)
  package static let occupied = SystemError(code: EEXIST)

  static var latest: SystemError { SystemError(code: errno) }
}
