package import Findings

/// Every file of a policy as it was written: one tree a file, and the lexicon that they share.
package struct PolicySyntax: Sendable {
  package let files: SourceFiles
  package let documents: [DocumentSyntax]
  package let lexicon: Lexicon
  package let words: WordTable
  package let findings: [Finding]
  /// Whether a file could not be read as text, so that words it declares are missing.
  package let isIncomplete: Bool
}

/// Reads the text of a policy: cuts every file into tokens, gathers what the vocabulary declares, and
/// then reads every statement with it. Always gives a tree. Linear in the size of the text.
package func read(_ text: PolicyText) -> PolicySyntax {
  var reading = Reading()
  guard let syntax = reading.read(text) else {
    preconditionFailure("nobody gave the reading up")
  }
  return syntax
}

extension FindingCode {
  /// Whether a finding with this code may be due only to a declaration that could not be read.
  package var isAboutDeclarations: Bool {
    switch self {
    case .unknownWord, .unknownValue, .unknownName, .missingDefault, .unused, .syntax: true
    default: false
    }
  }
}

extension TokenList {
  static func empty(_ file: FileID) -> TokenList {
    let end = Token(
      kind: .end, flags: [.firstOnLine], word: .none, start: 0, end: 0, line: 1, indentation: 0)
    return TokenList(file: file, tokens: [end], comments: [])
  }
}
