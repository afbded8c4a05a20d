package import Syntax

extension PolicyText.Problem {
  /// Why the file could not be had, in a few plain words.
  package var reason: String {
    switch self {
    case .missing: "there is no such file"
    case .outside: "it lies outside the policy's folder"
    case .unreadable(let reason): reason
    case .tooLarge(let bytes):
      "it has \(bytes >> 20) MB, and at most \(PolicyFolder.largestFile >> 20) MB are read"
    }
  }
}
