package import Engine
import JSON
package import Program

extension LogBatch {
  /// Has a message decided, as `DecisionStream.decide` does, and adds what was asked and answered; nothing for a
  /// blank line. `policy` is the hash of the policy that decides.
  package func decide(
    padded line: UnsafeRawBufferPointer, number: Int?, by stream: DecisionStream, policy: String,
    into output: ByteBuffer
  ) {
    let (start, rejected) = (output.count, stream.counts.rejected)
    stream.decide(padded: line, number: number, into: output)
    guard output.count > start else { return }
    let answer = UnsafeRawBufferPointer(rebasing: output.bytes[start..<output.count - 1])
    if stream.counts.rejected == rejected || LogBatch.isDecision(answer) {
      add(message: line, answer: answer, today: stream.today)
    } else {
      add(refused: line, answer: answer, policy: policy, today: stream.today)
    }
  }

  /// Whether an answer holds decisions on the elements of a message, of which only some may be refused.
  private static func isDecision(_ answer: UnsafeRawBufferPointer) -> Bool {
    (try? JSONReader.read(answer))?["decisions"] != nil
  }
}
