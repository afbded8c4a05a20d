import DecisionLog
import Foundation
import JSON
import Synchronization
import Testing
import Values

/// A folder that is gone when the test is over.
final class Folder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "rulec-log-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  subscript(name: String) -> String { "\(path)/\(name)" }

  func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: self[name])))
  }

  func lines(_ name: String) throws -> [String] {
    String(decoding: try bytes(name), as: UTF8.self).split(separator: "\n").map(String.init)
  }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: self[name]))
  }

  func write(_ name: String, _ lines: [String]) throws {
    try write(name, Array(lines.map { $0 + "\n" }.joined().utf8))
  }

  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
}

/// What somebody is told while a log is written.
final class Said: Sendable {
  private let lines = Mutex<[String]>([])
  func say(_ line: String) { lines.withLock { $0.append(line) } }
  var all: [String] { lines.withLock { $0 } }
}

/// A moment that tests can change.
final class Clock: Sendable {
  private let now = Atomic<Int>(1_763_942_400_000_000_000)
  var time: Int { now.load(ordering: .relaxed) }
  func advance(seconds: Int) { now.add(seconds * 1_000_000_000, ordering: .relaxed) }
}

func options(_ path: String, _ clock: Clock = Clock(), _ said: Said = Said()) -> DecisionLog.Options
{
  var options = DecisionLog.Options(path: path)
  options.sync = .never
  options.engine = "0.1.0"
  options.clock = { clock.time }
  options.say = { said.say($0) }
  return options
}

extension LogBatch {
  /// Adds a decision on a message, such as senders get it.
  func add(_ message: String, outcome: String = "send plain") {
    let answer =
      #"{"id":"m","outcome":"\#(outcome)","notes":[],"sure":true,"rules":["R"],"policy":"p"}"#
    Array(message.utf8).withUnsafeBytes { line in
      Array(answer.utf8).withUnsafeBytes { add(message: line, answer: $0, today: .firstProved) }
    }
  }
}

extension DecisionLog {
  /// Adds that many decisions, each for itself.
  func add(_ count: Int, from first: Int = 1) -> Bool {
    (0..<count).allSatisfy { index in
      let batch = makeBatch()
      batch.add(#"{"id":"m\#(first + index)","address":"Mrs.X@example.org"}"#)
      return commit(batch)
    }
  }
}
