package import Workspace

/// Gives out the lines of a log's file one by one, in memory that does not grow with the file.
package final class LogReader {
  private let file: Descriptor
  private var bytes: [UInt8] = []
  /// What has not been given out.
  private var rest = 0..<0
  private var isAtEnd = false
  /// The number of the line that was given out last, from 1, and whether its end was there.
  package private(set) var lineNumber = 0
  package private(set) var isWhole = true

  private static let chunk = 1 << 20

  package init(_ path: String) throws(SystemError) {
    file = try System.openForReading(path)
  }

  deinit { try? file.closeFile() }

  /// Lends the next line, without its end; nil after the last one.
  package func nextLine<Answer>(
    _ body: (UnsafeRawBufferPointer) throws(SystemError) -> Answer
  ) throws(SystemError) -> Answer? {
    var searched = 0
    while true {
      let found = bytes.withUnsafeBytes { buffer in
        System.offset(
          of: UInt8(ascii: "\n"),
          in: UnsafeRawBufferPointer(rebasing: buffer[rest.dropFirst(searched)]))
      }
      if let found {
        return try lend(rest.lowerBound..<rest.lowerBound + searched + found, isWhole: true, body)
      }
      searched = rest.count
      guard !isAtEnd else {
        return rest.isEmpty ? nil : try lend(rest, isWhole: false, body)
      }
      try readMore()
    }
  }

  private func lend<Answer>(
    _ line: Range<Int>, isWhole: Bool,
    _ body: (UnsafeRawBufferPointer) throws(SystemError) -> Answer
  ) throws(SystemError) -> Answer {
    lineNumber += 1
    self.isWhole = isWhole
    rest = min(line.upperBound + 1, rest.upperBound)..<rest.upperBound
    return try bytes.withUnsafeBytes { buffer in
      Result { () throws(SystemError) in
        try body(UnsafeRawBufferPointer(rebasing: buffer[line]))
      }
    }.get()
  }

  /// Reads on behind the rest, which is moved to the front.
  private func readMore() throws(SystemError) {
    if rest.lowerBound > 0 {
      bytes.removeSubrange(..<rest.lowerBound)
      rest = 0..<rest.count
    }
    if bytes.count < rest.count + LogReader.chunk {
      let most = max(2 * bytes.count, rest.count + LogReader.chunk)
      bytes += [UInt8](repeating: 0, count: most - bytes.count)
    }
    let start = rest.count
    let result = bytes.withUnsafeMutableBytes { buffer in
      Result { () throws(SystemError) in
        try file.readBytes(into: UnsafeMutableRawBufferPointer(rebasing: buffer[start...]))
      }
    }
    let count = try result.get()
    isAtEnd = count == 0
    rest = 0..<start + count
  }
}
