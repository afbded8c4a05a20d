/// Lends the bytes of a collection, in one piece, to `body`; copies them only where it must.
func withBytes<Answer>(
  of bytes: some Collection<UInt8>, _ body: (UnsafeRawBufferPointer) -> Answer
) -> Answer {
  let answer = bytes.withContiguousStorageIfAvailable { body(UnsafeRawBufferPointer($0)) }
  return answer ?? Array(bytes).withUnsafeBytes(body)
}
