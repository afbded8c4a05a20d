/// Many coded messages side by side, to be decided one after the other.
package final class CodedBatch {
  private let shape: CodedShape
  private var words: UnsafeMutablePointer<UInt32>
  private var missing: [Int] = []
  private var capacity = 64

  /// An empty batch of messages to a program.
  package init(_ program: Program) {
    shape = CodedShape(program)
    words = .allocate(capacity: capacity * shape.wordCount)
  }

  deinit { words.deallocate() }

  package var count: Int { missing.count }

  /// Adds a copy of a message.
  package func append(_ message: CodedMessage) {
    if count == capacity { grow() }
    message.copy(to: words + count * shape.wordCount)
    missing.append(message.missingColumns)
  }

  private func grow() {
    let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity * 2 * shape.wordCount)
    larger.moveInitialize(from: words, count: count * shape.wordCount)
    words.deallocate()
    words = larger
    capacity *= 2
  }

  /// Puts a message of the batch before a decider.
  @inline(__always)
  func lend(_ index: Int, to message: CodedMessage) {
    message.use(words + index * shape.wordCount, missingColumns: missing[index])
  }
}

extension Decider {
  /// Decides every message of a batch as of a day and hands on each verdict; winners and notes are then those of
  /// this decision.
  package func decide(
    _ batch: CodedBatch, today: Int32, _ body: (_ index: Int, _ verdict: Verdict) -> Void
  ) {
    for index in 0..<batch.count {
      batch.lend(index, to: message)
      body(index, decide(today: today))
    }
  }
}
