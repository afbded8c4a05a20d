#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

// What the operating system does with files that are only ever added to, and with the clock.

extension System {
  /// Opens a file for reading and for adding to its end; makes it, for its owner alone, if it is not there.
  package static func openForAppending(_ path: String) throws(SystemError) -> Descriptor {
    while true {
      let flags = O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK
      let number = open(path, flags, mode_t(0o600))
      if number >= 0 { return Descriptor(number) }
      guard errno == EINTR else { throw .latest }
    }
  }

  /// Waits until the names that a folder holds are on the disk, as far as the system can do that.
  package static func synchronize(folder path: String) throws(SystemError) {
    let folder = try openForReading(path)
    defer { try? folder.closeFile() }
    try synchronize(folder)
  }

  /// Nanoseconds since 1 January 1970, by the system's clock in UTC, which may be set back.
  package static var now: Int {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int(time.tv_sec) &* 1_000_000_000 &+ Int(time.tv_nsec)
  }

  /// Makes writing beyond the allowed size of a file an error; otherwise it would end the process.
  package static func ignoreFileSizeSignals() {
    _ = signal(SIGXFSZ, SIG_IGN)
  }
}

extension Descriptor {
  /// Keeps the file for this process until it is closed; false if another has it.
  package func lock() -> Bool { flock(number, LOCK_EX | LOCK_NB) == 0 }

  /// Reads a part of the file, and gives how much of it there is.
  package func readBytes(
    into buffer: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(SystemError) -> Int {
    var count = 0
    while count < buffer.count, let start = buffer.baseAddress {
      let read = pread(number, start + count, buffer.count - count, off_t(offset + count))
      if read == 0 { break }
      if read < 0 {
        guard errno == EINTR else { throw .latest }
        continue
      }
      count += read
    }
    return count
  }

  /// Cuts the file off behind so many bytes.
  package func truncate(to size: Int) throws(SystemError) {
    while ftruncate(number, off_t(size)) != 0 {
      guard errno == EINTR else { throw .latest }
    }
  }

  /// Waits until what was written, and how much it is, is on the disk.
  package func synchronizeContents() throws(SystemError) {
    #if canImport(Darwin)
      // Beyond what `fsync` does there, it empties the disk's own memory.
      guard fcntl(number, F_FULLFSYNC) == 0 || fsync(number) == 0 else { throw .latest }
    #else
      while fdatasync(number) != 0 {
        guard errno == EINTR else { throw .latest }
      }
    #endif
  }

  /// Another number for the same open file.
  package func duplicate() throws(SystemError) -> Descriptor {
    let copy = fcntl(number, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { throw .latest }
    return Descriptor(copy)
  }
}
