import Analysis
import Findings
import Model
import Syntax
import Values

extension PageWriter {
  /// What the policy commits to, each with its proof or with the message that breaks it.
  mutating func writePromises() {
    writeFiles(where: \.isPromise) { page, statements in
      for placed in statements {
        page.write(placed.comments)
        if case .promise(let promise) = placed.statement.kind { page.write(promise) }
      }
    }
  }

  private mutating func write(_ syntax: PromiseSyntax) {
    guard let anchor = links.anchors.promises[syntax.name.span],
      let promise = promisesBySpan[syntax.name.span]
    else { return }
    let findings = findingsBySpan[promise.span] ?? []
    let isProved = contents.check.provedCount != nil && findings.isEmpty
    let state = isProved ? "good" : "bad"
    element("article", ["id": anchor, "class": "rule promise \(state)", "data-kind": "promise"]) {
      page in
      page.heading(3, promise.name, anchor: anchor)
      if let condition = syntax.condition { page.clause("if") { $0.writeCondition(condition) } }
      for clause in syntax.clauses {
        if case .pledgeCondition(let condition) = clause.kind {
          page.clause("if") { $0.writeCondition(condition) }
        }
      }
      page.writeClauses(syntax.clauses)
      page.element("div", ["class": "verdict"]) { page in
        page.writeVerdict(promise, isProved, findings)
      }
    }
  }

  private mutating func writeVerdict(_ promise: Promise, _ isProved: Bool, _ findings: [Finding]) {
    if isProved {
      return paragraph { page in
        page.element("strong") { $0.write("Proved. ") }
        page.write(promise.proofWords)
      }
    }
    if findings.isEmpty {
      return paragraph { page in
        page.element("strong") { $0.write("Not looked at. ") }
        page.write("Promises are proved once the errors are put right.")
      }
    }
    for finding in findings { write(finding) }
  }
}

extension Promise {
  /// What its proof says.
  fileprivate var proofWords: String {
    let days: String
    switch (from, until) {
    case (nil, nil): days = "on any day from 2000 to 2099"
    case (let from?, nil): days = "on any day from \(from.words) to the end of 2099"
    case (nil, let until?): days = "on any day from 2000 to \(until.words)"
    case (let from?, let until?): days = "on any day from \(from.words) to \(until.words)"
    }
    if case .neverDependsOn = pledge {
      return
        "There are no two messages \(days) that differ in this alone and are decided differently."
    }
    return "There is no message \(days) for which it is not kept."
  }
}
