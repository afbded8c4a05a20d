import Workspace

/// Where messages are read from: a file, or standard input.
struct MessageInput {
  /// As messages about it say.
  let name: String
  let read: (UnsafeMutableRawBufferPointer) throws(SystemError) -> Int
  private let file: Descriptor?

  init(
    name: String, file: Descriptor? = nil,
    read: @escaping (UnsafeMutableRawBufferPointer) throws(SystemError) -> Int
  ) {
    self.name = name
    self.file = file
    self.read = read
  }

  /// Opens a file; `-` is standard input.
  static func open(_ path: String, _ console: Console) throws(Failure) -> MessageInput {
    guard path != "-" else {
      return MessageInput(
        name: "standard input",
        read: { (buffer) throws(SystemError) in try console.readInput(into: buffer) })
    }
    do throws(SystemError) {
      let file = try System.openForReading(path, waiting: true)
      return MessageInput(
        name: "`\(path)`", file: file,
        read: { (buffer) throws(SystemError) in try file.readBytes(into: buffer) })
    } catch {
      throw .problem("cannot read `\(path)`: \(error.reason)")
    }
  }

  func close() {
    try? file?.closeFile()
  }

  /// All there is behind a byte order mark, up to a bound; one byte more shows that there was more.
  func contents(atMost limit: Int) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let result = chunk.withUnsafeMutableBytes { buffer in
        Result { () throws(SystemError) in try read(buffer) }
      }
      switch result {
      case .success(0):
        let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        return hasMark ? Array(bytes.dropFirst(3)) : bytes
      case .success(let count): bytes += chunk[..<count]
      case .failure(let error): throw .problem("cannot read \(name): \(error.reason)")
      }
    }
    return Array(bytes.prefix(limit + 1))
  }
}
