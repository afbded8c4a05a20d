extension Finding {
  /// Without findings that only another one causes: a word that nobody declared because a character
  /// in it is wrong, or a warning about a sentence that is an error anyway.
  package static func withoutEchoes(_ findings: [Finding]) -> [Finding] {
    let characters = findings.filter {
      $0.code == .mixedScripts || $0.code == .invisibleCharacter
    }
    let errors = findings.filter { $0.severity == .error }
    let wrongCharacters = SpanIndex(characters.map(\.span))
    let wrongSentences = SpanIndex(errors.map(\.span))
    // What is used shows only once every sentence can be read.
    let isReadable = errors.allSatisfy { $0.code == .failingScenario || $0.code.isProof }
    return findings.filter { finding in
      switch finding.code {
      case .unknownWord, .unknownValue, .unknownName: !wrongCharacters.meets(finding.span)
      case .unused: isReadable
      case .unrecordedNegation, .overdue, .domainTest: !wrongSentences.meets(finding.span)
      default: true
      }
    }
  }
}

/// Stretches of text, ordered so that one can ask quickly whether any of them meets another.
private struct SpanIndex {
  private let spans: [Span]
  /// The furthest end among the spans up to each one, within its file.
  private let furthest: [UInt32]

  init(_ spans: [Span]) {
    self.spans = spans.sorted()
    var furthest: [UInt32] = []
    for (index, span) in self.spans.enumerated() {
      let isSameFile = index > 0 && self.spans[index - 1].file == span.file
      furthest.append(isSameFile ? max(furthest[index - 1], span.end) : span.end)
    }
    self.furthest = furthest
  }

  /// Whether some stretch shares a character with `span`, or lies inside it. O(log n).
  func meets(_ span: Span) -> Bool {
    var low = 0
    var high = spans.count
    while low < high {
      let middle = (low + high) / 2
      let other = spans[middle]
      let isBefore =
        other.file < span.file
        || (other.file == span.file && other.start < max(span.end, span.start + 1))
      if isBefore { low = middle + 1 } else { high = middle }
    }
    guard low > 0, spans[low - 1].file == span.file else { return false }
    return furthest[low - 1] > span.start
  }
}
