/// What a command can be told, from which its help and its messages are made.
package struct CommandDescription: Sendable {
  package let name: String
  /// What the command does, in one line.
  package let summary: String
  /// More about it, a paragraph each.
  package var details: [String] = []
  package var arguments: [ArgumentDescription] = []
  package var options: [OptionDescription] = []
  /// Command lines to try.
  package var examples: [String] = []

  /// The options of every command.
  static let commonOptions: [OptionDescription] = [.colour, .help]

  /// The options of the command and those of every command.
  package var allOptions: [OptionDescription] { options + CommandDescription.commonOptions }

  /// `rulec fmt [POLICY] [--check] [--stdout]`
  package var usage: String {
    var parts = ["rulec", name]
    parts += arguments.map { argument in
      (argument.isRequired ? argument.name : "[\(argument.name)]")
        + (argument.mayRepeat ? "..." : "")
    }
    parts += options.map { $0.isRequired ? $0.usage : "[\($0.usage)]" }
    return parts.joined(separator: " ")
  }
}

/// Something that a command is given without an option's name before it.
package struct ArgumentDescription: Sendable {
  package let name: String
  package let help: String
  package var isRequired = false
  /// Whether any number may be given; only of the last one.
  package var mayRepeat = false

  package static let policy = ArgumentDescription(
    name: "POLICY",
    help: "the folder that holds the rules, a single .rules file, or a file that `rulec build` "
      + "wrote; `rules` if left out")
}

/// An option, with or without a value after it.
package struct OptionDescription: Sendable {
  package enum Value: Hashable, Sendable {
    /// The option's name says it all.
    case none
    /// A value is needed; the word stands for it in the help.
    case one(String)
    /// One of these words is needed.
    case choice([String])
  }

  package let name: String
  package var value: Value = .none
  package let help: String
  package var isRequired = false

  /// `--format text|json`
  package var usage: String {
    switch value {
    case .none: name
    case .one(let placeholder): "\(name) \(placeholder)"
    case .choice(let words): "\(name) \(words.joined(separator: "|"))"
    }
  }

  static func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String, _ type: Choice.Type, help: String
  ) -> OptionDescription {
    OptionDescription(name: name, value: .choice(Choice.allCases.map(\.rawValue)), help: help)
  }

  static let colour = choice(
    "--color", ColourChoice.self, help: "use colour: where a person reads (auto), always or never")

  static let jobs = OptionDescription(
    name: "--jobs", value: .one("N"),
    help: "work in N jobs at once, up to one for each processor; the output is the same")

  static let help = OptionDescription(name: "--help", help: "show this page")

  static let firstLine = OptionDescription(
    name: "--first-line", value: .one("N"),
    help: "the number of the first line, where the messages are a part of a larger file")

  static func day(_ help: String) -> OptionDescription {
    OptionDescription(name: "--on", value: .one("DATE"), help: help)
  }
}
