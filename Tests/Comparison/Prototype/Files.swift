#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads a whole file, and appends 64 zero bytes, so that loads of whole words stay in bounds.
/// Never freed: the prototype needs its files until it ends.
func readFile(_ path: String) -> UnsafeRawBufferPointer {
  let file = open(path, O_RDONLY)
  guard file >= 0 else { fatalError("cannot read \(path)") }
  let size = Int(lseek(file, 0, SEEK_END))
  lseek(file, 0, SEEK_SET)
  let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: size + 64, alignment: 64)
  bytes.initializeMemory(as: UInt8.self, repeating: 0)
  var count = 0
  while count < size {
    let more = read(file, bytes.baseAddress.map { $0 + count }, size - count)
    guard more > 0 else { fatalError("cannot read \(path)") }
    count += more
  }
  close(file)
  return UnsafeRawBufferPointer(rebasing: bytes[..<size])
}

func readLines(_ path: String) -> [Substring] {
  String(decoding: readFile(path), as: UTF8.self).split(separator: "\n")
}

/// The whole numbers in a file, whatever stands between them.
func readNumbers(_ path: String) -> [Int] {
  var numbers: [Int] = []
  var number = 0
  var isNegative = false
  var isInside = false
  for byte in readFile(path) {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      number = number * 10 + Int(byte - UInt8(ascii: "0"))
      isInside = true
    case UInt8(ascii: "-"):
      isNegative = true
    default:
      if isInside { numbers.append(isNegative ? -number : number) }
      (number, isNegative, isInside) = (0, false, false)
    }
  }
  return isInside ? numbers + [isNegative ? -number : number] : numbers
}

/// Nanoseconds on a clock that only goes forward.
func nanoseconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

/// The most memory that this process has held, in bytes.
func peakMemory() -> Int {
  for line in ProcessStatus.lines where line.hasPrefix("VmHWM:") {
    return line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) }.map { $0 * 1024 }
      ?? 0
  }
  return 0
}

/// The lines of `/proc/self/status`, whose size is not known beforehand.
enum ProcessStatus {
  static var lines: [Substring] {
    let file = open("/proc/self/status", O_RDONLY)
    guard file >= 0 else { return [] }
    defer { close(file) }
    let text = String(unsafeUninitializedCapacity: 8192) {
      max(0, read(file, $0.baseAddress, 8192))
    }
    return text.split(separator: "\n")
  }
}
