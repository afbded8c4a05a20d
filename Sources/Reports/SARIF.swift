import Findings
import JSON

/// Findings in the Static Analysis Results Interchange Format.
///
/// Source: OASIS, "SARIF Version 2.1.0".
struct SARIF: JSONDocument {
  var writer = JSONWriter(pretty: true)
  private let findings: [Finding]
  private let files: SourceFiles
  private let prefix: String
  private let toolVersion: String
  /// The codes that occur, in the order in which they are declared.
  private let codes: [FindingCode]

  init(_ findings: [Finding], _ files: SourceFiles, _ prefix: String, _ toolVersion: String) {
    self.findings = findings
    self.files = files
    self.prefix = prefix
    self.toolVersion = toolVersion
    let occurring = Set(findings.map(\.code))
    codes = FindingCode.allCases.filter { occurring.contains($0) }
  }

  var text: String {
    var copy = self
    copy.writeLog()
    return copy.writer.text + "\n"
  }

  private mutating func writeLog() {
    object { sarif in
      sarif.write("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      sarif.write("version", "2.1.0")
      sarif.array("runs") { sarif in
        sarif.object { sarif in sarif.writeRun() }
      }
    }
  }

  private mutating func writeRun() {
    object("tool") { sarif in
      sarif.object("driver") { sarif in
        sarif.write("name", "rulec")
        sarif.write("version", sarif.toolVersion)
        sarif.array("rules") { sarif in
          for code in sarif.codes { sarif.write(code) }
        }
      }
    }
    write("columnKind", "unicodeCodePoints")
    array("results") { sarif in
      for finding in sarif.findings { sarif.write(finding) }
    }
  }

  private mutating func write(_ code: FindingCode) {
    let help = CodeHelp.page(of: code)
    object { sarif in
      sarif.write("id", code.rawValue)
      sarif.writeMessage("shortDescription", help.title)
      sarif.writeMessage("fullDescription", help.meaning)
      sarif.writeMessage("help", help.text)
      sarif.object("defaultConfiguration") { sarif in
        sarif.write("level", code.severity.rawValue)
      }
    }
  }

  // MARK: One finding

  private mutating func write(_ finding: Finding) {
    object { sarif in
      sarif.write("ruleId", finding.code.rawValue)
      sarif.write("ruleIndex", sarif.codes.firstIndex(of: finding.code) ?? 0)
      sarif.write("level", finding.severity.rawValue)
      let texts = [finding.message] + [finding.reason, finding.help].compactMap { $0 }
      sarif.writeMessage("message", texts.joined(separator: "\n"))
      sarif.array("locations") { sarif in
        sarif.object { sarif in sarif.writePlace(finding.span) }
      }
      if !finding.related.isEmpty { sarif.write(finding.related) }
      if !finding.fixes.isEmpty {
        sarif.array("fixes") { sarif in
          for fix in finding.fixes { sarif.write(fix) }
        }
      }
    }
  }

  private mutating func write(_ related: [RelatedPlace]) {
    array("relatedLocations") { sarif in
      for (index, place) in related.enumerated() {
        sarif.object { sarif in
          sarif.write("id", index)
          sarif.writePlace(place.span)
          sarif.writeMessage("message", place.message)
        }
      }
    }
  }

  private mutating func write(_ fix: Fix) {
    object { sarif in
      sarif.writeMessage("description", fix.title)
      sarif.array("artifactChanges") { sarif in
        for file in Set(fix.edits.map(\.span.file)).sorted() {
          sarif.write(fix.edits.filter { $0.span.file == file }.sorted { $0.span < $1.span })
        }
      }
    }
  }

  /// The changes to one file.
  private mutating func write(_ edits: [Edit]) {
    guard let first = edits.first else { return }
    object { sarif in
      sarif.writeFile(first.span)
      sarif.array("replacements") { sarif in
        for edit in edits {
          sarif.object { sarif in
            sarif.writeRegion("deletedRegion", edit.span)
            sarif.writeMessage("insertedContent", edit.text)
          }
        }
      }
    }
  }

  // MARK: Places

  private mutating func writePlace(_ span: Span) {
    object("physicalLocation") { sarif in
      sarif.writeFile(span)
      sarif.writeRegion("region", span)
    }
  }

  private mutating func writeFile(_ span: Span) {
    let path = prefix + files[span.file].path
    object("artifactLocation") { sarif in
      sarif.write("uri", (path.hasPrefix("/") ? "file://" : "") + SARIF.uri(path))
    }
  }

  private mutating func writeRegion(_ key: String, _ span: Span) {
    let file = files[span.file]
    let (start, end) = (file.place(at: span.start), file.place(at: span.end))
    object(key) { sarif in
      sarif.write("startLine", start.line)
      sarif.write("startColumn", start.column)
      sarif.write("endLine", end.line)
      sarif.write("endColumn", end.column)
    }
  }

  /// A path as RFC 3986 writes it: all but letters, digits and `- . _ ~ /` by their bytes.
  static func uri(_ path: String) -> String {
    var result = ""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
        result.append(Character(Unicode.Scalar(byte)))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%\(digits.count < 2 ? "0" : "")\(digits)"
      }
    }
    return result
  }
}

// MARK: Writing

extension SARIF {
  private mutating func writeMessage(_ key: String, _ text: String) {
    object(key) { sarif in sarif.write("text", text) }
  }
}
