import Analysis
import JSON
import Model
import Syntax
import Values

/// In what two policies differ, as one JSON object for programs.
struct DifferenceJSON: JSONDocument {
  var writer = JSONWriter()
  private let report: DifferenceReport

  private var difference: PolicyDifference { report.difference }
  private var vocabulary: Vocabulary { difference.joint.new.vocabulary }

  init(_ report: DifferenceReport) {
    self.report = report
  }

  /// The object on one line.
  var text: String {
    var copy = self
    copy.writeAll()
    return copy.writer.text + "\n"
  }

  private mutating func writeAll() {
    object { json in
      json.write("old", json.difference.joint.old.hash)
      json.write("new", json.difference.joint.new.hash)
      json.write("equal", json.difference.isEqual)
      json.write("proved", json.difference.isProved)
      json.array("vocabulary") { json in
        for difference in json.difference.joint.differences {
          json.writer.string(difference.words)
        }
      }
      json.array("groups") { json in
        for group in json.difference.groups { json.write(group) }
      }
      if json.difference.hasMoreGroups { json.write("moreGroups", true) }
      if let words = json.report.whenUnsureWords { json.write("whenUnsure", words) }
      if let messages = json.report.messages { json.write(messages) }
    }
  }

  private mutating func write(_ group: DifferenceGroup) {
    object { json in
      json.array("conditions") { json in
        for sentences in group.sentences {
          json.writer.array { writer in
            for sentence in sentences { writer.string(sentence) }
          }
        }
      }
      json.write("exact", group.isExact)
      if group.hasMore { json.write("more", true) }
      let (was, now): (DecisionResult?, DecisionResult?) =
        if case .result(let was, let now) = group.change { (was, now) } else { (nil, nil) }
      json.write("old", was, group.old, json.difference.joint.old)
      json.write("new", now, group.new, json.difference.joint.new)
      json.object("example") { json in
        json.writer.key("message")
        json.writer.raw(json.report.json(group.example))
        json.write("on", group.example.message.today.description)
      }
    }
  }

  /// What one policy decides; `outcome` is null where there is no decision, and left out where it
  /// stays the same.
  private mutating func write(
    _ key: String, _ result: DecisionResult?, _ side: DifferenceGroup.Side, _ policy: Policy
  ) {
    object(key) { json in
      if let result {
        json.writer.key("outcome")
        switch result {
        case .decided(let outcome): json.writer.string(json.vocabulary[outcome].name)
        case .conflict, .gap: json.writer.null()
        }
        if result == .conflict { json.write("error", "conflict") }
        if result == .gap { json.write("error", "gap") }
      }
      json.write("notes", side.notes)
      if !side.notesOfSome.isEmpty { json.write("notesOfSome", side.notesOfSome) }
      let names = json.report.deciderNames(side, policy)
      json.array("rules") { json in
        for name in names { json.writer.string(name) }
      }
      if side.hasMoreDeciders { json.write("moreRules", true) }
    }
  }

  private mutating func write(_ key: String, _ notes: [NoteID]) {
    let names = notes.map { vocabulary[$0].name }
    array(key) { json in
      for name in names { json.writer.string(name) }
    }
  }

  mutating func write(_ key: String, _ flag: Bool) {
    writer.key(key)
    writer.bool(flag)
  }
}
