import Analysis
import Model
import Reports
import Values

extension PageWriter {
  /// What is decided differently from an older policy, and for whom.
  mutating func writeChanges() {
    guard let report = contents.difference else { return }
    let difference = report.difference
    paragraph("lead") { $0.sentence(report.headline.sentence) }
    if !difference.joint.differences.isEmpty {
      element("h3") { $0.write("Words that changed") }
      element("ul", ["class": "vocabulary-changes"]) { page in
        for change in difference.joint.differences {
          page.element("li") { $0.sentence(change.words.sentence) }
        }
      }
    }
    if !difference.groups.isEmpty {
      element("h3") { $0.write("Messages that are decided differently") }
      element("ol", ["class": "differences"]) { page in
        for group in difference.groups {
          page.element("li") { $0.write(group, report) }
        }
      }
    }
    if difference.hasMoreGroups {
      paragraph {
        $0.write("There are more differences; the first \(difference.groups.count) are shown.")
      }
    }
    if let words = report.whenUnsureWords { paragraph { $0.sentence(words.sentence) } }
  }

  private mutating func write(_ group: DifferenceGroup, _ report: DifferenceReport) {
    for words in report.headWords(of: group) {
      paragraph("change") { $0.sentence(words.sentence(isEnded: false)) }
    }
    element("ul", ["class": "conditions"]) { page in
      for sentences in group.sentences {
        page.element("li") { page in
          page.sentence(
            sentences.isEmpty
              ? "for every message" : "where " + sentences.joined(separator: " and "))
        }
      }
      if group.hasMore { page.element("li") { $0.write("and more messages like these") } }
    }
    if !group.isExact {
      paragraph("fine") { $0.write("As far as these rules decide there, and no others.") }
    }
    writeMessage(report.json(group.example), on: group.example.message.today.description)
  }
}

extension String {
  /// The text as a sentence: with a capital and, as a rule, a full stop.
  fileprivate func sentence(isEnded: Bool = true) -> String {
    let start = first == "`" ? self : prefix(1).uppercased() + dropFirst()
    return isEnded && !hasSuffix(".") ? start + "." : start
  }

  fileprivate var sentence: String { sentence(isEnded: true) }
}
