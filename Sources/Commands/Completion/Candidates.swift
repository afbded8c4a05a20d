import Findings

/// What a shell can offer for a word of a command line.
struct Candidates: Hashable {
  enum Files: Hashable { case none, folders, all }

  /// The words to choose from.
  var words: [String] = []
  /// Which files fit.
  var files = Files.none
  /// Whether the name of a file behind @ fits.
  var takesFileBehindAt = false

  init(words: [String]) {
    self.words = words
  }

  /// What can stand for a placeholder such as `COMMAND|CODE` or `JSON|@FILE|-`.
  ///
  /// A part in small letters stands for itself; one that names neither a file nor a closed list, such
  /// as DATE, leaves nothing to offer.
  init(placeholder: String) {
    for part in placeholder.split(separator: "|") {
      switch part {
      case "COMMAND": words += CommandLineTool.descriptions.map(\.name)
      case "CODE": words += FindingCode.allCases.map(\.rawValue)
      case "FOLDER": files = .folders
      case "POLICY", "OLD", "NEW", "PATH": files = .all
      case "@FILE": takesFileBehindAt = true
      case _ where part.hasPrefix("FILE"): files = .all
      case _ where part.utf8.allSatisfy { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 }:
        words.append(String(part))
      default: break
      }
    }
  }
}

extension ArgumentDescription {
  var candidates: Candidates { Candidates(placeholder: name) }
}

extension OptionDescription {
  /// What can stand behind the option; nothing if it takes no value.
  var candidates: Candidates? {
    switch value {
    case .none: nil
    case .one(let placeholder): Candidates(placeholder: placeholder)
    case .choice(let words): Candidates(words: words)
    }
  }
}
