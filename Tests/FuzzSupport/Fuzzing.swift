/// Gives what LLVM's libFuzzer makes up to a function, as the command line says.
package func fuzz(_ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt) {
  var count = CommandLine.argc
  var arguments = CommandLine.unsafeArgv
  _ = runFuzzer(&count, &arguments, body)
}

/// Changes some bytes as libFuzzer does, and gives how many there are then: at most `limit`.
package func mutated(
  _ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, limit: Int
) -> Int {
  mutate(bytes, count, limit)
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

@_silgen_name("LLVMFuzzerMutate")
private func mutate(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ limit: Int) -> Int
