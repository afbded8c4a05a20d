/// The bytes of a program: a table of sections, and the sections, each on a border of 64 bytes.
///
/// ```text
///   0  magic, 16 bytes        32  the layout of the records
///  16  size in bytes          40  by section, where it begins and how many bytes it has
///  24  checksum
/// ```
///
/// It never changes, so that any number of threads may read it.
final class Image: @unchecked Sendable {
  let bytes: UnsafeRawBufferPointer
  private let release: (UnsafeRawBufferPointer) -> Void

  static let alignment = 64
  /// What begins every image; the number is the version of what its records mean.
  static let magic: [UInt8] = Array("SENDPOLICY-0001\n".utf8)
  /// What begins images of all versions.
  static let kind: [UInt8] = Array("SENDPOLICY-".utf8)

  /// Which sections there are and how large their records are, as one number.
  static let layout: UInt64 = Section.allCases.reduce(0xcbf2_9ce4_8422_2325) { sum, section in
    (sum ^ UInt64(section.recordSize)) &* 0x100_0000_01b3
  }
  static let sizePlace = 16
  static let layoutPlace = 32

  /// Where the table of sections begins.
  static let tableStart = 40
  static let tableEnd = tableStart + Section.allCases.count * 16

  /// Takes over bytes that are an image, and gives them back at the end.
  init(
    _ bytes: UnsafeRawBufferPointer, release: @escaping @Sendable (UnsafeRawBufferPointer) -> Void
  ) {
    self.bytes = bytes
    self.release = release
  }

  /// Puts sections together.
  convenience init(_ sections: SectionBytes) {
    var starts: [Int] = []
    var end = Image.aligned(Image.tableEnd)
    for section in Section.allCases {
      starts.append(end)
      end = Image.aligned(end + sections[section].count)
    }
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: end, alignment: Image.alignment)
    memory.initializeMemory(as: UInt8.self, repeating: 0)
    memory.copyBytes(from: Image.magic)
    for (section, start) in zip(Section.allCases, starts) {
      let entry = Image.tableStart + section.rawValue * 16
      memory.storeBytes(of: UInt64(start), toByteOffset: entry, as: UInt64.self)
      let count = UInt64(sections[section].count)
      memory.storeBytes(of: count, toByteOffset: entry + 8, as: UInt64.self)
      UnsafeMutableRawBufferPointer(rebasing: memory[start...]).copyBytes(from: sections[section])
    }
    memory.storeBytes(of: UInt64(end), toByteOffset: Image.sizePlace, as: UInt64.self)
    memory.storeBytes(of: Image.layout, toByteOffset: Image.layoutPlace, as: UInt64.self)
    let bytes = UnsafeRawBufferPointer(memory)
    memory.storeBytes(of: Checksum.of(bytes), toByteOffset: Checksum.place, as: UInt64.self)
    self.init(bytes) { UnsafeMutableRawBufferPointer(mutating: $0).deallocate() }
  }

  deinit { release(bytes) }

  static func aligned(_ offset: Int) -> Int {
    (offset + alignment - 1) / alignment * alignment
  }

  /// Where a section lies.
  func range(of section: Section) -> Range<Int> {
    let entry = Image.tableStart + section.rawValue * 16
    let start = Int(truncatingIfNeeded: bytes.load(fromByteOffset: entry, as: UInt64.self))
    let count = Int(truncatingIfNeeded: bytes.load(fromByteOffset: entry + 8, as: UInt64.self))
    return start..<start + count
  }

  /// The records of a section.
  func table<Record: BitwiseCopyable>(_ section: Section, of type: Record.Type) -> Table<Record> {
    let range = range(of: section)
    guard let base = bytes.baseAddress else { preconditionFailure("an image is never empty") }
    return Table(
      base: (base + range.lowerBound).assumingMemoryBound(to: Record.self),
      count: range.count / MemoryLayout<Record>.stride)
  }
}
