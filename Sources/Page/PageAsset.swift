import PageAssets
import Values

/// The style sheet or the script, as it stands in the page.
struct PageAsset {
  let text: String

  private init(_ asset: page_asset) {
    let bytes = UnsafeBufferPointer(start: asset.bytes, count: asset.count)
    text = String(decoding: bytes, as: UTF8.self)
  }

  static var style: PageAsset { PageAsset(page_style()) }
  static var script: PageAsset { PageAsset(page_script()) }

  /// What the page may do: follow this style sheet and run this script, and nothing else.
  ///
  /// Source: W3C, "Content Security Policy Level 3", hashes of inline elements.
  static var policy: String {
    "default-src 'none'; style-src '\(style.source)'; script-src '\(script.source)'; "
      + "base-uri 'none'; form-action 'none'"
  }

  private var source: String {
    var sha = SHA256()
    sha.update(Array(text.utf8))
    return "sha256-" + Base64.text(of: sha.finalize())
  }
}

/// Bytes as text, six bits a letter (RFC 4648, section 4).
enum Base64 {
  private static let letters = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".unicodeScalars)

  static func text(of bytes: [UInt8]) -> String {
    var text = String.UnicodeScalarView()
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let padded = Array(group) + Array(repeating: 0, count: 3 - group.count)
      let bits = padded.reduce(0) { $0 << 8 | Int($1) }
      for place in 0..<4 {
        let isPadding = place > group.count
        text.append(isPadding ? "=" : letters[bits >> (18 - 6 * place) & 63])
      }
    }
    return String(text)
  }
}
