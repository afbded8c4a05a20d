/// Colours for a terminal, or none.
struct Paint {
  enum Colour: String {
    case error = "1;31"
    case warning = "1;33"
    case good = "1;32"
    case place = "1;34"
    case strong = "1"
  }

  let isColoured: Bool

  func callAsFunction(_ text: String, _ colour: Colour) -> String {
    isColoured && !text.isEmpty ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
  }
}
