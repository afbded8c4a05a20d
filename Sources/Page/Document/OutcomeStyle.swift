import Model
import Syntax

/// How an outcome is told apart at a glance: by a shape and a colour, always beside its name.
///
/// The seven shapes and eight colours have no common divisor, so that 56 outcomes differ in one of them.
struct OutcomeStyle {
  static let shapeCount = 7
  static let colourCount = 8

  let shape: Int
  let colour: Int

  init(_ outcome: OutcomeID) {
    shape = outcome.index % OutcomeStyle.shapeCount
    colour = outcome.index % OutcomeStyle.colourCount
  }
}

extension PageWriter {
  /// The shapes, once for the whole page; each in a square of 16 units.
  mutating func writeShapes() {
    let shapes = [
      #"<circle cx="8" cy="8" r="6"/>"#,
      #"<rect x="2.5" y="2.5" width="11" height="11" rx="1"/>"#,
      #"<path d="M8 1.5 15 14H1z"/>"#,
      #"<path d="M8 1l7 7-7 7-7-7z"/>"#,
      #"<path d="M5.5 1.5h5v4h4v5h-4v4h-5v-4h-4v-5h4z"/>"#,
      #"<path d="M1 2h14L8 14.5z"/>"#,
      #"<path fill-rule="evenodd" d="M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zm0 4a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z"/>"#,
    ]
    markup(#"<svg class="shapes" aria-hidden="true" width="0" height="0" focusable="false">"#)
    for (number, shape) in shapes.enumerated() {
      markup(#"<symbol id="shape-\#(number)" viewBox="0 0 16 16">\#(shape)</symbol>"#)
    }
    markup("</svg>\n")
  }

  /// An outcome's name, with its shape, leading to its declaration.
  mutating func writeOutcome(anchor: String, _ content: (inout PageWriter) -> Void) {
    guard let index = links.anchors.outcomes.firstIndex(of: anchor) else {
      return link(to: anchor, "outcome", content)
    }
    let style = OutcomeStyle(OutcomeID(index))
    link(to: anchor, "outcome c\(style.colour)") { page in
      page.writeShape(style)
      content(&page)
    }
  }

  mutating func writeOutcome(_ outcome: OutcomeID) {
    let name = policy.vocabulary[outcome].name
    writeOutcome(anchor: links.anchors.outcomes[outcome.index]) { $0.write(name) }
  }

  mutating func writeShape(_ style: OutcomeStyle) {
    markup(##"<svg class="shape" aria-hidden="true"><use href="#shape-\##(style.shape)"/></svg>"##)
  }

  /// An outcome with its notes.
  mutating func writeConsequent(_ outcome: OutcomeID?, _ notes: [NoteID]) {
    if let outcome { writeOutcome(outcome) }
    guard !notes.isEmpty else { return }
    write(outcome == nil ? "add " : " with ")
    enumerate(notes) { page, note in
      page.link(to: page.links.anchors.notes[note.index], Mark.Role.note.style) {
        $0.write($0.policy.vocabulary[note].name)
      }
    }
  }
}
