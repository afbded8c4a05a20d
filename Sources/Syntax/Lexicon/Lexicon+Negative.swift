import Findings

extension Lexicon {
  /// The negative that the language makes of a phrase; nil where it makes none, or the phrase cannot stand
  /// in a declaration.
  package static func negative(of phrase: String) -> String? {
    declared(phrase)?.negativeText
  }

  /// The field that a fact with a phrase is read from where nothing else is said.
  package static func field(of phrase: String) -> [String]? {
    declared(phrase)?.path
  }

  private static func declared(_ phrase: String) -> DeclaredFact? {
    let text = "fact \(phrase): yes or no\n"
    let syntax = read(
      PolicyText(ruleFiles: [SourceFile(path: "phrase.rules", bytes: Array(text.utf8))]))
    return syntax.findings.isEmpty ? syntax.lexicon.facts.first : nil
  }
}
