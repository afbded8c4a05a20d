import Analysis
import Findings
import Testing

@Suite struct `A published decision table` {
  @Test(arguments: PublishedTable.all)
  func `has the overlaps that are published, and no others`(_ table: PublishedTable) {
    #expect(conflicts(table.result(with: [])) == named(table.overlaps), "\(table.name)")
  }

  @Test(arguments: PublishedTable.all)
  func `has gaps`(_ table: PublishedTable) {
    #expect(count(.gap, table.result(with: [])) == 1, "\(table.name)")
  }

  /// A row too large would be a further conflict.
  @Test(arguments: PublishedTable.all)
  func `has exactly the gaps that are published`(_ table: PublishedTable) {
    let result = table.result(with: table.gaps)
    #expect(count(.gap, result) == 0, "\(table.name)")
    #expect(conflicts(result) == named(table.overlaps), "\(table.name)")
  }

  @Test(arguments: PublishedTable.all)
  func `has a gap as long as one of those published is open`(_ table: PublishedTable) {
    for index in table.gaps.indices {
      var closed = table.gaps
      closed.remove(at: index)
      #expect(count(.gap, table.result(with: closed)) == 1, "\(table.name), gap \(index + 1)")
    }
  }

  @Test(arguments: PublishedTable.all)
  func `has no other error`(_ table: PublishedTable) {
    let errors = table.result(with: table.gaps).findings.filter {
      $0.severity == .error && $0.code != .conflict
    }
    #expect(errors.map(\.message) == [], "\(table.name)")
  }

  private func count(_ code: FindingCode, _ result: CheckResult) -> Int {
    result.findings.count { $0.code == code }
  }

  private func conflicts(_ result: CheckResult) -> Set<Set<String>> {
    Set(result.findings.filter { $0.code == .conflict }.map { Set($0.example?.rules ?? []) })
  }

  private func named(_ pairs: Set<PublishedTable.Pair>) -> Set<Set<String>> {
    Set(pairs.map { ["Published, row \($0.first)", "Published, row \($0.second)"] })
  }
}
