import Model
import Syntax

extension PageWriter {
  /// Who overrides whom: as a picture, and as a list that says the same.
  mutating func writeOverrides() {
    let plan = OverridePlan(contents, policy, links)
    paragraph("lead") { page in
      page.write(
        "Where two rules apply to one message, the one that overrides the other gets its way. "
          + "An arrow leads from whoever overrides to whoever is set aside, and so do arrows one after "
          + "the other.")
    }
    if let picture = OverridePicture(plan) {
      let attributes: Attributes = [
        "class": "picture scroll", "role": "region", "tabindex": "0",
        "aria-label": "Picture of who overrides whom",
      ]
      element("div", attributes) { page in
        page.paragraph("hidden-text") {
          $0.write("This picture is for the eye; the list below it says the same.")
        }
        page.write(picture)
      }
    } else {
      paragraph("fine") { $0.write("There are too many of them to draw; the list has them all.") }
    }
    element("details", ["class": "as-list"]) { page in
      page.element("summary") { $0.write("The same as a list") }
      page.element("ul") { page in
        for box in plan.orderedBoxes { page.write(box, plan.edges) }
      }
    }
  }

  private mutating func write(_ box: OverridePlan.Box, _ edges: [OverridePlan.Edge]) {
    for anchor in [box.anchor].compactMap({ $0 }) + box.rows.map(\.anchor) {
      let targets = edges.filter { $0.from == anchor }.map(\.to)
      guard !targets.isEmpty else { continue }
      element("li") { page in
        page.writeUser(anchor)
        page.write(" overrides ")
        page.enumerate(targets) { $0.writeUser($1) }
      }
    }
  }

  // MARK: The picture

  private mutating func write(_ picture: OverridePicture) {
    let attributes: Attributes = [
      "class": "override-picture", "viewBox": "0 -6 \(picture.width) \(picture.height + 12)",
      "width": "\(picture.width)", "height": "\(picture.height + 12)", "aria-hidden": "true",
      "focusable": "false",
    ]
    element("svg", attributes) { page in
      for box in picture.boxes { page.write(box, picture) }
      for arrow in picture.arrows { page.write(arrow, picture) }
    }
  }

  private mutating func write(_ box: OverridePicture.Box, _ picture: OverridePicture) {
    element("g", ["class": box.anchor == nil ? "box loose" : "box"]) { page in
      page.markup(
        "<rect x=\"\(picture.left)\" y=\"\(box.y)\" width=\"\(OverridePicture.boxWidth)\" "
          + "height=\"\(box.height)\" rx=\"6\"/>")
      let name = PageWriter.shortened(box.name, 48)
      page.label(
        name, of: box.name, box.anchor, x: picture.left + 14, y: box.titleY + 5, "box-title")
      if let kind = box.kind {
        page.label(kind, of: kind, nil, x: picture.right - 14, y: box.titleY + 5, "box-kind")
      }
      for row in box.rows { page.write(row, picture) }
      if box.hiddenCount > 0 {
        let y = box.y + box.height - OverridePicture.padding - OverridePicture.rowHeight / 2 + 4
        let words = "and \(box.hiddenCount) more"
        page.label(words, of: words, nil, x: picture.left + 36, y: y, "more")
      }
    }
  }

  private mutating func write(_ row: OverridePicture.Row, _ picture: OverridePicture) {
    if let outcome = row.outcome {
      let style = OutcomeStyle(outcome)
      markup(
        "<use class=\"c\(style.colour)\" href=\"#shape-\(style.shape)\" x=\"\(picture.left + 14)\" "
          + "y=\"\(row.y - 6)\" width=\"12\" height=\"12\"/>")
    }
    let name = PageWriter.shortened(row.name, 62)
    label(name, of: row.name, row.anchor, x: picture.left + 36, y: row.y + 4, "row-name")
  }

  private mutating func label(
    _ text: String, of name: String, _ anchor: String?, x: Int, y: Int, _ kind: String
  ) {
    func write(_ page: inout PageWriter) {
      page.element("text", ["x": "\(x)", "y": "\(y)", "class": kind]) { page in
        page.write(text)
        if text != name { page.element("title") { $0.write(name) } }
      }
    }
    guard let anchor else { return write(&self) }
    element("a", ["href": "#\(anchor)", "tabindex": "-1"], write)
  }

  private static func shortened(_ text: String, _ count: Int) -> String {
    text.unicodeScalars.count > count
      ? String(text.unicodeScalars.prefix(count - 1)) + "…" : text
  }

  private mutating func write(_ arrow: OverridePicture.Arrow, _ picture: OverridePicture) {
    let attributes: Attributes = ["class": "arrow", "data-from": arrow.from, "data-to": arrow.to]
    element("g", attributes) { page in
      switch arrow.course {
      case .down:
        let x = picture.left + OverridePicture.boxWidth / 2
        page.path("M\(x) \(arrow.start + 2)V\(arrow.end - 6)")
        page.head("M\(x) \(arrow.end - 1)l-5 -8h10z")
      case .left(let lane):
        let x = picture.left - 12 - lane * OverridePicture.lane
        page.path(PageWriter.bend(picture.left, x, arrow, side: -1))
        page.head("M\(picture.left - 1) \(arrow.end)l-8 -5v10z")
      case .right(let lane):
        let x = picture.right + 12 + lane * OverridePicture.lane
        page.path(PageWriter.bend(picture.right, x, arrow, side: 1))
        page.head("M\(picture.right + 1) \(arrow.end)l8 -5v10z")
      }
    }
  }

  /// Out to a lane, along it, and back, with round corners.
  private static func bend(
    _ edge: Int, _ x: Int, _ arrow: OverridePicture.Arrow, side: Int
  ) -> String {
    let down = arrow.end >= arrow.start ? 1 : -1
    let radius = min(6, abs(arrow.end - arrow.start) / 2)
    let inner = x - side * radius
    return "M\(edge) \(arrow.start)H\(inner)"
      + "Q\(x) \(arrow.start) \(x) \(arrow.start + down * radius)"
      + "V\(arrow.end - down * radius)"
      + "Q\(x) \(arrow.end) \(inner) \(arrow.end)H\(edge + side * 6)"
  }

  private mutating func path(_ line: String) {
    markup("<path class=\"line\" d=\"\(line)\"/>")
  }

  private mutating func head(_ outline: String) {
    markup("<path class=\"head\" d=\"\(outline)\"/>")
  }
}
