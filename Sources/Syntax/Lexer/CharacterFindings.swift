package import Findings

/// Collects what is wrong with, or was tidied in, the characters of one file. Characters of one kind
/// are one finding, so that a page pasted from a word processor does not fill the screen.
package struct CharacterFindings {
  enum TidiedKind: Int, CaseIterable {
    case quote, dash, softHyphen, space, bullet
  }

  struct Occurrence {
    let span: Span
    let plain: String
  }

  let file: FileID
  private var tidied: [TidiedKind: [Occurrence]] = [:]
  private var invisible: [(Unicode.Scalar, Span)] = []
  private var mixed: [Finding] = []

  package init(file: FileID) {
    self.file = file
  }

  private func span(_ start: Int, _ length: Int) -> Span {
    Span(file: file, start: UInt32(start), end: UInt32(start + length))
  }

  mutating func noteTidied(_ kind: TidiedKind, at start: Int, length: Int, plain: String) {
    tidied[kind, default: []].append(Occurrence(span: span(start, length), plain: plain))
  }

  mutating func noteInvisible(_ scalar: Unicode.Scalar, at start: Int, length: Int) {
    invisible.append((scalar, span(start, length)))
  }

  /// Reports a word whose letters come from different scripts.
  mutating func checkScripts(_ word: String, at range: Range<Int>) {
    var counts: [Characters.Script: Int] = [:]
    for scalar in word.unicodeScalars {
      if let script = Characters.script(scalar) { counts[script, default: 0] += 1 }
    }
    guard counts.count > 1, let most = counts.values.max() else { return }
    let usual: Characters.Script =
      counts[.latin] == most ? .latin : counts.first { $0.value == most }?.key ?? .latin
    let odd = word.unicodeScalars.enumerated().first { _, scalar in
      Characters.script(scalar).map { $0 != usual } ?? false
    }
    guard let (index, letter) = odd, let script = Characters.script(letter) else { return }
    mixed.append(
      .mixedScripts(word, letter: letter, number: index + 1, script, usual, at: span(range)))
  }

  private func span(_ range: Range<Int>) -> Span {
    span(range.lowerBound, range.count)
  }

  package func findings() -> [Finding] {
    var findings = mixed
    for kind in TidiedKind.allCases {
      if let places = tidied[kind], let first = places.first {
        findings.append(.tidied(kind, first: first.span, places: places))
      }
    }
    findings += invisible.prefix(20).map { Finding.invisible($0, at: $1) }
    return findings
  }
}

// MARK: Words

extension Finding {
  static func tidied(
    _ kind: CharacterFindings.TidiedKind, first: Span, places: [CharacterFindings.Occurrence]
  ) -> Finding {
    let count = places.count
    let (what, plain) =
      switch kind {
      case .quote:
        (count == 1 ? "a curly quotation mark or apostrophe" : "curly quotation marks", "straight")
      case .dash: (count == 1 ? "a dash" : "dashes", "a hyphen")
      case .softHyphen: (count == 1 ? "a soft hyphen" : "soft hyphens", "nothing at all")
      case .space: (count == 1 ? "a no-break space" : "no-break spaces", "an ordinary space")
      case .bullet: (count == 1 ? "a bullet sign" : "bullet signs", "the `-` of a bullet")
      }
    let times = count == 1 ? "here" : "\(count) times, first here"
    return Finding(
      .tidiedCharacter, "this file has \(what) \(times); read as \(plain)", at: first,
      help: "nothing is wrong: `rulec fmt` writes the plain character",
      fixes: [
        Fix("write the plain character", places.map { Edit($0.span, $0.plain) }, isSafe: true)
      ])
  }

  static func invisible(_ scalar: Unicode.Scalar, at span: Span) -> Finding {
    let name = Characters.name(scalar)
    let what =
      switch scalar.value {
      case 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069: "a hidden direction mark"
      case 0...0x1F, 0x7F...0x9F: "a control character"
      default: "an invisible character"
      }
    return Finding(
      .invisibleCharacter, "there is \(what) (\(name)) here", at: span,
      reason: "what a reader sees must be what the program reads",
      help: "delete the word it stands in and type it again",
      fixes: [.replace(span, with: "", "delete the character that cannot be seen", isSafe: true)])
  }

  static func mixedScripts(
    _ word: String, letter: Unicode.Scalar, number: Int, _ script: Characters.Script,
    _ usual: Characters.Script, at span: Span
  ) -> Finding {
    Finding(
      .mixedScripts,
      "letter \(number) of `\(word)` is \(script == .other ? "a letter of another script" : "a \(script.rawValue) letter") (\(Characters.name(letter))) "
        + "in a \(usual.rawValue) word",
      at: span, reason: "it looks like another letter, so nobody would see that the word differs",
      help: "type the word again")
  }
}
