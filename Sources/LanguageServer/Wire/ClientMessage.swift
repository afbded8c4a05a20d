import JSON

/// A message from a client (JSON-RPC 2.0).
enum ClientMessage {
  /// Wants an answer.
  case request(id: JSONValue, method: String, parameters: JSONValue)
  case notification(method: String, parameters: JSONValue)
  /// The answer to something that the server asked.
  case response
  /// Is none; the id, where it can be told.
  case malformed(ResponseError, id: JSONValue)

  init(_ text: [UInt8]) {
    do throws(JSONError) {
      self = ClientMessage(try JSONReader.readLeniently(text[...]))
    } catch {
      self = .malformed(
        ResponseError(.parseError, "this is no JSON: \(error), at byte \(error.offset)"), id: .null)
    }
  }

  private init(_ value: JSONValue) {
    let id = value["id"]
    guard let method = value["method"] else {
      let isResponse = id != nil && (value["result"] != nil || value["error"] != nil)
      self =
        isResponse
        ? .response
        : .malformed(
          ResponseError(.invalidRequest, "a message has a method, and this has none"),
          id: ClientMessage.answerable(id))
      return
    }
    guard let name = method.text else {
      self = .malformed(
        ResponseError(.invalidRequest, "the name of a method is a text"),
        id: ClientMessage.answerable(id))
      return
    }
    let parameters = value["params"] ?? .null
    switch id {
    case nil: self = .notification(method: name, parameters: parameters)
    case .string?, .number?:
      self = .request(id: id ?? .null, method: name, parameters: parameters)
    case .null?, .bool?, .array?, .object?:
      self = .malformed(
        ResponseError(.invalidRequest, "the id of a request is a text or a number"), id: .null)
    }
  }

  private static func answerable(_ id: JSONValue?) -> JSONValue {
    switch id {
    case .string?, .number?: id ?? .null
    default: .null
    }
  }
}

/// Why a request is not answered.
struct ResponseError: Error {
  enum Code: Int, Sendable {
    case parseError = -32700
    case invalidRequest = -32600
    case methodNotFound = -32601
    case invalidParameters = -32602
    case notInitialized = -32002
    /// It can be read, and cannot be done.
    case requestFailed = -32803
    case requestCancelled = -32800
    /// A newer edit has overtaken it.
    case contentModified = -32801
  }

  let code: Code
  let message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}
