extension PageWriter {
  /// Where something is used, folded away until it is asked for.
  mutating func writeUses(of anchor: String, _ manners: Set<Use.Manner> = [.named]) {
    let uses = (links.uses[anchor] ?? []).filter { manners.contains($0.manner) }
    guard !uses.isEmpty else { return }
    element("details", ["class": "uses"]) { page in
      let count = uses.count
      page.element("summary") {
        $0.write("Used in \(count == 1 ? "1 place" : "\(count) places")")
      }
      page.element("ul") { page in
        for use in uses { page.element("li") { $0.writeUser(use.user) } }
      }
    }
  }

  /// A statement that uses something, by its kind and name.
  mutating func writeUser(_ anchor: String) {
    guard let title = links.titles[anchor] else { return }
    if !title.kind.isEmpty {
      span("kind") { $0.write(title.kind) }
      write(" ")
    }
    link(to: anchor) { $0.write(title.name) }
  }

  /// A heading that leads to its own place, so that it can be copied from there.
  mutating func heading(_ level: Int, _ name: String, anchor: String) {
    element("h\(level)") { page in
      page.link(to: anchor, "self") { $0.write(name) }
    }
  }
}
