@testable import Program

/// The bytes of a built policy's file, sealed as if they were what was written.
struct SpoiledFile {
  private let image: Image

  /// Puts magic, size, layout and checksum in their places, and zeros behind the bytes as far as a border.
  init(_ bytes: UnsafeRawBufferPointer) {
    let count = Image.aligned(max(bytes.count, Image.tableEnd))
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: count, alignment: Image.alignment)
    memory.initializeMemory(as: UInt8.self, repeating: 0)
    memory.copyBytes(from: bytes)
    memory.copyBytes(from: Image.magic)
    memory.storeBytes(of: UInt64(count), toByteOffset: Image.sizePlace, as: UInt64.self)
    memory.storeBytes(of: Image.layout, toByteOffset: Image.layoutPlace, as: UInt64.self)
    let sum = Checksum.of(UnsafeRawBufferPointer(memory))
    memory.storeBytes(of: sum, toByteOffset: Checksum.place, as: UInt64.self)
    image = Image(UnsafeRawBufferPointer(memory)) { $0.deallocate() }
  }

  var checksum: UInt64 {
    image.bytes.load(fromByteOffset: Checksum.place, as: UInt64.self)
  }

  /// The program that it is; nil if it is refused.
  ///
  /// Its sections lie apart, and the address sanitizer ends the process where one reads what is between them.
  func program() -> Program? {
    guard (try? image.checkFrame(image.bytes.count) { _ in 0 }) != nil,
      image.table(.header, of: HeaderRecord.self).count == 1
    else { return nil }
    let program = Program(image.withSectionsApart)
    guard Soundness(program).isSound else { return nil }
    program.makeTextMatchers()
    return program
  }
}

extension Image {
  /// How many bytes at least lie between two sections.
  private static let distance = 128

  fileprivate var withSectionsApart: Image {
    var starts: [Int] = []
    var end = Image.aligned(Image.tableEnd + Image.distance)
    for section in Section.allCases {
      starts.append(end)
      end = Image.aligned(end + range(of: section).count + Image.distance)
    }
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: end, alignment: Image.alignment)
    memory.initializeMemory(as: UInt8.self, repeating: 0)
    memory.copyBytes(from: bytes[..<Image.tableStart])
    for (section, start) in zip(Section.allCases, starts) {
      let own = range(of: section)
      let entry = Image.tableStart + section.rawValue * 16
      memory.storeBytes(of: UInt64(start), toByteOffset: entry, as: UInt64.self)
      memory.storeBytes(of: UInt64(own.count), toByteOffset: entry + 8, as: UInt64.self)
      UnsafeMutableRawBufferPointer(rebasing: memory[start...]).copyBytes(from: bytes[own])
    }
    var free = Image.tableEnd
    for (section, start) in zip(Section.allCases, starts) {
      forbid(memory, free..<start)
      free = start + range(of: section).count
    }
    forbid(memory, free..<end)
    return Image(UnsafeRawBufferPointer(memory)) {
      if let base = $0.baseAddress { permitMemory(base, $0.count) }
      $0.deallocate()
    }
  }

  private func forbid(_ memory: UnsafeMutableRawBufferPointer, _ range: Range<Int>) {
    guard let base = memory.baseAddress else { return }
    forbidMemory(base + range.lowerBound, range.count)
  }
}

@_silgen_name("__asan_poison_memory_region")
private func forbidMemory(_ start: UnsafeRawPointer, _ count: Int)

@_silgen_name("__asan_unpoison_memory_region")
private func permitMemory(_ start: UnsafeRawPointer, _ count: Int)
