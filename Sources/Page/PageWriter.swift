import Analysis
import Findings
import Model
import Reports
import Syntax

/// The attributes of an element, in the order in which they are written.
struct Attributes: ExpressibleByDictionaryLiteral {
  private(set) var list: [(name: String, value: String)]

  init(dictionaryLiteral elements: (String, String)...) {
    list = elements.map { (name: $0.0, value: $0.1) }
  }

  static func + (left: Attributes, right: Attributes) -> Attributes {
    var all = left
    all.list += right.list
    return all
  }

  static func += (left: inout Attributes, right: Attributes) { left = left + right }
}

/// Writes a page piece by piece.
///
/// Every text of the policy goes through `write` or an attribute, which escape it: no word of a policy
/// can become markup. What `markup` writes is the project's own.
struct PageWriter {
  let contents: PageContents
  let policy: Policy
  let links: Links
  let promisesBySpan: [Span: Promise]
  let findingsBySpan: [Span: [Finding]]
  let scenariosBySpan: [Span: Scenario]
  let resultsBySpan: [Span: ScenarioResult]
  private(set) var text = ""
  /// The sections whose place has been written; a section may be continued further down.
  var writtenSections: Set<String> = []

  init(_ contents: PageContents, _ policy: Policy) {
    self.contents = contents
    self.policy = policy
    links = Links(contents.syntax, policy, contents.check.files)
    promisesBySpan = Dictionary(
      policy.promises.map { ($0.span, $0) }, uniquingKeysWith: { first, _ in first })
    findingsBySpan = Dictionary(grouping: contents.check.findings, by: \.span)
    scenariosBySpan = Dictionary(
      policy.scenarios.map { ($0.span, $0) }, uniquingKeysWith: { first, _ in first })
    resultsBySpan = Dictionary(
      contents.check.scenarios.map { ($0.span, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Writes text, whatever it holds.
  mutating func write(_ text: some StringProtocol) {
    self.text += XMLText.content(String(text))
  }

  /// Writes markup of the project's own.
  mutating func markup(_ markup: String) {
    text += markup
  }

  /// Writes an element with what is in it.
  mutating func element(
    _ name: String, _ attributes: Attributes = [:], _ content: (inout PageWriter) -> Void
  ) {
    open(name, attributes)
    content(&self)
    text += "</\(name)>"
    if PageWriter.blocks.contains(name) { text += "\n" }
  }

  /// Writes an element that holds nothing and has no end.
  mutating func void(_ name: String, _ attributes: Attributes = [:]) {
    open(name, attributes)
    text += "\n"
  }

  private mutating func open(_ name: String, _ attributes: Attributes) {
    text += "<\(name)"
    for (name, value) in attributes.list {
      text += value.isEmpty ? " \(name)" : " \(name)=\"\(XMLText.attribute(value))\""
    }
    text += ">"
  }

  /// Elements behind which a line ends, so that the page can be compared line by line.
  private static let blocks: Set<String> = [
    "article", "div", "dl", "dd", "details", "footer", "head", "header", "h1", "h2", "h3", "h4",
    "h5", "li", "main", "nav", "p", "script", "section", "style", "svg", "table", "title", "tr",
    "ul", "ol", "summary", "g",
  ]

  // MARK: Common pieces

  mutating func paragraph(_ kind: String? = nil, _ content: (inout PageWriter) -> Void) {
    element("p", kind.map { ["class": $0] } ?? [:], content)
  }

  mutating func span(_ kind: String, _ content: (inout PageWriter) -> Void) {
    element("span", ["class": kind], content)
  }

  mutating func link(
    to anchor: String, _ kind: String? = nil, _ content: (inout PageWriter) -> Void
  ) {
    let attributes: Attributes = kind.map { ["class": $0] } ?? [:]
    element("a", attributes + ["href": "#\(anchor)"], content)
  }

  /// Writes things one after the other, commas between them and a word before the last.
  mutating func enumerate<Item>(
    _ items: [Item], with connective: String = "and", _ content: (inout PageWriter, Item) -> Void
  ) {
    for (index, item) in items.enumerated() {
      if index > 0 { write(index == items.count - 1 ? " \(connective) " : ", ") }
      content(&self, item)
    }
  }

  /// Writes a sentence in which names stand between backquotes; those that the policy declares become
  /// links.
  mutating func sentence(_ words: String) {
    let parts = words.split(separator: "`", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      let isName = index % 2 == 1 && index < parts.count - 1
      if !isName {
        write(index % 2 == 1 ? "`\(part)" : part)
      } else if let target = links.target(named: String(part)) {
        link(to: target, "name") { $0.write(part) }
      } else {
        span("name") { $0.write(part) }
      }
    }
  }
}
