import Findings
import Syntax
import TestSupport

/// Spoils texts at random, as careless hands and programs do.
struct Mutation {
  var random: SeededRandom

  init(seed: UInt64) {
    random = SeededRandom(state: seed &* 31 &+ 7)
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }

  /// The text with one to four things done to it.
  mutating func spoiled(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<number(1...4) where !bytes.isEmpty { spoil(&bytes) }
    return bytes
  }

  /// A policy of which one rule file is spoiled.
  mutating func spoiled(_ text: PolicyText) -> PolicyText {
    var files = text.ruleFiles
    let index = number(0...files.count - 1)
    files[index] = SourceFile(path: files[index].path, bytes: spoiled(files[index].bytes))
    return PolicyText(ruleFiles: files, listFile: text.listFile)
  }

  private mutating func spoil(_ bytes: inout [UInt8]) {
    let place = number(0...bytes.count - 1)
    let length = min(number(1...40), bytes.count - place)
    switch number(0...7) {
    case 0: bytes[place] = UInt8(number(0...255))
    case 1: bytes[place] ^= 1 << number(0...7)
    case 2: bytes.removeSubrange(place..<place + length)
    case 3: bytes.insert(contentsOf: bytes[place..<place + length], at: number(0...bytes.count))
    case 4: swapLines(&bytes)
    case 5: bytes.removeSubrange(place..<bytes.count)
    default:
      let words = Mutation.words
      bytes.insert(contentsOf: Array(words[number(0...words.count - 1)].utf8), at: place)
    }
  }

  private mutating func swapLines(_ bytes: inout [UInt8]) {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    lines.swapAt(number(0...lines.count - 1), number(0...lines.count - 1))
    bytes = Array(lines.joined(separator: [0x0A]))
  }

  private static let words = [
    " and ", " or ", " not ", " unless ", " then ", " if ", " because ", " with ", " add ", ", ",
    ":",
    "\n- ", "\n\n", "\n", "\"", "\"\"\"", "(", ")", " | ", "\n  | ", " # ", "#", " either ",
    " both ",
    " neither ", " nor ", " other than ", " anything but ", " but not if ", " except when ",
    " all of:\n    - ", " any of ", " none of ", " one of ", " within 10 days ", " or past ",
    " ago ",
    " between ", " 1 September 2022 ", " 31 February 2026 ", " 09/01/2018 ", " 10,000 ", " -5 ",
    " 999999999999999999 ", " £5 ", " 1e9 ", "\n  from ", "\n  until ", "\n  overrides ",
    "\n  negative ",
    "\nrule R\n", "\nif ", "\notherwise ", "\nwhen unsure ", "\nsection S\n", "\ntable T\n",
    "\npromise P\n  ", "\nscenario S\n  ", "\n  given ", "\n  expect ", "\n  like ", "\n  by ",
    "\nfact ", "\nlist ", "\ndefine ", "\nnote ", "\nguard G\n", " the ", " a ", " is ",
    " recorded ",
    "\u{200B}", "\u{FEFF}", "\u{A0}", "\u{2014}", "\u{2022} ", "\u{201C}", "\u{430}", "\u{301}",
    "\u{1F600}", "\\", "\t", "\r", "\u{0}", ">= ", "…", "1. ", "(a) ", " and/or ", " only if ",
    " it is not recorded what ", " the outcome is ", " today is a working day ", " from \"x.txt\" ",
    " in the domain ", " starts with ", " 3 or more ", " yes ", " never depends on ",
    " {purpose is} ",
  ]
}
