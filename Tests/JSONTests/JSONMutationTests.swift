import JSON
import Testing
import TestSupport

/// Texts that are JSON, and what becomes of them when bytes of theirs are changed at random.
@Suite struct `Mutated JSON` {
  private let seeds = [
    #"{"id":"m-1","on":"2026-05-01","purpose":"council-tax","count":3,"unknown":["a"]}"#,
    #"[1,-2.5,3e10,0.1E-2,true,false,null,"",[],{}]"#,
    #"{"a\u0041\n":"\ud83d\ude00 é€😀 \\ \" \/ \b\f\r\t","b":{"c":{"d":[[[["x"]]]]}}}"#,
    "{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5,\"f\":6,\"g\":7,\"h\":8,\"i\":9,\"j\":10}",
    " [ { \"x\" : [ ] } , \t{ \"y\" : { } }\r\n] ",
  ].map { Array($0.utf8) }

  @Test func `is refused at a place inside the text, or comes back from its writing`() throws {
    var random = SeededRandom(state: 6)
    var accepted = 0
    for _ in 0..<8_000 {
      let text = mutated(using: &random)
      do throws(JSONError) {
        let value = try JSONReader.read(text)
        accepted += 1
        try expectRoundTrip(of: value)
      } catch {
        #expect((0...text.count).contains(error.offset), "\(error) in \(text)")
        #expect(!error.description.isEmpty)
      }
    }
    #expect((500...7_500).contains(accepted), "the mutations are neither idle nor all fatal")
  }

  private func expectRoundTrip(of value: JSONValue) throws(JSONError) {
    for isPretty in [false, true] {
      var writer = JSONWriter(pretty: isPretty)
      writer.value(value)
      let again = try JSONReader.read(writer.bytes)
      #expect(again == value)
    }
  }

  private func mutated(using random: inout SeededRandom) -> [UInt8] {
    var text = seeds.randomElement(using: &random) ?? []
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      guard let place = text.indices.randomElement(using: &random) else { break }
      let telling = Array("{}[]\",:\\u0dD8-+.eE1 \n\u{7f}tfn/".utf8) + [0x00, 0x80, 0xc3, 0xff]
      let byte = telling.randomElement(using: &random) ?? 0
      switch Int.random(in: 0..<6, using: &random) {
      case 0: text[place] = byte
      case 1: text.insert(byte, at: place)
      case 2: text.remove(at: place)
      case 3: text[place] = UInt8.random(in: 0...255, using: &random)
      case 4: text.removeSubrange(place..<min(place + 5, text.count))
      default:
        let end = min(place + 12, text.count)
        let target = text.indices.randomElement(using: &random) ?? 0
        text.insert(contentsOf: text[place..<end], at: target)
      }
    }
    return text
  }
}
