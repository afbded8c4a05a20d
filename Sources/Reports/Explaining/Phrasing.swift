import Classes
import Engine
import Findings
package import Model
import Syntax
import Values

/// Says of a policy's facts what messages say of them, in the words that the policy uses.
package struct Phrasing: Sendable {
  private let policy: Policy
  /// By `FactID`, the article that the policy's rules put before the phrase.
  private let articles: [String]
  private let sentences: ClassSentences

  /// Linear in the policy.
  package init(_ policy: Policy) {
    self.policy = policy
    sentences = ClassSentences(policy.vocabulary)
    var articles = [String](repeating: "", count: policy.vocabulary.facts.count)
    for test in policy.tests {
      guard case .fact(let fact) = test.subject, articles[fact.index].isEmpty else { continue }
      let words = policy.files.text(test.span).split(whereSeparator: \.isWhitespace).prefix(2)
      let first = policy.vocabulary[fact].phrase.split(separator: " ").first
      guard words.count == 2, let article = words.first?.lowercased(), let first,
        ["a", "an", "the"].contains(article), words[1].lowercased() == first.lowercased()
      else { continue }
      articles[fact.index] = article + " "
    }
    self.articles = articles
  }

  /// What a message says about a fact: `the recipient prefers plain`, `it is not recorded when consent was given`.
  func sentence(_ fact: Fact, _ state: FactState) -> String {
    switch state {
    case .value(let value): article(fact) + sentence(fact, value)
    case .absent: "it is not recorded \(fact.questionWord) \(phrase(fact))"
    case .missing: "it is not known \(fact.questionWord) \(phrase(fact))"
    }
  }

  /// A fact's phrase with its article.
  func phrase(_ fact: Fact) -> String { article(fact) + fact.phrase }

  /// What values of a fact have in common, as one sentence; nothing if that is nothing.
  func sentence(_ fact: Fact, _ properties: [(property: Property, isSo: Bool)]) -> String? {
    let first = fact.phrase.prefix { $0 != " " } + " "
    let said = sentences.sentences(properties.map { ($0.property, $0.isSo) }).map { sentence in
      sentence.hasPrefix(first) ? article(fact) + sentence : sentence
    }
    return said.isEmpty ? nil : said.joined(separator: " and ")
  }

  private func article(_ fact: Fact) -> String {
    articles.indices.contains(fact.id.index) ? articles[fact.id.index] : ""
  }

  private func sentence(_ fact: Fact, _ value: FactValue) -> String {
    let phrase = fact.phrase
    switch (fact.kind, value) {
    case (_, .flag(let flag)):
      return flag ? phrase : fact.negative?.withCannot ?? "it is not so that \(phrase)"
    case (.number(_, let unit, _, _), .number(let number)):
      return "\(phrase) \(Fact.Kind.quantity(number.description, unit: unit))"
    case (_, .text(let text)): return "\(phrase) “\(text)”"
    case (_, .choice), (_, .set), (_, .number), (_, .day):
      return "\(phrase) \(fact.words(for: value))"
    }
  }
}

extension Policy {
  /// The tests of rules and definitions, in the order in which they are written.
  fileprivate var tests: [Test] {
    var tests: [Test] = []
    func add(_ condition: Condition) {
      switch condition {
      case .always, .definition: break
      case .test(let test): tests.append(test)
      case .not(let part): add(part)
      case .and(let parts), .or(let parts): parts.forEach(add)
      }
    }
    for rule in rules { add(rule.condition) }
    for definition in vocabulary.definitions { add(definition.condition) }
    return tests
  }
}

extension String {
  /// The sentence with `cannot` for `can not`.
  fileprivate var withCannot: String {
    let words = split(separator: " ")
    return words.indices.reduce(into: "") { text, index in
      let isJoined = index > 0 && words[index] == "not" && words[index - 1] == "can"
      text += (index == 0 || isJoined ? "" : " ") + words[index]
    }
  }
}
