import FuzzSupport
@testable import Program

/// Spoils records rather than bytes, because most of a file is bits, of which every pattern is as good as another.
@_cdecl("LLVMFuzzerCustomMutator")
public func spoil(
  _ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ limit: Int, _ seed: UInt32
) -> Int {
  let whole = UnsafeMutableRawBufferPointer(start: bytes, count: count)
  guard count >= Image.tableEnd else { return mutated(bytes, count, limit: limit) }
  var random = Numbers(state: UInt64(seed))
  if random.below(12) == 0 {
    return whole.resizeSection(limit: limit, &random) ?? count
  }
  for _ in 0...random.below(3) { whole.spoilNumber(&random) }
  return count
}

extension UnsafeMutableRawBufferPointer {
  /// Where a section lies, if it lies among the bytes.
  fileprivate func range(of section: Section) -> Range<Int>? {
    let entry = Image.tableStart + section.rawValue * 16
    let start = loadUnaligned(fromByteOffset: entry, as: UInt64.self)
    let length = loadUnaligned(fromByteOffset: entry + 8, as: UInt64.self)
    guard start <= count, length <= UInt64(count) - start else { return nil }
    return Int(start)..<Int(start + length)
  }

  /// Changes four bytes of a record, or of the table that says where sections lie.
  fileprivate func spoilNumber(_ random: inout Numbers) {
    let sections = Section.allCases.compactMap { $0 == .sources ? nil : range(of: $0) }
    guard !sections.isEmpty else { return }
    let isTable = random.below(40) == 0
    let chosen =
      isTable ? Image.tableStart..<Image.tableEnd : sections[random.below(sections.count)]
    guard chosen.count >= 4 else { return }
    let place = chosen.lowerBound + random.below(chosen.count / 4) * 4
    let otherPlace = chosen.lowerBound + random.below(chosen.count / 4) * 4
    let old = loadUnaligned(fromByteOffset: place, as: UInt32.self)
    let other = loadUnaligned(fromByteOffset: otherPlace, as: UInt32.self)
    let new: UInt32 =
      switch random.below(10) {
      case 0: old ^ 1 << UInt32(random.below(32))
      case 1: 0
      case 2: .max
      case 3: old &+ 1
      case 4: old &- 1
      case 5: UInt32(random.below(300))
      case 6, 7: other
      case 8: other &+ UInt32(random.below(3)) &- 1
      default: UInt32(truncatingIfNeeded: random.next())
      }
    storeBytes(of: new, toByteOffset: place, as: UInt32.self)
  }

  /// Repeats or drops some records of a section and lays the file out anew; gives its size, nil if there is no
  /// room for it.
  fileprivate func resizeSection(limit: Int, _ random: inout Numbers) -> Int? {
    let chosen = random.below(Section.allCases.count)
    var sections = SectionBytes()
    for section in Section.allCases {
      guard let range = range(of: section) else { return nil }
      var bytes = Array(self[range])
      let size = section.recordSize
      if section.rawValue == chosen, bytes.count >= size {
        let place = random.below(bytes.count / size) * size
        let end = Swift.min(place + (1 + random.below(4)) * size, bytes.count)
        if random.below(2) == 0 {
          bytes.insert(contentsOf: bytes[place..<end], at: place)
        } else {
          bytes.removeSubrange(place..<end)
        }
      }
      sections.put(section, bytes)
    }
    let image = Image(sections)
    guard image.bytes.count <= limit, let base = baseAddress else { return nil }
    base.copyMemory(
      from: UnsafeRawPointer(image.bytes.baseAddress ?? UnsafeRawPointer(base)),
      byteCount: image.bytes.count)
    return image.bytes.count
  }
}
