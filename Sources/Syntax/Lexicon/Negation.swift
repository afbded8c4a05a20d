/// How English negates a phrase: after its auxiliary, or with `does not` before its verb.
enum Negation {
  /// Behind how many words `not` comes.
  case insertNot(Int)
  /// The last word gives way to `does not` and this form.
  case doesNot(String)

  /// The negation of a phrase, or nil where English has none that can be derived: the phrase holds
  /// `not` already, or it has no auxiliary and its last word is no verb in the third person.
  init?(of phrase: [Word], _ words: WordTable) {
    guard !phrase.contains(Word(.not)) else { return nil }
    if let position = Negation.positionOfNot(in: phrase) {
      self = .insertNot(position)
    } else if phrase.count > 1, let verb = phrase.last,
      let base = Negation.baseForm(words.text(verb))
    {
      self = .doesNot(base)
    } else {
      return nil
    }
  }

  /// The negative of a phrase, word for word. Words that are passed over do not count.
  func applied(
    to phrase: [String], passingOver isPassedOver: (String) -> Bool = { _ in false }
  ) -> [String] {
    switch self {
    case .insertNot(let count):
      let counted = phrase.indices.filter { !isPassedOver(phrase[$0]) }
      let place = counted.prefix(count).last.map { $0 + 1 } ?? 0
      return Array(phrase.prefix(place)) + ["not"] + phrase.dropFirst(place)
    case .doesNot(let base): return phrase.dropLast() + ["does", "not", base]
    }
  }

  /// Where `not` goes: behind the first auxiliary of the run that ends the phrase, or else behind the
  /// first auxiliary of the phrase. The first word is never an auxiliary.
  private static func positionOfNot(in phrase: [Word]) -> Int? {
    let isAuxiliary = phrase.enumerated().map { index, word in
      index > 0 && (word.keyword.map(Keyword.auxiliaries.contains) ?? false)
    }
    guard let last = isAuxiliary.last else { return nil }
    if last {
      let runStart = isAuxiliary.lastIndex(of: false).map { $0 + 1 } ?? 0
      return runStart + 1
    }
    return isAuxiliary.firstIndex(of: true).map { $0 + 1 }
  }

  /// `prefer` of `prefers`; nil of a word that is no verb in the third person.
  static func baseForm(_ verb: String) -> String? {
    guard verb.hasSuffix("s"), !verb.hasSuffix("ss"), verb.count > 2 else { return nil }
    if verb.hasSuffix("ies") {
      return verb.count == 4 ? String(verb.dropLast()) : String(verb.dropLast(3)) + "y"
    }
    let losesES = ["sses", "shes", "ches", "xes", "zzes", "oes"].contains { verb.hasSuffix($0) }
    return String(verb.dropLast(losesES ? 2 : 1))
  }
}
