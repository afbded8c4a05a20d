import Foundation
import Findings
import Model
import Registers
import Syntax
import Testing
import Values

@testable import Mail

@Suite struct `The mapping that ships` {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "rules")

  private static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appending(path: name)))
  }

  private static func vocabulary() throws -> Vocabulary {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let files = try names.filter { $0.hasSuffix(".rules") }.map {
      SourceFile(path: $0, bytes: try bytes($0))
    }
    let text = PolicyText(ruleFiles: files) { name in
      (try? bytes(name)).map { .success($0) } ?? .failure(.missing)
    }
    return try #require(resolve(read(text), text, today: .firstProved).policy).vocabulary
  }

  @Test func `fits the policy, and its registers fit both`() throws {
    let vocabulary = try Self.vocabulary()
    let mapping = try MailMapping.read(
      try Self.bytes("mail.conf"), name: "mail.conf", vocabulary
    ).get()
    let registers = try mapping.registers.map {
      try Register.read(try Self.bytes($0), name: $0, vocabulary).get()
    }
    #expect(registers.count == 4)
    #expect(mapping.problem(with: registers, vocabulary) == nil)
  }

  @Test func `knows the mother in Suffolk on every day of her case`() throws {
    let vocabulary = try Self.vocabulary()
    let register = try Register.read(
      try Self.bytes("registers/promises.csv"), name: "promises.csv", vocabulary
    ).get()
    for (day, isPromised) in [
      ("2022-07-31", false), ("2022-08-01", true), ("2023-05-15", true), ("2023-07-10", true),
    ] {
      var facts: [String] = []
      let key = Array("Mrs.X@example.org".utf8)
      register.lookUp(.address, key, on: try #require(Day.parseISO(day.utf8))) { fact, _ in
        facts.append(vocabulary[fact].phrase)
      }
      #expect(facts.contains("council has promised this recipient") == isPromised, "on \(day)")
    }
  }
}
