import DecisionLog
import Engine
import Findings
import Foundation
import Model
import Program
import Service
import Synchronization
import Syntax
import Testing
import Values
import Workspace

/// A policy of few words: who prefers plain gets it. `word` makes a change that decides otherwise.
func servedPolicy(otherwise word: String = "encrypted", each: String? = nil) throws -> ServedPolicy
{
  let text = """
    fact recipient prefers: one of plain, encrypted, if recorded
    fact note: text, if recorded
    outcome send plain
    outcome send encrypted
    outcome hold for review

    rule Who prefers plain gets it
      if recipient prefers plain
      then send plain

    otherwise send \(word)
    when unsure hold for review

    """
  let files = PolicyText(ruleFiles: [SourceFile(path: "a.rules", bytes: Array(text.utf8))])
  let policy = try #require(resolve(read(files), files, today: .firstProved).policy)
  let program = Program(policy)
  let setup = DecisionSetup(
    program, program.vocabulary, meaning: nil, options: .init(each: each),
    defaultDay: .firstProved)
  return ServedPolicy(hash: program.hash, ruleCount: program.ruleCount, setup: setup)
}

/// A service that runs in a thread of its own until the test is over.
final class RunningService {
  let context: ServiceContext
  let folder: String
  private let poller: Poller
  private let ended = Ended()
  var socket: String { folder + "/s" }
  var status: String { folder + "/h" }

  init(
    log: DecisionLog.Options? = nil, each: String? = nil,
    change: (inout ServiceContext.Options) -> Void = { _ in }
  ) throws {
    folder = "/tmp/rulec-serve-\(UUID().uuidString.prefix(8))"
    try System.makeFolder(folder)
    var options = ServiceContext.Options()
    options.day = .firstProved
    options.each = each
    change(&options)
    var logOptions = log
    if logOptions?.path == "" { logOptions?.path = folder + "/log" }
    context = ServiceContext(
      options, try servedPolicy(each: each), log: try logOptions.map { try DecisionLog($0) })
    poller = try Poller()
    let listeners: [Service.Listener] = [
      .decisions(try System.listen(atPath: folder + "/s")),
      .status(try System.listen(atPath: folder + "/h")),
    ]
    let service = Box(try Service(context, poller, listeners))
    let isStarted = System.startThread { [ended] in
      service.value.run()
      ended.flag.store(true, ordering: .releasing)
    }
    #expect(isStarted)
  }

  func stop() {
    context.beginStopping()
    poller.wake()
    while !ended.flag.load(ordering: .acquiring) { usleep(1_000) }
    try? FileManager.default.removeItem(atPath: folder)
  }
}

final class Ended: Sendable {
  let flag = Atomic<Bool>(false)
}

final class Box<Value>: @unchecked Sendable {
  let value: Value
  init(_ value: Value) { self.value = value }
}

/// Somebody who asks, and waits for answers.
final class Client {
  let number: Int32

  init(_ path: String) throws {
    number = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    let isConnected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(number, $0, size) == 0 }
    }
    #expect(isConnected)
    var time = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(number, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(number) }

  func send(_ text: String) { send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Foundation.send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  func endSending() { shutdown(number, Int32(SHUT_WR)) }

  /// Everything up to the end.
  func rest() -> String {
    var bytes: [UInt8] = []
    while let part = receive() { bytes += part }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// So many lines.
  func lines(_ count: Int) -> [String] {
    var bytes: [UInt8] = []
    while bytes.count(where: { $0 == 10 }) < count, let part = receive() { bytes += part }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private func receive() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = recv(number, &buffer, buffer.count, 0)
    return count > 0 ? Array(buffer[..<count]) : nil
  }
}
