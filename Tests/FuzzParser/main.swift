// Gives random bytes to the reader, the resolver and the formatter, for LLVM's libFuzzer. `Tests/fuzz.sh`
// builds and runs it.

import Analysis
import Findings
import FuzzSupport
import Syntax
import Values

fuzz { bytes, length in
  let source = SourceFile(
    path: "a.rules", bytes: Array(UnsafeBufferPointer(start: bytes, count: length)))
  let text = PolicyText(ruleFiles: [source])
  let result = check(text, today: .firstProved, workLimit: nil)
  let once = Formatter.formatted(text)
  guard result.policy != nil else { return 0 }
  let tidy = PolicyText(ruleFiles: once.map { SourceFile(path: $0.path, bytes: $0.bytes) })
  precondition(
    check(tidy, today: .firstProved, workLimit: nil).policy != nil, "what fmt writes has errors")
  let twice = Formatter.formatted(tidy)
  precondition(once.map(\.bytes) == twice.map(\.bytes), "formatting twice changes something")
  return 0
}
