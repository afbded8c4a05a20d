/// Why bytes are no program that can be used.
package enum ImageError: Error, Hashable, Sendable, CaseIterable {
  /// They are something else, or so few that nobody can tell.
  case notAProgram
  /// They were written by a version of this tool that laid programs out in another way.
  case otherVersion
  /// Fewer, or more, than the program has.
  case cutShort, tooLong
  /// Some of them are not what was written.
  case altered
  /// They are what was written, but what was written does not fit together.
  case unsound

  /// What is wrong with the file, to stand behind its name.
  package var reason: String {
    switch self {
    case .notAProgram: "it is no file that `rulec build` wrote"
    case .otherVersion: "it was built by another version of rulec"
    case .cutShort: "it is cut short: its end is missing"
    case .tooLong: "more stands behind its end than was built"
    case .altered: "it was altered or damaged after it was built"
    case .unsound: "it is damaged: its parts do not fit together"
    }
  }

  /// What to do about it.
  package var help: String {
    switch self {
    case .notAProgram: "build it from the folder that holds your rules, with `rulec build`"
    case .otherVersion: "build it again with this version, from the folder that holds the rules"
    case .cutShort, .tooLong, .altered, .unsound:
      "copy it again, or build it again from the folder that holds the rules"
    }
  }
}
