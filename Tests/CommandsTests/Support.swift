import Commands
import Values
import Workspace

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a command line gave.
struct Outcome {
  let code: ExitCode
  let output: String
  let errors: String
}

/// Carries out a command line, with everything that it reads and writes in memory.
func rulec(
  _ words: String..., input: String = "", today: Day? = Day(year: 2026, month: 1, day: 1),
  change: (inout Console.Surroundings) -> Void = { _ in }
) -> Outcome {
  rulec(words, input: Array(input.utf8), today: today, change: change)
}

func rulec(
  _ words: [String], input: [UInt8], today: Day? = Day(year: 2026, month: 1, day: 1),
  change: (inout Console.Surroundings) -> Void = { _ in }
) -> Outcome {
  let recording = Recording(input: input)
  var surroundings = Console.Surroundings(today: today ?? .first)
  change(&surroundings)
  let code = CommandLineTool.run(words, Console(recording.streams, surroundings))
  return Outcome(
    code: code, output: String(decoding: recording.output, as: UTF8.self),
    errors: String(decoding: recording.errors, as: UTF8.self))
}

/// Streams that end in memory.
final class Recording {
  private(set) var output: [UInt8] = []
  private(set) var errors: [UInt8] = []
  private var input: ArraySlice<UInt8>

  init(input: [UInt8]) {
    self.input = input[...]
  }

  var streams: Console.Streams {
    Console.Streams(
      input: { (buffer) throws(SystemError) in self.take(into: buffer) },
      output: { (bytes) throws(SystemError) in self.output += bytes },
      errors: { (bytes) throws(SystemError) in self.errors += bytes })
  }

  private func take(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let part = input.prefix(buffer.count)
    buffer.copyBytes(from: part)
    input = input.dropFirst(part.count)
    return part.count
  }
}

/// A folder that is gone when the test is over.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/rulec-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Missing() }
    path = try System.realPath(String(decoding: template.dropLast().map(UInt8.init), as: UTF8.self))
  }

  /// A folder that holds these files.
  convenience init(_ files: [String: String]) throws {
    try self.init()
    for (path, text) in files { try write(path, text) }
  }

  deinit {
    TemporaryFolder.remove(path)
  }

  subscript(relative: String) -> String { "\(path)/\(relative)" }

  func write(_ relative: String, _ text: String) throws {
    try write(relative, Array(text.utf8))
  }

  func write(_ relative: String, _ bytes: [UInt8]) throws {
    try makeFolders(above: relative)
    System.delete(self[relative])
    try FileReplacement.create(self[relative], with: bytes)
  }

  func makeFolders(above relative: String) throws {
    var path = self.path
    for step in relative.split(separator: "/").dropLast() {
      path += "/\(step)"
      if (try? System.status(path)) == nil { try System.makeFolder(path) }
    }
  }

  /// Makes a link that leads to `target`, as it is written.
  func link(_ relative: String, to target: String) throws {
    try makeFolders(above: relative)
    guard symlink(target, self[relative]) == 0 else { throw Missing() }
  }

  func makePipe(_ relative: String) throws {
    guard mkfifo(self[relative], 0o600) == 0 else { throw Missing() }
  }

  func setPermissions(_ relative: String, _ permissions: UInt32) {
    _ = chmod(self[relative], mode_t(permissions))
  }

  func read(_ relative: String) throws -> String {
    try String(decoding: FileContents.read(self[relative]).get(), as: UTF8.self)
  }

  var names: [String] {
    ((try? System.names(inFolder: path)) ?? []).map { String(decoding: $0, as: UTF8.self) }.sorted()
  }

  private static func remove(_ path: String) {
    guard let status = try? System.status(path) else { return }
    guard status.kind == .folder else { return System.delete(path) }
    chmod(path, 0o700)
    for name in (try? System.names(inFolder: path)) ?? [] {
      var location = Array(path.utf8) + [0x2F] + name
      location.append(0)
      location.withUnsafeBytes { bytes in
        guard let start = bytes.bindMemory(to: CChar.self).baseAddress else { return }
        if unlink(start) != 0 { remove(String(decoding: location.dropLast(), as: UTF8.self)) }
      }
    }
    rmdir(path)
  }
}

struct Missing: Error {}

/// A pipe: what is written to its second end can be read from its first.
func makePipe() throws -> (reading: Descriptor, writing: Descriptor) {
  var ends: [Int32] = [0, 0]
  guard pipe(&ends) == 0 else { throw Missing() }
  return (Descriptor(ends[0]), Descriptor(ends[1]))
}

func openForWriting(_ path: String) throws -> Descriptor {
  let number = open(path, O_WRONLY)
  guard number >= 0 else { throw Missing() }
  return Descriptor(number)
}

/// The same with a rule more, which contradicts the first.
let contradictoryPolicy =
  smallPolicy + """

    rule Nobody is written to at the weekend
      if today is not a working day
      then hold for review

    """

var isRoot: Bool { geteuid() == 0 }

/// A policy of few words, without anything to complain of.
let smallPolicy = """
  fact recipient prefers: one of plain, encrypted, if recorded
  outcome send plain
  outcome send encrypted
  outcome hold for review

  if recipient prefers plain then send plain

  otherwise send encrypted
  when unsure hold for review

  scenario Who asks for plain email gets it
    given recipient prefers plain
    expect send plain

  """
