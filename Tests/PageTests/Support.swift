import Analysis
import Findings
import Model
import Page
import Reports
import Syntax
import Testing
import Values

/// The page of a policy that is written in the test.
func page(of rules: String, proves: Bool = true, against old: String? = nil) throws -> String {
  let text = PolicyText(of: rules)
  let today = Day(clamping: 20_454)
  let result = check(text, today: today, workLimit: proves ? defaultWorkLimit : nil)
  var comparison: DifferenceReport?
  if let old, let new = result.policy {
    let oldText = PolicyText(of: old)
    let before = try #require(resolve(read(oldText), oldText, today: today).policy)
    comparison = DifferenceReport(
      difference(from: before, to: new, workLimit: defaultWorkLimit),
      names: (old: "old", new: "new"))
  }
  let contents = PageContents(
    title: "a policy", syntax: read(text), check: result, difference: comparison)
  return try #require(PolicyPage.html(contents))
}

extension PolicyText {
  /// A policy of one file.
  fileprivate init(of rules: String) {
    self.init(ruleFiles: [SourceFile(path: "case.rules", bytes: Array(rules.utf8))])
  }
}
