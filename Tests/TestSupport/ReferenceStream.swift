package import Engine
import JSON
package import Model
import Program
import Syntax
package import Values

/// The records of a stream of decisions, made by the evaluator and written value by value.
package struct ReferenceStream {
  private let evaluator: Evaluator
  private let decoder: MessageDecoder
  private let options: DecisionStream.Options
  private let defaultDay: Day

  private var policy: Policy { evaluator.policy }

  package init(_ policy: Policy, options: DecisionStream.Options, defaultDay: Day) {
    evaluator = Evaluator(policy)
    decoder = MessageDecoder(policy.vocabulary)
    self.options = options
    self.defaultDay = defaultDay
  }

  /// The record of a line, which is not the first; nothing of a blank one.
  package func record(of line: [UInt8], number: Int) -> [UInt8] {
    line.withUnsafeBytes { bytes in
      guard let text = MessageDecoder.message(in: bytes, number: number) else { return [] }
      var writer = JSONWriter()
      writer.object { writer in
        switch decoder.decode(text) {
        case .success(let decoded): write(decoded, number, &writer)
        case .failure(let error): write(error, number, &writer)
        }
      }
      writer.newLine()
      return writer.bytes
    }
  }

  private func write(_ decoded: DecodedMessage, _ number: Int, _ writer: inout JSONWriter) {
    let message = decoded.message(today: defaultDay)
    switch evaluator.decide(message) {
    case .success(let decision): write(decision, message, decoded.id, &writer)
    case .failure(let disagreement): write(disagreement, decoded.id, number, &writer)
    }
  }

  private func write(
    _ decision: Decision, _ message: Message, _ id: String?, _ writer: inout JSONWriter
  ) {
    write(id, &writer)
    writer.key("outcome")
    writer.string(policy.vocabulary[decision.outcome].name)
    write("notes", decision.notes.map { policy.vocabulary[$0].name }, &writer)
    writer.key("sure")
    writer.bool(decision.isSure)
    if !decision.isSure {
      write("missing", decision.missing.map { policy.vocabulary[$0].field }, &writer)
    }
    write("rules", decision.ruleNames(in: policy), &writer)
    if options.texts {
      let vocabulary = policy.vocabulary
      write("texts", decision.notes.map { vocabulary[$0].text(for: message, vocabulary) }, &writer)
    }
    if let explain = options.explain {
      writer.key("explanation")
      explain(evaluator.explain(message), &writer)
    }
    writer.key("policy")
    writer.string(policy.hash)
  }

  private func write(
    _ disagreement: Disagreement, _ id: String?, _ number: Int, _ writer: inout JSONWriter
  ) {
    write(id, &writer)
    writer.key("line")
    writer.number(number)
    writer.key("error")
    writer.object { writer in
      writer.key("code")
      writer.string(disagreement.code)
      writer.key("message")
      writer.string(disagreement.words(in: policy))
      write("rules", disagreement.rules.map { policy[$0].name }, &writer)
    }
  }

  private func write(_ error: MessageError, _ number: Int, _ writer: inout JSONWriter) {
    write(error.id, &writer)
    writer.key("line")
    writer.number(number)
    writer.key("error")
    writer.object { writer in
      writer.key("code")
      writer.string(error.code.rawValue)
      if let field = error.field {
        writer.key("field")
        writer.string(field)
      }
      writer.key("message")
      writer.string(error.message)
    }
  }

  private func write(_ id: String?, _ writer: inout JSONWriter) {
    guard let id else { return }
    writer.key("id")
    writer.raw(id)
  }

  private func write(_ key: String, _ texts: [String], _ writer: inout JSONWriter) {
    writer.key(key)
    writer.array { writer in for text in texts { writer.string(text) } }
  }
}

extension DecisionStream {
  /// The record of one line.
  package func record(of line: [UInt8], number: Int) -> [UInt8] {
    let output = ByteBuffer()
    line.withUnsafeBytes { decide(line: $0, number: number, into: output) }
    return Array(output.bytes)
  }
}
