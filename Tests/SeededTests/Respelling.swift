import JSON
import TestSupport

/// Writes a JSON value as other senders might: with other white space, escapes, orders and ways to write numbers,
/// with fields that mean nothing, and now and then with what is wrong in a message.
struct Respelling {
  var random: SeededRandom
  /// How often in a hundred something stands in a message that should not.
  let faults: Int
  private var spacing = 0
  private var escaping = 0

  init(seed: UInt64, faults: Int) {
    random = SeededRandom(state: seed &* 77 &+ 5)
    self.faults = faults
    spacing = number(0...3)
    // Letters of ASCII are escaped by nobody who means well.
    escaping = number(0...(faults == 0 ? 2 : 3))
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
  mutating func chance(_ percent: Int) -> Bool { number(0...99) < percent }
  mutating func pick<Item>(_ items: [Item]) -> Item { items[number(0...items.count - 1)] }

  mutating func text(_ value: JSONValue) -> String {
    if chance(faults) {
      return pick(["null", "7", "\"\"", "[]", "{}", "true", "[null]", "{\"a\":{}}", "nul"])
    }
    switch value {
    case .null: return "null"
    case .bool(let flag): return flag ? "true" : "false"
    case .number(let digits): return number(digits)
    case .string(let text): return string(text)
    case .array(let elements):
      return "[" + space() + elements.map { text($0) }.joined(separator: between()) + space() + "]"
    case .object(let members): return object(members)
    }
  }

  private mutating func object(_ members: [JSONValue.Member]) -> String {
    var written = members.map {
      string($0.name) + space() + ":" + space(after: true) + text($0.value)
    }
    for _ in 0..<(chance(50) ? 0 : number(0...4)) {
      let name = pick(["a", "re\u{301}f", "subject line of the letter", "", "x.y", "on2", "ID"])
      let member = string(name + (chance(faults) ? "" : String(number(0...9999))))
      let isFault = chance(faults)
      written.append(member + ":" + space() + pick(isFault ? Respelling.faulty : Respelling.extras))
    }
    if chance(faults), let twice = written.randomElement(using: &random) { written.append(twice) }
    if chance(50) { written.shuffle(using: &random) }
    return "{" + space() + written.joined(separator: between()) + space() + "}"
  }

  private mutating func between() -> String { space() + "," + space(after: true) }

  private mutating func space(after isAfter: Bool = false) -> String {
    switch spacing {
    case 0: return ""
    case 1, 2: return isAfter ? " " : ""
    default: return pick(["", "", " ", "\t", "\r\n ", "   "])
    }
  }

  private mutating func number(_ digits: String) -> String {
    guard chance(30) else { return digits }
    let same = [
      digits + ".0", digits + "0e-1", digits + "E0", digits + "e+00", digits + ".0000000",
    ]
    let others = [
      digits + ".500", "-" + digits, digits + "000000", "0" + digits, digits + ".0000001",
      digits + "e9", digits + "e99", "1" + digits, digits + ".", digits + "1234567",
    ]
    return pick(chance(faults * 10) ? others : same)
  }

  private mutating func string(_ text: String) -> String {
    var written = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": written += "\\" + String(scalar)
      case "/" where escaping == 2: written += "\\/"
      case "\0"..<" ": written += unicodeEscape(scalar)
      case _ where escaping == 3 && chance(10), "\u{80}"... where escaping == 1:
        written += unicodeEscape(scalar)
      default: written.unicodeScalars.append(scalar)
      }
    }
    return written + "\""
  }

  private mutating func unicodeEscape(_ scalar: Unicode.Scalar) -> String {
    String(scalar).utf16.map { unit in
      let digits = String(unit, radix: 16, uppercase: chance(50))
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
  }

  private static let extras = [
    "null", "true", "false", "-0.5e+3", "0", "\"\"", "\"x\\ny \\u00e9 \\ud83d\\ude00 \\\\\"",
    "\"Łódź £250 😀\"",
    "[]", "{}", "[ 1 , [ ] , { } ]", "{\"a\":1,\"b\":{\"a\":[{\"a\":1},{\"a\":2}]}}",
    "[[[[[\"]}\"]]]]]",
    "{ \"name of a field\" : [true, false , null] , \"\\u0061\":0}",
    "\"a longer text without anything in it that matters\"",
  ]
  private static let faulty = [
    "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "01", "\"\t\"", "\"\\ud800\"", "[1,]",
    "{\"a\"}", "[1 2]",
    "{\"a\":1,}", "\"\\x\"", "-", "1.", ".5", "+1", "1e", "[", "{", "\"", "tru", "nulll", "[1}",
    "{\"a\":1]",
  ]
}
