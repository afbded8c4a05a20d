/// Many coded messages side by side, to be decided one after the other.
package final class CodedBatch {
  private let shape: CodedShape
  private var words: CodedWords
  private var capacity = 64
  package private(set) var count = 0

  /// An empty batch of messages to a program.
  package init(_ program: Program) {
    shape = CodedShape(program)
    words = shape.allocate(capacity)
  }

  deinit { words.deallocate() }

  /// Adds a copy of a message.
  package func append(_ message: CodedMessage) {
    if count == capacity { grow() }
    message.copy(to: shape.words(count, of: words))
    count += 1
  }

  /// Forgets all messages and keeps the memory.
  package func removeAll() { count = 0 }

  private func grow() {
    let larger = shape.allocate(capacity * 2)
    shape.copy(words, to: larger, count)
    words.deallocate()
    words = larger
    capacity *= 2
  }

  /// Puts a message of the batch before a decider.
  @inline(__always)
  func lend(_ index: Int, to message: CodedMessage) {
    message.use(shape.words(index, of: words))
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
