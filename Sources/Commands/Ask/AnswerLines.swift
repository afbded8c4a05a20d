import Engine
import Workspace

/// The lines of standard input, one at a time, as soon as each has been typed.
final class AnswerLines {
  enum Line: Equatable {
    case text(String)
    /// It is longer than any answer, or no text at all.
    case unreadable
    case end
  }

  private static let longest = 1 << 16

  private let console: Console
  private var pending: [UInt8] = []
  private var isAtEnd = false

  init(_ console: Console) { self.console = console }

  func next() throws(Failure) -> Line {
    var isTooLong = false
    while true {
      if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
        let line = pending[..<end]
        pending.removeFirst(end + 1)
        return isTooLong ? .unreadable : AnswerLines.read(line)
      }
      if pending.count > AnswerLines.longest {
        isTooLong = true
        pending.removeAll()
      }
      if isAtEnd {
        guard !pending.isEmpty else { return isTooLong ? .unreadable : .end }
        defer { pending.removeAll() }
        return AnswerLines.read(pending[...])
      }
      try readMore()
    }
  }

  private func readMore() throws(Failure) {
    var chunk = [UInt8](repeating: 0, count: 4096)
    let result = chunk.withUnsafeMutableBytes { buffer in
      Result { () throws(SystemError) in try console.readInput(into: buffer) }
    }
    switch result {
    case .success(let count):
      isAtEnd = count == 0
      pending += chunk[..<count]
    case .failure(let error): throw .problem("cannot read standard input: \(error.reason)")
    }
  }

  private static func read(_ line: ArraySlice<UInt8>) -> Line {
    let isControlled = line.contains { $0 < 0x20 && $0 != 0x09 && $0 != 0x0d }
    guard !isControlled, let text = String(validating: line, as: UTF8.self) else {
      return .unreadable
    }
    return .text(text.trimmed)
  }
}
