import Model
@testable import Program
import Syntax
import TestSupport
import Testing

/// The bytes of a built policy, to be changed.
final class BuiltFile {
  private let memory: UnsafeMutableRawBufferPointer

  var count: Int { memory.count }

  /// Builds a policy that has no errors.
  convenience init(_ text: PolicyText) throws {
    let resolution = resolved(text).resolution
    guard let policy = resolution.policy else {
      throw NoPolicy(description: resolution.errors.first ?? "")
    }
    self.init(try #require(Program.built(policy, from: text, by: "test")))
  }

  init(_ program: Program) {
    memory = program.withBytes { BuiltFile.copy(of: $0) }
  }

  private init(copying other: BuiltFile) {
    memory = BuiltFile.copy(of: UnsafeRawBufferPointer(other.memory))
  }

  deinit { memory.deallocate() }

  func copy() -> BuiltFile { BuiltFile(copying: self) }

  private static func copy(of bytes: UnsafeRawBufferPointer) -> UnsafeMutableRawBufferPointer {
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: bytes.count, alignment: Image.alignment)
    memory.copyMemory(from: bytes)
    return memory
  }

  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    body(UnsafeRawBufferPointer(memory))
  }

  func withMutableBytes(_ body: (UnsafeMutableRawBufferPointer) -> Void) { body(memory) }

  /// The program that the bytes are, in memory of its own.
  func program() throws(ImageError) -> Program {
    try Program(reading: UnsafeRawBufferPointer(BuiltFile.copy(of: withBytes { $0 }))) {
      $0.deallocate()
    }
  }

  // MARK: - Changes

  /// Why the bytes are refused with a change made to them, which is then taken back.
  func error(kept: Int? = nil, _ change: (UnsafeMutableRawBufferPointer) -> Void) -> ImageError? {
    let original = Array(memory)
    defer { memory.copyBytes(from: original) }
    change(memory)
    return error(count: count, kept: kept)
  }

  func isRefused(kept: Int? = nil, _ change: (UnsafeMutableRawBufferPointer) -> Void) -> Bool {
    error(kept: kept, change) != nil
  }

  /// Why so many of the bytes are refused, zeros added where there are not enough; of `kept` of them all others
  /// are read once.
  func error(count: Int, kept: Int? = nil) -> ImageError? {
    let bytes = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(count, 1), alignment: Image.alignment)
    defer { bytes.deallocate() }
    bytes.initializeMemory(as: UInt8.self, repeating: 0)
    bytes.copyBytes(from: memory.prefix(count))
    let keptCount = min(kept ?? count, count)
    var next = keptCount
    do throws(ImageError) {
      _ = try Program(
        reading: UnsafeRawBufferPointer(rebasing: bytes[..<keptCount]), wholeCount: count,
        rest: { buffer in
          let part = UnsafeRawBufferPointer(
            rebasing: bytes[next..<min(next + buffer.count, count)])
          buffer.copyMemory(from: part)
          next += part.count
          return part.count
        }, release: { _ in })
      return nil
    } catch {
      return error
    }
  }

  /// Puts the checksum that the bytes should have in its place.
  static func seal(_ bytes: UnsafeMutableRawBufferPointer) {
    let sum = Checksum.of(UnsafeRawBufferPointer(bytes))
    bytes.storeBytes(of: sum, toByteOffset: Checksum.place, as: UInt64.self)
  }

  /// Spoils four bytes of a record, or where a section lies.
  func spoilRecord(_ random: inout SeededRandom) {
    let sections = Section.allCases.filter { $0 != .sources && !bounds(of: $0).isEmpty }
    guard let section = sections.randomElement(using: &random) else { return }
    let isTable = Int.random(in: 0..<40, using: &random) == 0
    let range = isTable ? Image.tableStart..<Image.tableEnd : bounds(of: section)
    let place = range.lowerBound + Int.random(in: 0..<(range.count + 3) / 4, using: &random) * 4
    let old = memory.loadUnaligned(fromByteOffset: place, as: UInt32.self)
    let other = range.lowerBound + Int.random(in: 0..<(range.count + 3) / 4, using: &random) * 4
    let new: UInt32 =
      switch Int.random(in: 0..<8, using: &random) {
      case 0: old ^ 1 << UInt32.random(in: 0..<32, using: &random)
      case 1: 0
      case 2: .max
      case 3: old &+ 1
      case 4: old &- 1
      case 5: UInt32.random(in: 0..<300, using: &random)
      case 6: memory.loadUnaligned(fromByteOffset: other, as: UInt32.self)
      default: UInt32.random(in: 0 ... .max, using: &random)
      }
    memory.storeBytes(of: new, toByteOffset: place, as: UInt32.self)
  }

  private func bounds(of section: Section) -> Range<Int> {
    let entry = Image.tableStart + section.rawValue * 16
    let start = Int(memory.loadUnaligned(fromByteOffset: entry, as: UInt64.self) & 0xFFFF_FFFF)
    let count = Int(memory.loadUnaligned(fromByteOffset: entry + 8, as: UInt64.self) & 0xFFFF_FFFF)
    return start + count <= self.count ? start..<start + count : 0..<0
  }
}

/// What is wrong with a policy that should be without errors.
struct NoPolicy: Error, CustomStringConvertible {
  let description: String
}
