import JSON
import Program

extension DecisionStream {
  /// Decides once for each element of an array, the element's fields laid over the message's own; writes the
  /// record but for its end.
  ///
  /// An element that cannot be decided has its error in its place. Nothing has been written if the
  /// message as a whole is rejected.
  func decide(
    each field: String, of members: [JSONValue.Member], into output: ByteBuffer
  ) throws(MessageError) {
    let id = try MessageDecoder.id(in: members)
    let elements = try MessageDecoder.elements(of: field, in: members, id: id)
    let own = ExactText(field)
    let base = members.filter { ExactText($0.name) != own && $0.name != "id" }
    counters.pointee.ignoredFields += setup.decoder.ignoredFieldCount(in: base)
    output.append("{")
    if let id { output.append("\"id\":\(id),".utf8) }
    output.append("\"decisions\":[")
    for (index, element) in elements.enumerated() {
      if index > 0 { output.append(",") }
      decide(element, at: index, of: field, over: base, into: output)
    }
    output.append("]")
  }

  private func decide(
    _ element: JSONValue, at index: Int, of field: String, over base: [JSONValue.Member],
    into output: ByteBuffer
  ) {
    guard case .object(let members) = element else {
      let message = "element \(index + 1) of `\(field)` is \(element.inWords); it takes objects"
      return reject(
        MessageError(.wrongType, field: field, message), line: nil, into: output)
    }
    let names = Set(members.map { ExactText($0.name) })
    let merged = base.filter { !names.contains(ExactText($0.name)) } + members
    switch setup.decoder.decode(merged) {
    case .success(let decoded):
      counters.pointee.ignoredFields += setup.decoder.ignoredFieldCount(in: members)
      if decide(decoded, line: nil, into: output) { output.append("}") }
    case .failure(let error):
      reject(error, line: nil, into: output)
    }
  }
}

extension MessageDecoder {
  /// The elements of the array that a field holds.
  fileprivate static func elements(
    of field: String, in members: [JSONValue.Member], id: String?
  ) throws(MessageError) -> [JSONValue] {
    let value = value(of: field, in: members) ?? .null
    if case .array(let elements) = value { return elements }
    var error = MessageError.wrongType(field, value, wanted: "an array of objects")
    if case .null = value {
      error = MessageError(
        .wrongType, field: field, "the message has no `\(field)`; it takes an array of objects")
    }
    error.id = id
    throw error
  }
}
