extension Lexer {
  /// The ASCII bytes of words: letters, digits and `- ' . @ / & _ % +`.
  static let isWordByte: [Bool] = (0...255).map { code in
    let byte = UInt8(code)
    let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) && byte < 0x80
    let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    return isLetter || isDigit || "-'.@/&_%+".utf8.contains(byte)
  }

  /// A run of letters, digits and `- ' . @ / & _ % +`; full stops that end it are not part of it.
  mutating func lexWord(_ words: inout WordTable) {
    let start = position
    if flags.contains(.firstOnLine), let end = listMarkEnd() {
      position = end
      append(.listMark, from: start)
      flags.insert(.firstOnLine)
      return
    }
    if isPlainBullet() { return lexBullet(length: 1) }
    var run = WordRun()
    scanWord(&run)
    var end = position
    while end > start, bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
    guard end > start else { return }  // Full stops alone are dropped.
    if end < position { flags.insert(.beforeFullStop) }
    appendWord(start..<end, run, &words)
  }

  private func isPlainBullet() -> Bool {
    bytes[position] == UInt8(ascii: "-") && flags.contains(.firstOnLine)
      && isSpace(at: position + 1)
  }

  /// What a pass over a word found.
  struct WordRun {
    var isASCII = true
    var isTidied = false
    var continuationBytes = 0
  }

  /// Moves behind the run of word characters that begins here.
  mutating func scanWord(_ run: inout WordRun) {
    while position < bytes.count {
      if Lexer.isWordByte[Int(bytes[position])] {
        position += 1
        continue
      }
      guard bytes[position] >= 0x80, let (scalar, length) = scalar(at: position),
        belongsToWord(scalar, length, &run)
      else { return }
      run.isASCII = false
      run.continuationBytes += length - 1
      position += length
    }
  }

  private mutating func belongsToWord(
    _ scalar: Unicode.Scalar, _ length: Int, _ run: inout WordRun
  ) -> Bool {
    switch Characters.role(scalar) {
    case .letter: return true
    case .dash:
      characters.noteTidied(.dash, at: position, length: length, plain: "-")
    case .apostrophe:
      characters.noteTidied(.quote, at: position, length: length, plain: "'")
    case .softHyphen:
      characters.noteTidied(.softHyphen, at: position, length: length, plain: "")
    case .invisible:
      characters.noteInvisible(scalar, at: position, length: length)
    case .space, .emDash, .quote, .bullet, .currency, .ellipsis, .stray: return false
    }
    run.isTidied = true
    return true
  }

  private mutating func appendWord(_ range: Range<Int>, _ run: WordRun, _ words: inout WordTable) {
    if run.isTidied { flags.insert(.tidied) }
    let word: Word
    if run.isASCII {
      word = words.intern(lowercased: lowercasedASCII(range))
    } else {
      let spelling = Lexer.tidied(bytes[range])
      characters.checkScripts(spelling, at: range)
      word = words.intern(spelling)
    }
    let isFirst = flags.contains(.firstOnLine)
    append(.word, from: range.lowerBound, word: word, to: range.upperBound)
    continuationBytesOnLine += run.continuationBytes
    guard holdsRules, let keyword = word.keyword else { return }
    if keyword == .because || (isFirst && Keyword.beforeText.contains(keyword)), !isInTableRow {
      lexRestOfLine()
    }
  }

  /// Whether the line under way is a row of a table.
  var isInTableRow: Bool {
    var index = tokens.count - 1
    while index >= 0, tokens[index].line == line {
      if tokens[index].kind == .pipe { return true }
      index -= 1
    }
    return false
  }

  private func lowercasedASCII(_ range: Range<Int>) -> String {
    String(unsafeUninitializedCapacity: range.count) { buffer in
      for index in 0..<range.count {
        let byte = bytes[range.lowerBound + index]
        let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        buffer[index] = isUpper ? byte | 0x20 : byte
      }
      return range.count
    }
  }

  /// The characters of a word as the language means them: plain hyphens and apostrophes, nothing
  /// that cannot be seen.
  package static func tidied(_ bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    if bytes.allSatisfy({ $0 < 0x80 }) { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        result.append(scalar)
        continue
      }
      switch Characters.role(scalar) {
      case .dash: result.append("-")
      case .apostrophe: result.append("'")
      case .softHyphen, .invisible: break
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  // MARK: Characters beyond ASCII

  /// The scalar that begins at a byte, and its length; a byte that begins none counts as U+FFFD.
  func scalar(at index: Int) -> (Unicode.Scalar, Int)? {
    guard index < bytes.count else { return nil }
    let first = bytes[index]
    guard first >= 0x80 else { return (Unicode.Scalar(first), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
    guard length > 1, index + length <= bytes.count else { return ("\u{FFFD}", 1) }
    var value = UInt32(first) & (0xFF >> UInt32(length + 1))
    for offset in 1..<length {
      guard bytes[index + offset] & 0xC0 == 0x80 else { return ("\u{FFFD}", 1) }
      value = value << 6 | UInt32(bytes[index + offset] & 0x3F)
    }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
  }

  mutating func lexNonASCII(_ words: inout WordTable) {
    guard let (scalar, length) = scalar(at: position) else { return }
    switch Characters.role(scalar) {
    case .letter, .apostrophe, .softHyphen: return lexWord(&words)
    case .dash: return lexDash(length, &words)
    case .bullet:
      if flags.contains(.firstOnLine) {
        lexBullet(length: length)
        continuationBytesOnLine += length - 1
        return
      }
      strayCharacter(length)
    case .space:
      if scalar.value != 0x85 {
        characters.noteTidied(.space, at: position, length: length, plain: " ")
      }
      flags.insert(.afterSpace)
      skip(length)
    case .invisible:
      characters.noteInvisible(scalar, at: position, length: length)
      skip(length)
    case .quote: return lexString(&words)
    case .currency:
      lexCurrency(length: length, &words)
      continuationBytesOnLine += length - 1
    case .emDash, .ellipsis, .stray: strayCharacter(length)
    }
  }

  private mutating func lexDash(_ length: Int, _ words: inout WordTable) {
    if flags.contains(.firstOnLine), isSpace(at: position + length) {
      lexBullet(length: length)
      continuationBytesOnLine += length - 1
    } else if isSpace(at: position + length) {
      strayCharacter(length)
    } else {
      lexWord(&words)
    }
  }

  private mutating func strayCharacter(_ length: Int) {
    position += length
    append(.stray, from: position - length)
    continuationBytesOnLine += length - 1
  }

  private mutating func skip(_ length: Int) {
    position += length
    continuationBytesOnLine += length - 1
  }
}
