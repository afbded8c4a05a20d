extension Image {
  /// The most bytes that an image may have: places in it are numbers of 32 bits.
  static let largest = 1 << 32

  /// Whether bytes begin as images of every version do.
  static func isBegun(by bytes: some Sequence<UInt8>) -> Bool {
    bytes.starts(with: kind)
  }

  /// How many bytes a decision needs of an image that begins so: all but the sources, which come last.
  static func programCount(_ beginning: UnsafeRawBufferPointer) -> Int {
    let entry = tableStart + Section.sources.rawValue * 16
    guard beginning.starts(with: magic), beginning.count >= tableEnd else { return .max }
    let start = beginning.loadUnaligned(fromByteOffset: entry, as: UInt64.self)
    return max(tableEnd, Int(min(start, UInt64(largest)))) / alignment * alignment
  }

  /// Makes sure that these are the bytes that were written, and that every section lies among them.
  ///
  /// `wholeCount` is how many bytes the image has together with those that were not kept, which `rest` gives: it
  /// fills what it is handed, but for the last time. Linear time.
  func checkFrame(
    _ wholeCount: Int, _ rest: (UnsafeMutableRawBufferPointer) -> Int
  ) throws(ImageError) {
    guard Image.isBegun(by: bytes) else { throw .notAProgram }
    guard wholeCount >= Image.magic.count else { throw .cutShort }
    guard bytes.starts(with: Image.magic) else { throw .otherVersion }
    guard bytes.count >= Image.tableStart else { throw .cutShort }
    let size = number(at: Image.sizePlace)
    guard wholeCount >= size else { throw .cutShort }
    guard wholeCount == size else { throw .tooLong }
    guard wholeCount % Image.alignment == 0, bytes.count % Image.alignment == 0,
      wholeCount <= Image.largest,
      number(at: Checksum.place) == checksum(wholeCount - bytes.count, rest)
    else { throw .altered }
    guard number(at: Image.layoutPlace) == Image.layout else { throw .otherVersion }
    guard bytes.count >= Image.tableEnd,
      Section.allCases.allSatisfy({ lies($0, in: $0 == .sources ? wholeCount : bytes.count) })
    else { throw .unsound }
  }

  /// The checksum of the image's bytes and so many more.
  private func checksum(
    _ restCount: Int, _ rest: (UnsafeMutableRawBufferPointer) -> Int
  ) -> UInt64 {
    var checksum = Checksum()
    checksum.add(bytes)
    guard restCount > 0 else { return checksum.value }
    let buffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: min(restCount, 1 << 17), alignment: Image.alignment)
    defer { buffer.deallocate() }
    var left = restCount
    while left > 0 {
      let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(left, buffer.count)])
      // Where the rest ends too early the checksum is another.
      guard rest(part) == part.count else { break }
      checksum.add(UnsafeRawBufferPointer(part))
      left -= part.count
    }
    return checksum.value
  }

  private func number(at place: Int) -> UInt64 {
    bytes.load(fromByteOffset: place, as: UInt64.self)
  }

  /// Whether a section lies in the image, on a border, and holds whole records.
  private func lies(_ section: Section, in byteCount: Int) -> Bool {
    let entry = Image.tableStart + section.rawValue * 16
    let (start, count) = (number(at: entry), number(at: entry + 8))
    return start % UInt64(Image.alignment) == 0 && start >= Image.tableEnd
      && start <= byteCount && count <= UInt64(byteCount) - start
      && count % UInt64(section.recordSize) == 0
  }
}
