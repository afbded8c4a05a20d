import Analysis
import Findings
import Page
import Reports
import Syntax
import Testing
import Values

/// The page of a policy that is written in the test.
func page(of rules: String, proves: Bool = true, against old: String? = nil) throws -> String {
  let text = PolicyText(ruleFiles: [SourceFile(path: "case.rules", bytes: Array(rules.utf8))])
  let today = Day(clamping: 20_454)
  let result = check(text, today: today, workLimit: proves ? defaultWorkLimit : nil)
  let contents = PageContents(title: "a policy", syntax: read(text), check: result)
  return try #require(PolicyPage.html(contents))
}
