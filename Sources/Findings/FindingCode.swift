/// The stable names of everything that a check can find. `rulec help CODE` explains each.
package enum FindingCode: String, CaseIterable, Hashable, Sendable {
  // Text.
  case encoding
  case invisibleCharacter = "invisible-character"
  case mixedScripts = "mixed-scripts"
  case tooLarge = "too-large"
  case listFile = "list-file"

  // Sentences.
  case syntax
  case mixedAndOr = "mixed-and-or"
  case ambiguous
  case tooDeep = "too-deep"
  case badDate = "bad-date"
  case badNumber = "bad-number"

  // Words.
  case unknownWord = "unknown-word"
  case unknownValue = "unknown-value"
  case unknownName = "unknown-name"
  case wrongType = "wrong-type"
  case duplicate
  case circular
  case missingDefault = "missing-default"

  // Proofs.
  case conflict
  case brokenPromise = "broken-promise"
  case gap
  case failingScenario = "failing-scenario"
  case neverApplies = "never-applies"
  case notProved = "not-proved"

  // Warnings.
  case tidiedCharacter = "tidied-character"
  case alwaysSetAside = "always-set-aside"
  case noEffect = "no-effect"
  case needlessOverride = "needless-override"
  case needlessCondition = "needless-condition"
  case expired
  case unused
  case unrecordedNegation = "unrecorded-negation"
  case noReason = "no-reason"
  case indistinctValue = "indistinct-value"
  case domainTest = "domain-test"
  case overdue

  /// Whether it is found by proof, in a policy that can be read.
  package var isProof: Bool {
    switch self {
    case .conflict, .brokenPromise, .gap, .neverApplies, .notProved, .failingScenario: true
    default: false
    }
  }

  package var severity: Severity {
    switch self {
    case .encoding, .invisibleCharacter, .mixedScripts, .tooLarge, .listFile, .syntax, .mixedAndOr,
      .ambiguous, .tooDeep, .badDate, .badNumber, .unknownWord, .unknownValue, .unknownName,
      .wrongType, .duplicate, .circular, .missingDefault, .conflict, .brokenPromise, .gap,
      .failingScenario, .neverApplies, .notProved:
      .error
    case .tidiedCharacter, .alwaysSetAside, .noEffect, .needlessOverride, .needlessCondition,
      .expired, .unused, .unrecordedNegation, .noReason, .indistinctValue, .domainTest, .overdue:
      .warning
    }
  }
}
