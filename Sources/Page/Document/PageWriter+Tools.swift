extension PageWriter {
  /// The place of the form, which the script fills in: a field for each fact, and the decision beside it.
  mutating func writeForm() {
    paragraph("lead") {
      $0.write(
        "Fill in what is known about a message, and see at once how it is decided and why. "
          + "Everything is computed on this page and leaves it nowhere.")
    }
    element("div", ["id": "form"]) { _ in }
  }

  /// The place of the map, which the script draws.
  mutating func writeMap() {
    paragraph("lead") {
      $0.write(
        "Pick two facts and see every outcome that they lead to. All other facts are as you filled "
          + "them in above.")
    }
    element("div", ["id": "outcome-map"]) { _ in }
  }
}
