package import Findings

/// A policy that is read again and again while it is written: what has not changed is not read anew.
///
/// Every file keeps its tokens and its tree. A tree also hangs on what the whole policy declares: where
/// a declaration changes, every file is read again; where only its place changes, the files whose
/// findings point there.
///
/// Invariant: what it reads is what `read` reads of the same text, whatever it has read before.
package struct Reading: Sendable {
  private var words: WordTable
  /// What the language itself has words for.
  private let bare: Lexicon
  private var files: [FileReading] = []
  /// What the policy declares; nil before the first reading.
  private var lexicon: Lexicon?
  private var lexiconFindings: [Finding] = []
  /// How many words the files held when they were all read at once.
  private var wordCountAtStart = 0

  package init() {
    var words = WordTable()
    bare = Lexicon(&words)
    self.words = words
  }

  /// Reads the text as it is now; nil if it was given up before the end, because nobody wants to know
  /// any more. What was read up to then is kept.
  package mutating func read(
    _ text: PolicyText, isGivenUp: () -> Bool = { false }
  ) -> PolicySyntax? {
    let lexicon = readDeclarations(text)
    for index in files.indices where files[index].document == nil {
      if isGivenUp() { return nil }
      files[index].parse(words, lexicon)
    }
    return syntax(text, lexicon)
  }

  /// Cuts the files that have changed into tokens and gathers what the whole policy declares: enough to
  /// say what may stand somewhere.
  @discardableResult
  package mutating func readDeclarations(_ text: PolicyText) -> Lexicon {
    let isSameFolder = files.map(\.source.path) == text.ruleFiles.map(\.path)
    if !isSameFolder || words.count > 2 * wordCountAtStart + 10_000 { self = Reading() }
    let old = files
    var changed: [Int] = []
    for (index, source) in text.ruleFiles.enumerated() {
      if index < old.count, old[index].source.bytes == source.bytes { continue }
      changed.append(index)
      var file = FileReading(source, FileID(index), &words, bare)
      if index < old.count {
        file.keepStatements(of: old[index])
        files[index] = file
      } else {
        files.append(file)
      }
    }
    if let lexicon, old.count == files.count {
      let declaring = changed.filter { !files[$0].signature.isEmpty || !old[$0].signature.isEmpty }
      if declaring.isEmpty { return lexicon }
      let says = declaring.contains { files[$0].signature != old[$0].signature }
      for index in files.indices where says || files[index].pointsInto(declaring) {
        files[index].document = nil
        files[index].statements = []
      }
    }
    return buildLexicon()
  }

  private mutating func buildLexicon() -> Lexicon {
    let isStart = lexicon == nil
    var builder = LexiconBuilder(words)
    for file in files {
      builder.add(file.declarations)
      builder.addUnreadable(file.unreadablePhrases)
    }
    builder.finish()
    words = builder.words
    if isStart { wordCountAtStart = words.count }
    lexicon = builder.lexicon
    lexiconFindings = builder.findings
    return builder.lexicon
  }

  private func syntax(_ text: PolicyText, _ lexicon: Lexicon) -> PolicySyntax {
    let isIncomplete = files.contains { $0.problem != nil }
    var findings = files.flatMap { $0.characterFindings + ($0.problem.map { [$0] } ?? []) }
    findings += lexiconFindings
    for file in files { findings += file.findings }
    if isIncomplete { findings.removeAll { $0.code.isAboutDeclarations } }
    return PolicySyntax(
      files: SourceFiles(text.ruleFiles), documents: files.compactMap(\.document),
      lexicon: lexicon, words: words, findings: findings, isIncomplete: isIncomplete)
  }

  /// What may stand at a byte of a file, as far as the text before it tells. The declarations must have
  /// been read.
  package func expectations(in file: FileID, at offset: Int) -> [Expectation] {
    guard let lexicon, files.indices.contains(Int(file.index)) else { return [] }
    let reading = files[Int(file.index)]
    return Cursor.expectations(
      at: offset, in: reading.source, reading.tokens, words, lexicon)
  }
}

/// One file as it was read last.
private struct FileReading: Sendable {
  let source: SourceFile
  let tokens: TokenList
  /// Why it is no text.
  let problem: Finding?
  let characterFindings: [Finding]
  let declarations: [StatementSyntax.Kind]
  let unreadablePhrases: Set<Word>
  /// Everything in the file that the reading of other files hangs on: its declarations, word for word.
  let signature: [UInt8]
  /// The tree; nil until the file is read with what the whole policy declares.
  var document: DocumentSyntax?
  /// Its statements; before it is read, the first ones that an earlier reading has left.
  var statements: [ReadStatement] = []

  init(_ source: SourceFile, _ file: FileID, _ words: inout WordTable, _ bare: Lexicon) {
    self.source = source
    problem = EncodingCheck.problem(source, file)?.finding
    var found: [Finding] = []
    tokens =
      problem == nil
      ? Lexer.tokens(of: source, file: file, words: &words, findings: &found) : .empty(file)
    characterFindings = found
    var parser = Parser(source, tokens, words, bare)
    declarations = parser.parseDeclarations()
    unreadablePhrases = parser.unreadablePhrases
    signature = FileReading.signature(source, tokens)
  }

  mutating func parse(_ words: WordTable, _ lexicon: Lexicon) {
    var parser = Parser(source, tokens, words, lexicon)
    statements = parser.parseStatements(known: statements)
    document = DocumentSyntax(tokens: tokens, statements: statements.map(\.syntax))
  }

  var findings: [Finding] { statements.flatMap(\.findings) }

  /// Takes over the statements that stand before everything that has changed. The last of them may have been read
  /// with a look at the one behind it, and stays behind.
  mutating func keepStatements(of earlier: FileReading) {
    let same = source.bytes.commonPrefixCount(with: earlier.source.bytes)
    let whole = earlier.statements.prefix { statement in
      Int(earlier.tokens.span(statement.syntax.range).end) < same
        && statement.findings.allSatisfy { $0.stays(before: same, in: tokens.file) }
    }
    statements = Array(whole.dropLast(2))
  }

  /// Whether a finding names a place in another file of these.
  func pointsInto(_ others: [Int]) -> Bool {
    findings.contains { finding in
      finding.otherPlaces.contains { place in
        place.file != tokens.file && others.contains(Int(place.file.index))
      }
    }
  }

  private static func signature(_ source: SourceFile, _ list: TokenList) -> [UInt8] {
    var signature: [UInt8] = []
    for paragraph in Outline(list.tokens).paragraphs {
      guard let keyword = paragraph.keyword, Keyword.declarations.contains(keyword) else {
        continue
      }
      var isCondition = false
      for index in paragraph.range {
        let token = list.tokens[index]
        if token.isFirstOnLine, token.keyword == .negative { isCondition = false }
        if isCondition { continue }
        signature += [token.kind.rawValue, token.flags.rawValue]
        signature += source.bytes[Int(token.start)..<Int(token.end)]
        // What a definition means, no other sentence hangs on.
        if keyword == .define, token.kind == .colon { isCondition = true }
      }
      signature.append(0)
    }
    return signature
  }
}

extension Finding {
  /// The places that it names besides its own.
  fileprivate var otherPlaces: [Span] {
    related.map(\.span) + fixes.flatMap { $0.edits.map(\.span) }
  }

  /// Whether all its places lie in the part of a file that has not changed.
  fileprivate func stays(before end: Int, in file: FileID) -> Bool {
    otherPlaces.allSatisfy { $0.file == file && Int($0.end) < end }
  }
}

extension [UInt8] {
  /// How many bytes two texts begin with in common. O(bytes).
  fileprivate func commonPrefixCount(with other: [UInt8]) -> Int {
    withUnsafeBufferPointer { a in
      other.withUnsafeBufferPointer { b in
        let most = Swift.min(a.count, b.count)
        var count = 0
        while count < most, a[count] == b[count] { count += 1 }
        return count
      }
    }
  }
}
