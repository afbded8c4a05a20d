import Engine
import Findings
import Model
import Syntax
import Values

extension PageWriter {
  /// The vocabulary: every word that the policy declares, and where it is used.
  mutating func writeWords() {
    writePart("facts", "Facts", { if case .fact = $0 { true } else { false } }) { page, kind in
      if case .fact(let fact) = kind { page.write(fact) }
    }
    writePart("outcomes", "Outcomes", { if case .outcome = $0 { true } else { false } }) {
      if case .outcome(let outcome) = $1 { $0.write(outcome) }
    }
    writePart("notes", "Notes", { if case .note = $0 { true } else { false } }) {
      if case .note(let note) = $1 { $0.write(note) }
    }
    writePart("lists", "Lists", { if case .list = $0 { true } else { false } }) {
      if case .list(let list) = $1 { $0.write(list) }
    }
    writePart("definitions", "Definitions", { if case .define = $0 { true } else { false } }) {
      if case .define(let definition) = $1 { $0.write(definition) }
    }
  }

  /// The parts of the vocabulary that there are, for the list of contents.
  mutating func writeWordParts() {
    let vocabulary = policy.vocabulary
    let parts = [
      ("facts", "Facts", vocabulary.facts.count),
      ("outcomes", "Outcomes", vocabulary.outcomes.count),
      ("notes", "Notes", vocabulary.notes.count),
      ("lists", "Lists", links.listItems.count),
      ("definitions", "Definitions", vocabulary.definitions.count),
    ].filter { $0.2 > 0 }
    element("ul") { page in
      for (id, title, _) in parts {
        page.element("li") { page in page.link(to: id) { $0.write(title) } }
      }
    }
  }

  private mutating func writePart(
    _ id: String, _ title: String, _ isWanted: (StatementSyntax.Kind) -> Bool,
    _ content: (inout PageWriter, StatementSyntax.Kind) -> Void
  ) {
    let statements = contents.syntax.documents.flatMap { self.statements(of: $0, where: isWanted) }
    guard !statements.isEmpty else { return }
    element("section", ["id": id, "class": "part", "aria-labelledby": "\(id)-title"]) { page in
      page.element("h3", ["id": "\(id)-title"]) { $0.write(title) }
      for placed in statements {
        page.write(placed.comments.filter { !($0.isHeading && $0.lines[0] == title) })
        content(&page, placed.statement.kind)
      }
    }
  }

  // MARK: Facts

  /// The facts in the groups that comments above them make.
  var factGroups: [(title: String, facts: [FactID])] {
    var groups: [(title: String, facts: [FactID])] = []
    for document in contents.syntax.documents {
      var isNewFile = true
      for placed in statements(of: document, where: { if case .fact = $0 { true } else { false } })
      {
        guard case .fact(let fact) = placed.statement.kind,
          let id = contents.syntax.lexicon.factIDs[fact.phrase.span]
        else { continue }
        let heading = placed.comments.last { $0.isHeading }?.lines[0]
        if heading != nil || isNewFile { groups.append((title: heading ?? "", facts: [])) }
        isNewFile = false
        groups[groups.count - 1].facts.append(id)
      }
    }
    return groups
  }

  private mutating func write(_ syntax: FactSyntax) {
    guard let id = contents.syntax.lexicon.factIDs[syntax.phrase.span] else { return }
    let fact = policy.vocabulary[id]
    let anchor = links.anchors.facts[id.index]
    element("article", ["id": anchor, "class": "word fact", "data-kind": "fact"]) { page in
      page.heading(4, fact.phrase, anchor: anchor)
      page.paragraph("type") { page in
        page.write(fact.kindWords)
        page.span("presence") { $0.write(" · \(fact.presenceWords)") }
      }
      if !fact.values.isEmpty { page.writeValues(of: fact) }
      page.paragraph("fine") { page in
        page.write("In a message: ")
        page.element("code") { $0.write(fact.field) }
        if let negative = fact.negative { page.write(" · Its negative: \(negative)") }
      }
      page.writeUses(of: anchor)
    }
  }

  private mutating func writeValues(of fact: Fact) {
    element("ul", ["class": "values"]) { page in
      for (index, value) in fact.values.enumerated() {
        let anchor = page.links.anchors.values[fact.id.index][index]
        page.element("li", ["id": anchor, "data-kind": "value"]) { page in
          page.span("value-name") { $0.write(value) }
          page.writeUses(of: anchor)
        }
      }
    }
  }

  // MARK: Outcomes and notes

  private mutating func write(_ syntax: OutcomeSyntax) {
    guard let index = contents.syntax.lexicon.outcomes.number(of: syntax.name.text) else { return }
    let anchor = links.anchors.outcomes[index]
    let style = OutcomeStyle(OutcomeID(index))
    element("article", ["id": anchor, "class": "word", "data-kind": "outcome"]) { page in
      page.element("h4") { page in
        page.link(to: anchor, "self outcome c\(style.colour)") { page in
          page.writeShape(style)
          page.write(page.policy.vocabulary[OutcomeID(index)].name)
        }
      }
      page.writeUses(of: anchor)
    }
  }

  private mutating func write(_ syntax: NoteSyntax) {
    guard let index = contents.syntax.lexicon.notes.number(of: syntax.name.text) else { return }
    let note = policy.vocabulary[NoteID(index)]
    let anchor = links.anchors.notes[index]
    element("article", ["id": anchor, "class": "word", "data-kind": "note"]) { page in
      page.heading(4, note.name, anchor: anchor)
      if !note.text.isEmpty {
        page.element("blockquote") { page in
          for piece in note.text { page.write(piece) }
        }
      }
      page.writeUses(of: anchor)
    }
  }

  private mutating func write(_ piece: Note.Piece) {
    switch piece {
    case .text(let text): write(text)
    case .fact(let fact):
      link(to: links.anchors.facts[fact.index], Mark.Role.fact.style) {
        $0.write("{\($0.policy.vocabulary[fact].phrase)}")
      }
    }
  }

  // MARK: Lists and definitions

  private mutating func write(_ syntax: ListSyntax) {
    guard let index = contents.syntax.lexicon.lists.number(of: syntax.name.text) else { return }
    let anchor = links.anchors.lists[index]
    let items = links.listItems[index]
    element("article", ["id": anchor, "class": "word", "data-kind": "list"]) { page in
      page.heading(4, syntax.name.text, anchor: anchor)
      if let path = syntax.path {
        page.paragraph("fine") { page in
          page.write("\(items.count == 1 ? "1 value" : "\(items.count) values"), from the file ")
          page.element("code") { $0.write(path.text) }
        }
      }
      page.element("ul", ["class": "items"]) { page in
        for item in items { page.element("li") { $0.write(item) } }
      }
      page.writeUses(of: anchor)
    }
  }

  private mutating func write(_ item: ListItemSyntax) {
    let text = item.day?.words ?? item.name.text
    let mark = links.mark(at: item.name.span.start, in: item.name.span.file)
    guard let mark else { return write(text) }
    if mark.role == .outcome { return writeOutcome(anchor: mark.anchor) { $0.write(text) } }
    link(to: mark.anchor, mark.role.style) { $0.write(text) }
  }

  private mutating func write(_ syntax: DefinitionSyntax) {
    guard let id = contents.syntax.lexicon.definitionIDs[syntax.phrase.span] else { return }
    let definition = policy.vocabulary[id]
    let anchor = links.anchors.definitions[id.index]
    element("article", ["id": anchor, "class": "word", "data-kind": "definition"]) { page in
      page.heading(4, definition.phrase, anchor: anchor)
      if let condition = syntax.condition {
        page.clause("means") { $0.writeCondition(condition) }
      }
      if let negative = definition.negative {
        page.paragraph("fine") { $0.write("Its negative: \(negative)") }
      }
      page.writeUses(of: anchor)
    }
  }
}

extension Fact {
  /// What kind of fact it is, for a reader.
  var kindWords: String {
    switch kind {
    case .choice: "one of these values"
    case .set: "any of these values, or none"
    case .yesOrNo: "yes or no"
    case .number(let isWhole, let unit, let low, let high):
      (isWhole ? "a whole number" : "a number") + (unit.map { " of \($0)" } ?? "")
        + Kind.rangeInWords(low, high)
    case .date: "a date"
    case .text: "a text"
    }
  }

  /// What it means if a message does not say it.
  var presenceWords: String {
    switch presence {
    case .required: "must be known wherever it matters"
    case .optional: "may have nothing recorded"
    case .defaulted(let value): "if a message does not say it: \(words(for: value))"
    }
  }
}
