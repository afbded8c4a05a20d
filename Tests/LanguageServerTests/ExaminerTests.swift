import Analysis
import Findings
import Logic
import Syntax
import Testing
import Values
import Workspace

@testable import LanguageServer

/// Proofs run beside the typing, and end when nobody wants them any more.
@Suite struct ExaminerTests {
  private func task() throws -> ExaminationTask {
    let text = PolicyText(
      ruleFiles: [SourceFile(path: "letters.rules", bytes: Array(letters.utf8))])
    let policy = try #require(check(text, today: Editor.today, workLimit: nil).policy)
    return ExaminationTask(root: .folder("/a"), generation: 1, policy: policy)
  }

  @Test func aCancelledProofGivesNothing() throws {
    let task = try task()
    task.cancellation.cancel()
    let isGivenUp = prove(task.policy, unless: task.cancellation) == nil
    #expect(isGivenUp)
    var reports = 0
    task.run { _ in reports += 1 }
    #expect(reports == 0)
  }

  @Test func scenariosAreReportedBeforeProofs() throws {
    let task = try task()
    var proofs: [Bool] = []
    task.run { proofs.append($0.proofs != nil) }
    #expect(proofs == [false, true])
  }

  @Test func anExaminerReportsFromItsOwnThread() throws {
    let inbox = Inbox()
    let examiner = Examiner { inbox.post(.examined($0)) }
    examiner.examine(try task())
    var last: Examination?
    while last?.proofs == nil {
      guard case .examined(let examination)? = inbox.next(waiting: 20_000_000_000) else { break }
      last = examination
    }
    #expect(last?.proofs?.findings.isEmpty ?? false)
    #expect(last?.scenarios.first?.passed ?? false)
  }
}
