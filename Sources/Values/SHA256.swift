import SHA256Instructions

/// The SHA-256 digest of a stream of bytes. It allocates nothing.
///
/// Source: FIPS PUB 180-4, "Secure Hash Standard", sections 4.1.2, 4.2.2, 5 and 6.2.
package struct SHA256: Sendable {
  private var state = SIMD8<UInt32>(
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
    0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19)
  /// The bytes that do not yet fill a block.
  private var pending = SIMD64<UInt8>()
  /// How many they are; always fewer than 64.
  private var pendingCount = 0
  /// How many bytes have been taken in all.
  private var length: UInt64 = 0
  private let hasInstructions: Bool

  /// The digest of no bytes yet. The processor's own instructions are used where it has some and
  /// they are not forbidden; the digest is the same.
  package init(byInstructions: Bool = true) {
    hasInstructions = byInstructions && sha256_instructions_exist()
  }

  /// Takes the next bytes of the stream.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    length &+= UInt64(bytes.count)
    let first = pendingCount == 0 ? 0 : min(SHA256.blockSize - pendingCount, bytes.count)
    keep(bytes[..<first])
    let rest = UnsafeRawBufferPointer(rebasing: bytes[first...])
    let whole = rest.count / SHA256.blockSize
    mix(rest, count: whole)
    keep(rest[(whole * SHA256.blockSize)...])
  }

  /// Takes the next bytes of the stream.
  package mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update($0) }
  }

  /// Takes the next bytes of the stream.
  package mutating func update(_ bytes: some Sequence<UInt8>) {
    update(Array(bytes))
  }

  /// The 32 bytes of the digest of all bytes taken so far; the stream may go on.
  package func finalize() -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    digest.withUnsafeMutableBytes { finalize(into: $0) }
    return digest
  }

  /// Puts the 32 bytes of the digest of all bytes taken so far there. Allocates nothing.
  package func finalize(into digest: UnsafeMutableRawBufferPointer) {
    var last = self
    var block = SIMD64<UInt8>()
    // Behind the bytes a bit that is on, bits that are off, and how many bits came before these.
    let room = SHA256.blockSize - pendingCount
    withUnsafeMutableBytes(of: &block) { padding in
      padding[0] = 0x80
      if room < 9 { last.keep(UnsafeRawBufferPointer(padding)[..<room]) }
    }
    block[0] = room < 9 ? 0 : 0x80
    let end = SHA256.blockSize - last.pendingCount
    withUnsafeMutableBytes(of: &block) { padding in
      padding.storeBytes(of: (length &* 8).bigEndian, toByteOffset: end - 8, as: UInt64.self)
      last.keep(UnsafeRawBufferPointer(padding)[..<end])
    }
    for index in 0..<8 {
      digest.storeBytes(of: last.state[index].bigEndian, toByteOffset: 4 * index, as: UInt32.self)
    }
  }

  /// The digest of the bytes as 64 hexadecimal digits in lower case.
  package static func hex(of bytes: some Sequence<UInt8>) -> String {
    var digest = SHA256()
    digest.update(bytes)
    return hex(digest.finalize())
  }

  /// A digest as hexadecimal digits in lower case, two for each byte.
  package static func hex(_ digest: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let text = digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: text, as: UTF8.self)
  }
}

// MARK: - Blocks

extension SHA256 {
  private static let blockSize = 64

  /// Adds bytes to those that wait for their block to be full; no more than it has room for.
  private mutating func keep(_ bytes: Slice<UnsafeRawBufferPointer>) {
    if bytes.isEmpty { return }
    withUnsafeMutableBytes(of: &pending) { [pendingCount] block in
      UnsafeMutableRawBufferPointer(rebasing: block[pendingCount...]).copyBytes(from: bytes)
    }
    pendingCount += bytes.count
    mixPending()
  }

  private mutating func mixPending() {
    guard pendingCount == SHA256.blockSize else { return }
    pendingCount = 0
    let block = pending
    withUnsafeBytes(of: block) { mix($0, count: 1) }
  }

  /// Mixes the first blocks of the bytes into the state.
  private mutating func mix(_ bytes: UnsafeRawBufferPointer, count: Int) {
    guard count > 0, let base = bytes.baseAddress else { return }
    roundConstants.withUnsafeBufferPointer { constants in
      guard hasInstructions else {
        for block in 0..<count { mixBlock(base + block * SHA256.blockSize, constants) }
        return
      }
      withUnsafeMutableBytes(of: &state) {
        sha256_mix(
          $0.baseAddress?.assumingMemoryBound(to: UInt32.self), constants.baseAddress, base, count)
      }
    }
  }

  /// Mixes one block of 64 bytes into the state (6.2.2).
  private mutating func mixBlock(
    _ block: UnsafeRawPointer, _ constants: UnsafeBufferPointer<UInt32>
  ) {
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
      prepare(schedule, block)
      for round in 0..<64 {
        let sum1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
        let choice = (e & f) ^ (~e & g)
        let first = h &+ sum1 &+ choice &+ constants[round] &+ schedule[round]
        let sum0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
        let majority = (a & b) ^ (a & c) ^ (b & c)
        (h, g, f, e) = (g, f, e, d &+ first)
        (d, c, b, a) = (c, b, a, first &+ sum0 &+ majority)
      }
    }
    state &+= SIMD8(a, b, c, d, e, f, g, h)
  }

  /// Spreads the sixteen words of a block over sixty-four.
  private func prepare(_ schedule: UnsafeMutableBufferPointer<UInt32>, _ block: UnsafeRawPointer) {
    for index in 0..<16 {
      let word = block.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
      schedule[index] = UInt32(bigEndian: word)
    }
    for index in 16..<64 {
      let (early, late) = (schedule[index - 15], schedule[index - 2])
      let sigma0 = rotated(early, 7) ^ rotated(early, 18) ^ (early >> 3)
      let sigma1 = rotated(late, 17) ^ rotated(late, 19) ^ (late >> 10)
      schedule[index] = schedule[index - 16] &+ sigma0 &+ schedule[index - 7] &+ sigma1
    }
  }

  private func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
    (word &>> count) | (word &<< (32 &- count))
  }
}

/// The first thirty-two bits of the fractional parts of the cube roots of the first 64 primes.
private let roundConstants: [UInt32] = [
  0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4,
  0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
  0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f,
  0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7,
  0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc,
  0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
  0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070, 0x19a4_c116,
  0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
  0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7,
  0xc671_78f2,
]
