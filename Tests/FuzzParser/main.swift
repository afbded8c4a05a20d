// Gives random bytes to the reader, the resolver and the formatter, for LLVM's libFuzzer:
//
//   RULEC_FUZZ=1 swift build -c release --product fuzz-parser --scratch-path .build-fuzz \
//     -Xswiftc -sanitize=fuzzer
//   SWIFT_BACKTRACE=enable=no .build-fuzz/release/fuzz-parser CORPUS -max_total_time=600

import Analysis
import Findings
import Syntax
import Values

@_silgen_name("LLVMFuzzerRunDriver")
func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

var count = CommandLine.argc
var arguments = CommandLine.unsafeArgv
_ = runFuzzer(&count, &arguments) { bytes, length in
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
