import Coverage
import Engine
import Findings
import JSON
import Model
import Syntax
import Values

/// What scenarios and promises notice, as an object in a JSON document.
struct CoverageJSON: JSONDocument {
  var writer: JSONWriter
  private let report: CoverageReport

  private var result: CoverageResult { report.result }

  init(_ report: CoverageReport, in writer: JSONWriter) {
    (self.report, self.writer) = (report, writer)
  }

  mutating func writeAll() {
    object("coverage") { json in
      for share in json.report.figures.shares {
        json.object(share.key) { json in
          json.write("exercised", share.exercised)
          json.write("total", share.total)
        }
      }
      json.writeChanges()
      json.array("holes") { json in
        for hole in json.result.holes { json.write(hole) }
      }
      guard json.report.suggests else { return }
      json.array("suggestions") { json in
        for suggestion in json.result.suggestions { json.write(suggestion) }
      }
    }
  }

  private mutating func writeChanges() {
    object("changes") { json in
      let result = json.result
      let counts = [
        ("tried", result.changes.count), ("changingNothing", result.changingNothing),
        ("noticedByScenarios", result.noticedByScenarios),
        ("noticedByPromises", result.noticedByPromises),
        ("stoppedByCheck", result.stoppedByCheck), ("unnoticed", result.unnoticed),
        ("notFoundOut", result.notFoundOut), ("notTried", result.untriedCount),
        ("percent", result.percent),
      ]
      for (name, count) in counts { json.write(name, count) }
    }
  }

  private mutating func write(_ hole: Hole) {
    let words = report.words
    let span = words.span(hole)
    let file = result.policy.files[span.file]
    object { json in
      json.write("kind", hole.kindName)
      json.write("message", words.sentence(hole))
      json.write("file", file.path)
      json.write("line", file.line(at: span.start))
      if let example = hole.example { json.write(example) }
    }
  }

  private mutating func write(_ example: Hole.Example) {
    let vocabulary = result.policy.vocabulary
    let facts = example.draft == nil ? example.given : vocabulary.facts.map(\.id)
    let message = example.draft?.message ?? example.message
    object("example") { json in
      json.writer.key("message")
      json.writer.raw(message.json(facts, vocabulary))
      json.write("on", message.today.description)
      json.write("today", json.report.words.plain(example.today))
      json.write("changed", json.report.words.plain(example.changed))
    }
  }

  private mutating func write(_ suggestion: Suggestion) {
    object { json in
      json.write("name", suggestion.name)
      json.write("scenario", suggestion.text)
      json.array("closes") { json in
        for hole in suggestion.closes { json.writer.number(hole) }
      }
    }
  }
}

extension Hole {
  /// The kind as programs see it.
  fileprivate var kindName: String {
    switch kind {
    case .rule: "rule"
    case .sentence: "sentence"
    case .overrides: "overrides"
    case .outcome: "outcome"
    case .note: "note"
    case .otherwise: "otherwise"
    case .whenUnsure: "when unsure"
    case .change(_, nil): "unnoticed change"
    case .change(_, _?): "change stopped by check"
    }
  }
}
