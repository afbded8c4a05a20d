import DecisionLog
import Foundation
import JSON
import Program
import Service
import Testing
import Values
import Workspace

private func code(_ line: String) -> String? {
  (try? JSONReader.read(Array(line.utf8)))?[path: "error", "code"]?.text
}

private func outcome(_ line: String) -> String? {
  (try? JSONReader.read(Array(line.utf8)))?["outcome"]?.text
}

@Suite(.timeLimit(.minutes(2))) struct `A service` {
  @Test func `answers every line with a line, in order, on any number of connections`() throws {
    let service = try RunningService()
    defer { service.stop() }
    let clients = try (0..<20).map { _ in try Client(service.socket) }
    for round in 0..<5 {
      for (index, client) in clients.enumerated() {
        client.send(
          "{\"id\":\"\(index)-\(round)\",\"recipient_prefers\":\"plain\"}\n\n{\"id\":\(round)}\n")
      }
    }
    for (index, client) in clients.enumerated() {
      client.endSending()
      let answers = client.rest().split(separator: "\n").map(String.init)
      #expect(answers.count == 10)
      for round in 0..<5 {
        #expect(
          answers[2 * round].hasPrefix("{\"id\":\"\(index)-\(round)\",\"outcome\":\"send plain\""))
        #expect(answers[2 * round + 1].hasPrefix("{\"id\":\(round),\"outcome\":\"send encrypted\""))
      }
    }
  }

  @Test func `answers what rulec decide answers, wherever the lines are cut`() throws {
    let service = try RunningService()
    defer { service.stop() }
    let lines = [
      #"{"id":1,"recipient_prefers":"plain"}"#, "", "garbage",
      #"{"id":2,"recipient_prefers":"loud"}"#,
      #"{"note":"\#(String(repeating: "x", count: 300_000))","id":"long"}"#, "\u{FEFF}{}", "[]",
      #"{"id":3,"id":4}"#, #"{"id":5,"unknown":["recipient_prefers"]}"#, "  {} \r",
    ]
    var bytes = Array(lines.joined(separator: "\n").utf8)
    bytes += [0x0a, 0xff, 0xfe, 0x00, 0x0a]
    let output = ByteBuffer()
    let desk = DecisionDesk(service.context)
    desk.begin()
    for (index, line) in bytes.split(separator: 0x0a, omittingEmptySubsequences: false).enumerated()
    {
      (Array(line) + [UInt8](repeating: 0, count: 64)).withUnsafeBytes {
        desk.decide(
          padded: UnsafeRawBufferPointer(rebasing: $0[..<line.count]), number: index + 1,
          into: output)
      }
    }
    let expected = String(decoding: output.bytes, as: UTF8.self)
    var random = SplitMix(state: 7)
    for _ in 0..<20 {
      let client = try Client(service.socket)
      var rest = bytes[...]
      while !rest.isEmpty {
        let most = random.next() % 3 == 0 ? 40 : UInt64(rest.count)
        let count = Int(random.next() % max(most, 1)) + 1
        client.send(Array(rest.prefix(count)))
        rest = rest.dropFirst(count)
      }
      client.endSending()
      #expect(client.rest() == expected)
    }
  }

  @Test(arguments: [false, true])
  func `stops reading while its answers are not taken, and loses none`(_ isLogged: Bool) throws {
    let service = try RunningService(log: isLogged ? DecisionLog.Options(path: "") : nil)
    defer { service.stop() }
    let slow = try Client(service.socket)
    let count = 60_000
    let sender = Box(slow)
    let isStarted = System.startThread {
      sender.value.send((0..<count).map { "{\"id\":\($0)}\n" }.joined())
      sender.value.endSending()
    }
    #expect(isStarted)
    // Another is answered meanwhile.
    let other = try Client(service.socket)
    for _ in 0..<50 {
      other.send("{}\n")
      #expect(other.lines(1).count == 1)
    }
    let answers = slow.rest().split(separator: "\n")
    #expect(answers.count == count)
    for (index, answer) in answers.enumerated() where !answer.hasPrefix("{\"id\":\(index),") {
      Issue.record("answer \(index) is \(answer)")
      break
    }
  }

  @Test func `answers a line that is too long once, and goes on`() throws {
    let service = try RunningService()
    defer { service.stop() }
    let client = try Client(service.socket)
    client.send([UInt8](repeating: UInt8(ascii: "x"), count: 10 << 20))
    client.send("\n{\"id\":1}\n")
    let answers = client.lines(2)
    #expect(code(answers[0]) == "too-long")
    #expect(answers[1].hasPrefix(#"{"id":1,"outcome""#))
  }

  @Test func `says why it ends a connection`() throws {
    let service = try RunningService {
      $0.idleSeconds = 1
      $0.mostConnections = 2
    }
    defer { service.stop() }
    let first = try Client(service.socket)
    let second = try Client(service.socket)
    first.send("{}\n")
    second.send("{}\n")
    #expect(first.lines(1).count == 1)
    #expect(second.lines(1).count == 1)
    let third = try Client(service.socket)
    #expect(code(third.rest()) == "too-many-connections")
    #expect(code(first.rest()) == "idle")
    #expect(code(second.rest()) == "idle")
    let fourth = try Client(service.socket)
    fourth.send("{}\n")
    #expect(fourth.lines(1).count == 1)
  }

  @Test func `takes up a changed policy between two messages`() throws {
    let service = try RunningService()
    defer { service.stop() }
    let client = try Client(service.socket)
    client.send("{}\n")
    #expect(client.lines(1).map(outcome) == ["send encrypted"])
    service.context.takeUp(try servedPolicy(otherwise: "plain"))
    client.send("{}\n")
    #expect(client.lines(1).map(outcome) == ["send plain"])
  }

  @Test func `answers what was read before it ends`() throws {
    let service = try RunningService()
    let client = try Client(service.socket)
    client.send("{}\n{}\n{\"id\":\"unfini")
    #expect(client.lines(2).count == 2)
    service.stop()
    #expect(client.rest() == "")
  }

  // MARK: On record

  @Test func `has every answer on record before it is given`() throws {
    var options = DecisionLog.Options(path: "")
    options.sync = .always
    let service = try RunningService(log: options, each: "to")
    let client = try Client(service.socket)
    client.send(
      "{\"id\":\"a\",\"to\":[{\"recipient_prefers\":\"plain\"},{\"recipient_prefers\":1}]}\nrubbish\n"
    )
    let answers = client.lines(2)
    let lines = try String(contentsOfFile: service.folder + "/log", encoding: .utf8).split(
      separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].contains(#""kind":"decision""#) && lines[0].contains(answers[0]))
    #expect(lines[1].contains(#""kind":"refusal""#) && lines[1].contains(answers[1]))
    #expect(lines[1].contains(#""line":{"bytes":7,"beginning":"rubbish"}"#))
    service.context.takeUp(try servedPolicy(otherwise: "plain", each: "to"))
    service.stop()
  }

  /// In a process of its own: what keeps the log from growing keeps all files from it.
  @Test func `answers nothing while its log cannot be written, and goes on when it can`() async {
    await #expect(processExitsWith: .success) {
      System.ignoreFileSizeSignals()
      let service = try RunningService(log: DecisionLog.Options(path: ""))
      let client = try Client(service.socket)
      let kind = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
      var limit = rlimit()
      getrlimit(kind, &limit)
      var small = limit
      small.rlim_cur = 1
      setrlimit(kind, &small)
      client.send("{\"id\":\"m\"}\n{}\n")
      let refused = client.lines(2)
      setrlimit(kind, &limit)
      #expect(refused.map(code) == ["log-unavailable", "log-unavailable"])
      #expect(refused[0].hasPrefix(#"{"id":"m","error""#))
      usleep(1_100_000)
      client.send("{\"id\":\"n\"}\n")
      #expect(client.lines(1).map(outcome) == ["send encrypted"])
      let result = try LogVerification([service.folder + "/log"])
      #expect(result.faults.isEmpty)
      #expect(result.recordCount == 2)
      service.stop()
    }
  }

  // MARK: Health and counts

  private func page(_ path: String, _ request: String) throws -> String {
    let client = try Client(path)
    client.send(request)
    return client.rest()
  }

  @Test func `tells how it is, and nothing of any message`() throws {
    let service = try RunningService()
    defer { service.stop() }
    let client = try Client(service.socket)
    client.send(
      "{\"recipient_prefers\":\"plain\",\"note\":\"secret-1\"}\n{\"secret-2\":2,\"recipient_prefers\":\"secret-3\"}\nsecret-4\n{\"unknown\":[\"recipient_prefers\"]}\n"
    )
    #expect(client.lines(4).count == 4)
    let health = try page(service.status, "GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
    #expect(health.hasPrefix("HTTP/1.0 200 OK\r\n") && health.hasSuffix("\r\n\r\nok\n"))
    let metrics = try page(service.status, "GET /metrics HTTP/1.0\r\n\r\n")
    #expect(metrics.contains("\nrulec_decisions_total{outcome=\"send plain\"} 1\n"))
    #expect(
      metrics.contains("\nrulec_rule_decisions_total{rule=\"Who prefers plain gets it\"} 1\n"))
    #expect(metrics.contains("\nrulec_unsure_total 1\n"))
    #expect(metrics.contains("\nrulec_rejected_total 2\n"))
    #expect(metrics.contains("\nrulec_decision_seconds_count 4\n"))
    #expect(!metrics.contains("secret"))
    #expect(try page(service.status, "GET /else HTTP/1.0\r\n\r\n").hasPrefix("HTTP/1.0 404"))
    #expect(try page(service.status, "rubbish\n\n").hasPrefix("HTTP/1.0 400"))
    let long = String(repeating: "x", count: 20_000)
    #expect(try page(service.status, long).hasPrefix("HTTP/1.0 400"))
  }
}

@Suite struct `A histogram of durations` {
  @Test func `gives quantiles to within an eighth`() {
    let histogram = LatencyHistogram()
    for value in 1...100_000 { histogram.record(value * 10, 1) }
    for part in [0.01, 0.5, 0.9, 0.99, 1] {
      let (wanted, got) = (part * 1_000_000, Double(histogram.quantile(part) ?? 0))
      #expect(got >= wanted && got <= wanted * 1.13 + 1)
    }
    #expect(histogram.count(upTo: 1 << 40) == 100_000)
    #expect(histogram.count(upTo: 500_000) <= 50_000)
    #expect(LatencyHistogram().quantile(0.5) == nil)
  }
}
