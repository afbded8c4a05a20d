/// Keyed hashes: who does not have the key can neither make them nor try out what they stand for.
///
/// Source: FIPS PUB 198-1, "The Keyed-Hash Message Authentication Code", section 4, with SHA-256.
package struct HMAC: Sendable {
  private var inner = SHA256()
  private var outer = SHA256()

  /// Hashes by a key of any length.
  package init(key: [UInt8]) {
    let blockSize = 64
    var block = key
    if key.count > blockSize {
      var digest = SHA256()
      digest.update(key)
      block = digest.finalize()
    }
    block += [UInt8](repeating: 0, count: blockSize - block.count)
    inner.update(block.map { $0 ^ 0x36 })
    outer.update(block.map { $0 ^ 0x5c })
  }

  /// The hash of a text as 64 hexadecimal digits.
  package func hex(of text: String) -> String {
    var (inner, outer) = (inner, outer)
    inner.update(Array(text.utf8))
    outer.update(inner.finalize())
    return SHA256.hex(outer.finalize())
  }
}
