// Gives random bytes to the reader of messages, for LLVM's libFuzzer: whatever it reads, the exact decoder has to
// read alike. `Tests/fuzz.sh` builds and runs it.

import Analysis
import Engine
import Findings
import FuzzSupport
import Model
import Program
import Syntax
import Values

/// A fact of every kind, one of them in an object, and a rule for each.
let text = """
  fact p is: one of a, b, "a longer value than sixteen bytes"
  fact s contains: any of x, y, z
  fact y has come: yes or no, if recorded
  fact n is: whole number from 0 to 200
  fact m is: number, if absent 2.5
  fact d is: date, if recorded
    from o.d
  fact t is: text, if recorded
    from o.t
  outcome one
  outcome two
  note first
  rule A
    if p is a and s contains x and y has come then one with first
  rule B
    if p is b and n is more than 3 and m is 2.5 then two
  if t is "é" or d is 1 May 2026 or s contains all of y, z then add first

  otherwise one
  when unsure two
  """

let source = SourceFile(path: "a.rules", bytes: Array(text.utf8))
guard
  let policy = check(PolicyText(ruleFiles: [source]), today: .firstProved, workLimit: nil).policy
else { preconditionFailure("the policy of the fuzzer has errors") }
let program = Program(policy)
let decoder = MessageDecoder(policy.vocabulary)
nonisolated(unsafe) let reader = MessageReader(LineFormat(program))
nonisolated(unsafe) let (quick, exact) = (Decider(program), Decider(program))

fuzz { bytes, length in
  let line = UnsafeRawBufferPointer(start: bytes, count: length)
  guard reader.read(line, into: quick.message) else { return 0 }
  guard case .success(let decoded) = decoder.decode(line) else {
    preconditionFailure("what was read is no message")
  }
  exact.message.set(decoded.values)
  let id = reader.id.map { String(decoding: line[$0], as: UTF8.self) }
  precondition(id == decoded.id, "another id")
  precondition(reader.day == decoded.day?.number, "another day")
  precondition(reader.ignoredFieldCount == decoded.ignoredFieldCount, "another count")
  let day = decoded.day ?? .firstProved
  precondition(
    quick.decide(today: day.number) == exact.decide(today: day.number), "another decision")
  precondition(quick.noteNumbers == exact.noteNumbers, "other notes")
  return 0
}
