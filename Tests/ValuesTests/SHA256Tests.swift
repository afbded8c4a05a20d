import Testing
import Values

@Suite struct `The digest` {
  /// The examples published with FIPS 180-4.
  @Test(
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno"
          + "ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
      ),
    ])
  func `is that of the standard's examples`(text: String, digest: String) {
    #expect(SHA256.hex(of: text.utf8) == digest)
  }

  @Test func `of a million times the letter a is that of the standard`() {
    var digest = SHA256()
    let part = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000)
    for _ in 0..<1_000 { digest.update(part) }
    #expect(
      SHA256.hex(digest.finalize())
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  /// The expected digest was computed with Python's hashlib.
  @Test func `is right for every length up to three blocks`() {
    var all = SHA256()
    for length in 0...200 {
      let bytes = (0..<length).map { UInt8(($0 * 7 + length) % 256) }
      var digest = SHA256()
      digest.update(bytes)
      all.update(digest.finalize())
    }
    #expect(
      SHA256.hex(all.finalize())
        == "e673d33f6940a6d3856d0d305fd88363ae0ba3b96e2411d8ddd5e0dd443f4525")
  }

  @Test func `is the same without the processor's instructions`() {
    let bytes = (0..<1_000).map { UInt8(($0 * 31) % 256) }
    for length in 0...300 {
      var (usual, plain) = (SHA256(), SHA256(byInstructions: false))
      for part in [bytes[..<length], bytes[length..<3 * length]] {
        usual.update(part)
        plain.update(part)
      }
      #expect(usual.finalize() == plain.finalize())
    }
  }

  @Test func `does not depend on how the bytes are cut`() {
    let bytes = (0..<300).map { UInt8($0 % 251) }
    let whole = SHA256.hex(of: bytes)
    for cut in 0...130 {
      var digest = SHA256()
      digest.update(bytes[..<cut])
      digest.update([])
      digest.update(bytes[cut..<2 * cut])
      bytes[(2 * cut)...].withUnsafeBytes { digest.update($0) }
      #expect(SHA256.hex(digest.finalize()) == whole)
    }
  }

  @Test func `may be taken in passing`() {
    var digest = SHA256()
    digest.update("ab".utf8)
    #expect(SHA256.hex(digest.finalize()) == SHA256.hex(of: "ab".utf8))
    digest.update("c".utf8)
    #expect(SHA256.hex(digest.finalize()) == SHA256.hex(of: "abc".utf8))
  }
}
