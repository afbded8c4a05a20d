import Findings
package import Model
package import Syntax

extension Program {
  /// Compiles a policy that was checked and proved without error, together with the text that it was read from.
  ///
  /// `tool` is the version of the program that proved it. Nil if it is larger than a program that is read can be.
  package static func built(_ policy: Policy, from text: PolicyText, by tool: String) -> Program? {
    let sourceCount = policy.files.files.reduce(0) { $0 + $1.bytes.count }
    guard sourceCount <= Image.largest / 2 else { return nil }
    var parts = ProgramCompiler.parts(of: policy)
    parts.header.isProved = 1
    parts.tool = Array(tool.utf8)
    for (index, file) in policy.files.files.enumerated() {
      let contents = TextRecord(
        start: UInt32(parts.sources.count), count: UInt32(file.bytes.count))
      parts.sources += file.bytes
      parts.files.append(
        FileRecord(
          path: parts.add(text: file.path.utf8), contents: contents,
          isRuleFile: index < text.ruleFiles.count ? 1 : 0))
    }
    let program = Program(Image(parts.sections))
    program.makeTextMatchers()
    return program.withBytes { (try? Program(reading: $0) { _ in }) != nil } ? program : nil
  }

  /// Takes over the bytes of a program that was built, at an address that is a multiple of 64, and gives them back
  /// with `release` at the end, or at once where they cannot be used.
  ///
  /// `wholeCount` and `rest` are of a program whose sources are not kept: how many bytes it has with them, and
  /// what gives them once, to be checked; `rest` fills what it is handed, but for the last time.
  ///
  /// Every record is looked at before it is used, so that deciding is safe whatever the bytes are. Linear time.
  package convenience init(
    reading bytes: UnsafeRawBufferPointer, wholeCount: Int? = nil,
    rest: (UnsafeMutableRawBufferPointer) -> Int = { _ in 0 },
    release: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
  ) throws(ImageError) {
    precondition(
      Int(bitPattern: bytes.baseAddress) % Image.alignment == 0, "a program lies on a border")
    let image = Image(bytes, release: release)
    try image.checkFrame(wholeCount ?? bytes.count, rest)
    guard image.table(.header, of: HeaderRecord.self).count == 1 else { throw .unsound }
    self.init(image)
    guard Soundness(self).isSound else { throw .unsound }
    makeTextMatchers()
  }

  /// How many bytes deciding needs of a program that begins so: all but its sources.
  package static func countWithoutSources(_ beginning: UnsafeRawBufferPointer) -> Int {
    Image.programCount(beginning)
  }

  /// Whether a file that begins with these bytes was written as a program, of whatever version.
  package static func isBegun(by bytes: some Sequence<UInt8>) -> Bool {
    Image.isBegun(by: bytes)
  }

  /// How many bytes of a file tell whether it was written as a program.
  package static var beginning: Int { Image.kind.count }

  /// The most bytes that a program may have.
  package static var mostBytes: Int { Image.largest }

  /// The program as it is kept in a file.
  package func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    withExtendedLifetime(self) { body(image.bytes) }
  }

  /// Whether the policy was checked and proved without error before it was compiled.
  package var isProved: Bool { header.isProved == 1 }

  /// The version of the tool that proved it; empty where nobody did.
  package var tool: String {
    let bytes = image.table(.tool, of: UInt8.self)
    return String(
      decoding: UnsafeBufferPointer(start: bytes.base, count: bytes.count), as: UTF8.self)
  }

  /// The SHA-256 of the policy's text, in hexadecimal.
  package var hash: String {
    let bytes = image.table(.hash, of: UInt8.self)
    return String(
      decoding: UnsafeBufferPointer(start: bytes.base, count: bytes.count), as: UTF8.self)
  }

  /// How many rules, guards and note rules there are.
  package var ruleCount: Int { rules.count }

  /// The text that the program was compiled from: rule files and list files, by their paths in the policy. Nil
  /// where it was not kept.
  package var source: PolicyText? {
    guard files.count > 0, image.range(of: .sources).upperBound <= image.bytes.count else {
      return nil
    }
    var ruleFiles: [SourceFile] = []
    var lists: [String: [UInt8]] = [:]
    for index in 0..<files.count {
      let file = files[index]
      let path = string(file.path)
      if file.isRuleFile == 1 {
        ruleFiles.append(SourceFile(path: path, bytes: contents(of: file)))
      } else {
        lists[path] = contents(of: file)
      }
    }
    let listFiles = lists
    return PolicyText(ruleFiles: ruleFiles) { path in
      listFiles[path].map { .success($0) } ?? .failure(.missing)
    }
  }

  private var files: Table<FileRecord> { image.table(.files, of: FileRecord.self) }

  private func contents(of file: FileRecord) -> [UInt8] {
    let sources = image.table(.sources, of: UInt8.self)
    let start = sources.base + Int(file.contents.start)
    return Array(UnsafeBufferPointer(start: start, count: Int(file.contents.count)))
  }
}
