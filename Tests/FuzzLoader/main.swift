// Gives spoiled files of built policies to their loader, for LLVM's libFuzzer: one that is taken reads and decides
// messages without a step outside its tables. `Tests/fuzz.sh` builds and runs it.

import Engine
import FuzzSupport
import Model
@testable import Program
import Syntax
import Values

/// Decides some messages, complete and incomplete, told and read from JSON, on days of every kind.
func decide(by program: Program, _ random: inout Numbers) {
  let vocabulary = program.vocabulary
  _ = program.source
  let decider = Decider(program)
  let setup = DecisionSetup(
    program, vocabulary, meaning: nil, options: DecisionSetup.Options(texts: true),
    defaultDay: .lastProved)
  let (lines, output) = (LineDecider(LineFormat(program)), ByteBuffer())
  let stream = DecisionStream(setup)
  for day in [Day.firstProved, .lastProved, Day(clamping: random.below(40_000))] {
    let message = Message(values: random.states(of: vocabulary), today: day)
    decider.message.set(message.values)
    if decider.decide(today: day.number).kind == .unsure { decider.gatherDoubts() }
    let told = vocabulary.facts.map(\.id).filter { _ in random.below(8) > 0 }
    let line = Array(message.json(told, vocabulary).utf8)
    output.removeAll()
    let padded = line + [UInt8](repeating: 0, count: MessageReader.padding)
    padded.withUnsafeBytes {
      let line = UnsafeRawBufferPointer(rebasing: $0[..<line.count])
      _ = lines.decide(padded: line, today: day.number, into: output)
    }
    line.withUnsafeBytes { stream.decide(line: $0, number: 1, into: output) }
  }
}

fuzz { bytes, count in
  let file = SpoiledFile(UnsafeRawBufferPointer(start: bytes, count: count))
  guard let program = file.program() else { return 0 }
  var random = Numbers(state: UInt64(truncatingIfNeeded: count) ^ file.checksum)
  decide(by: program, &random)
  return 0
}
