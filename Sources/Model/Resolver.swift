package import Findings
package import Syntax
package import Values

/// What resolving a policy gives: its meaning, and what is wrong with it.
package struct Resolution: Sendable {
  /// Nil if the policy has errors.
  package let policy: Policy?
  /// The rule files, and behind them the list files that were read.
  package let files: SourceFiles
  package let hash: String
  package let findings: [Finding]
  package let ruleCount: Int
  package let promiseCount: Int
  package let scenarioCount: Int
  /// What the lists hold, those in files too.
  package let listItems: [ListID: [ListItemSyntax]]
  /// What the lists are taken for.
  package let listUses: Set<ListUse>
}

/// Turns a policy as it was written into what it means: names become ids, lists their values,
/// sections and tables their rules. Reports every name that nothing declares, whatever does not fit
/// its place, and the warnings that need no proof. `today` decides which rules have expired.
///
/// Where nobody asks for the hash, as while a policy is typed, it is left empty: it costs as much as reading.
package func resolve(
  _ syntax: PolicySyntax, _ text: PolicyText, today: Day, hashing: Bool = true
) -> Resolution {
  var resolver = Resolver(syntax, text, today: today)
  resolver.resolveVocabulary()
  resolver.resolveRules()
  resolver.resolveOverrides()
  resolver.resolvePromises()
  resolver.resolveScenarios()
  resolver.warn()
  return resolver.resolution(hashing: hashing)
}

/// The state of one resolution.
struct Resolver {
  let syntax: PolicySyntax
  let text: PolicyText
  let today: Day
  let lexicon: Lexicon
  var sources: [SourceFile]
  var findings: [Finding] = []

  // What the lists hold.
  var listItems: [ListID: [ListItemSyntax]] = [:]
  var listFiles: [String: FileID] = [:]
  var expandedLists: [ListUse: [ListItemSyntax]] = [:]
  var listUses: Set<ListUse> = []
  var reportedItems: Set<Span> = []

  // What the policy means.
  var vocabulary = Vocabulary()
  var holidays: Set<Day> = []
  var rules: [Rule] = []
  var unreadableRuleCount = 0
  var ruleNames: [String: RuleName] = [:]
  var sections: [String: SectionRules] = [:]
  var sectionOrder: [String] = []
  var overrideLines: [OverrideLine] = []
  var overrides = OverrideGraph(ruleCount: 0)
  var otherwise: Standard?
  var whenUnsure: Standard?
  var promises: [Promise] = []
  var promiseCount = 0
  var scenarios: [Scenario] = []
  var scenarioCount = 0

  // What was used, for the warnings.
  var usage = Usage()
  var definitionDepths: [Int] = []

  init(_ syntax: PolicySyntax, _ text: PolicyText, today: Day) {
    self.syntax = syntax
    self.text = text
    self.today = today
    lexicon = syntax.lexicon
    sources = syntax.files.files
  }

  mutating func report(_ finding: Finding) {
    findings.append(finding)
  }

  /// Names are compared without regard to case.
  static func key(_ name: String) -> String {
    WordTable.lowercased(name)
  }

  func resolution(hashing: Bool) -> Resolution {
    let files = SourceFiles(sources)
    let hash = hashing ? PolicyHash.hash(of: sources) : ""
    var all = syntax.findings + findings
    if syntax.isIncomplete { all.removeAll { $0.code.isAboutDeclarations } }
    all = Finding.withoutEchoes(all)
    let hasErrors = all.contains { $0.severity == .error }
    let policy =
      hasErrors
      ? nil
      : Policy(
        files: files, hash: hash, vocabulary: vocabulary, rules: rules, overrides: overrides,
        otherwise: otherwise, whenUnsure: whenUnsure, promises: promises, scenarios: scenarios,
        calendar: WorkingCalendar(holidays: holidays))
    return Resolution(
      policy: policy, files: files, hash: hash, findings: all,
      ruleCount: rules.count + unreadableRuleCount,
      promiseCount: promiseCount, scenarioCount: scenarioCount, listItems: listItems,
      listUses: listUses)
  }
}

/// The hash that names a version of a policy: SHA-256 over each file's path, a NUL, its length in
/// decimal, a NUL and its bytes, in path order; list files included, each once.
package enum PolicyHash {
  package static func hash(of files: [SourceFile]) -> String {
    var sha = SHA256()
    let sorted = files.sorted { Array($0.path.utf8).lexicographicallyPrecedes(Array($1.path.utf8)) }
    for file in sorted {
      sha.update(Array(file.path.utf8) + [0] + Array(String(file.bytes.count).utf8) + [0])
      sha.update(file.bytes)
    }
    return SHA256.hex(sha.finalize())
  }
}
