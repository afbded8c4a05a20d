import Testing
import Values
import TestSupport

@Suite struct `Numbers` {
  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("-0.000000", 0), ("35", 35_000_000), ("0.5", 500_000),
      ("007", 7_000_000), ("-3.000001", -3_000_001), ("0.000001", 1), ("10.10", 10_100_000),
      ("1000000000000", 1_000_000_000_000_000_000),
      ("-1000000000000.000000", -1_000_000_000_000_000_000),
      ("999999999999.999999", 999_999_999_999_999_999),
      ("00000000000000000000000000000001", 1_000_000),
    ] as [(String, Int64)])
  func `are read as officers write them`(text: String, millionths: Int64) throws {
    #expect(try Decimal6.parse(text.utf8).get().millionths == millionths)
  }

  @Test(
    arguments: [
      ("", .notANumber), ("-", .notANumber), (".", .notANumber), ("1.", .notANumber),
      (".5", .notANumber), ("+1", .notANumber), ("--1", .notANumber), ("1.2.3", .notANumber),
      ("1e3", .notANumber), ("10,000", .notANumber), (" 1", .notANumber), ("1 ", .notANumber),
      ("١", .notANumber), ("1\0", .notANumber), ("NaN", .notANumber),
      ("1.0000000", .tooManyDecimals), ("0.0000001", .tooManyDecimals),
      ("999999999999.9999999", .tooManyDecimals),
      ("1000000000000.000001", .tooLarge), ("1000000000001", .tooLarge),
      ("-1000000000000.1", .tooLarge), ("2000000000000", .tooLarge),
      ("9999999999999999999999999999", .tooLarge), ("10000000000000", .tooLarge),
      ("18446744073709551616", .tooLarge), ("1000000000000.0000001", .tooLarge),
    ] as [(String, DecimalError)])
  func `are refused for the reason that an officer can mend`(text: String, error: DecimalError) {
    #expect(Decimal6.parse(text.utf8) == .failure(error))
  }

  @Test(
    arguments: [
      ("0", 0), ("-0", 0), ("-0.0e-5", 0), ("3.0", 3_000_000), ("1e3", 1_000_000_000),
      ("1E-2", 10_000), ("1e+2", 100_000_000), ("10e-7", 1), ("1.0000000", 1_000_000),
      ("0e999999999", 0), ("0e-999999999999999999999999", 0), ("-12.5e1", -125_000_000),
      ("0.000000000000000000001e21", 1_000_000), ("1000000000000000000000e-21", 1_000_000),
      ("1e12", 1_000_000_000_000_000_000), ("123456789012.123456", 123_456_789_012_123_456),
      ("0.123456789e3", 123_456_789),
    ] as [(String, Int64)])
  func `of JSON are read by their value`(text: String, millionths: Int64) {
    let number = Decimal6.parseJSON(text)
    #expect(number == Decimal6(millionths: millionths).map { .success($0) })
  }

  @Test(
    arguments: [
      ("", .notANumber), ("01", .notANumber), ("-01", .notANumber), ("00", .notANumber),
      ("1e", .notANumber), ("1e+", .notANumber), ("e1", .notANumber), ("1.e1", .notANumber),
      ("1e1.5", .notANumber), ("1e--1", .notANumber), ("1e1e1", .notANumber),
      ("1e-7", .tooManyDecimals), ("1e-999999999", .tooManyDecimals),
      ("1.00000001", .tooManyDecimals),
      ("1e999999999", .tooLarge), ("1e99999999999999999999999999999999999", .tooLarge),
      ("1e13", .tooLarge), ("1.1e12", .tooLarge), ("2e12", .tooLarge), ("-1e13", .tooLarge),
      ("1000000000000.0000000000000000000000000000001", .tooLarge),
    ] as [(String, DecimalError)])
  func `of JSON are refused by their value`(text: String, error: DecimalError) {
    #expect(Decimal6.parseJSON(text) == .failure(error))
  }

  @Test func `of a million digits are read in linear time`() {
    let zeros = String(repeating: "0", count: 1_000_000)
    let nines = String(repeating: "9", count: 1_000_000)
    #expect(Decimal6.parseJSON("1\(zeros)e-1000000") == .success(Decimal6(1)))
    #expect(Decimal6.parseJSON("0.\(zeros)1e1000001") == .success(Decimal6(1)))
    #expect(Decimal6.parseJSON("1.\(zeros)") == .success(Decimal6(1)))
    #expect(Decimal6.parseJSON(nines) == .failure(.tooLarge))
    #expect(Decimal6.parseJSON("0.\(nines)") == .failure(.tooManyDecimals))
    #expect(Decimal6.parseJSON("1e\(nines)") == .failure(.tooLarge))
  }

  @Test(
    arguments: [
      (0, "0"), (35_000_000, "35"), (500_000, "0.5"), (-3_000_001, "-3.000001"),
      (-500_000, "-0.5"), (1, "0.000001"), (100_000, "0.1"), (10_010_000, "10.01"),
      (1_000_000_000_000_000_000, "1000000000000"),
      (-1_000_000_000_000_000_000, "-1000000000000"),
    ] as [(Int64, String)])
  func `are written as short as is exact`(millionths: Int64, text: String) throws {
    let number = try #require(Decimal6(millionths: millionths))
    #expect(number.description == text)
  }

  @Test func `come back from their writing`() throws {
    var random = SeededRandom(state: 1)
    for _ in 0..<5_000 {
      let magnitude = Int64(1) << Int64.random(in: 0...59, using: &random)
      let millionths = Int64.random(in: -magnitude...magnitude, using: &random)
      let number = try #require(Decimal6(millionths: millionths))
      #expect(Decimal6.parse(number.description.utf8) == .success(number))
      #expect(Decimal6.parseJSON(number.description) == .success(number))
      #expect(Decimal6.parseJSON("\(millionths)e-6") == .success(number))
    }
  }

  @Test func `of any bytes are read without a trap`() {
    var random = SeededRandom(state: 2)
    let alphabet = Array("0001259-+.eE".utf8)
    for _ in 0..<20_000 {
      let length = Int.random(in: 0...30, using: &random)
      let bytes = (0..<length).map { _ in alphabet.randomElement(using: &random) ?? 0 }
      if case .success(let number) = Decimal6.parse(bytes) {
        #expect(number.millionths.magnitude <= Decimal6.limit.millionths)
        #expect(Decimal6.parse(number.description.utf8) == .success(number))
      }
      if case .success(let number) = Decimal6.parseJSON(bytes) {
        #expect(Decimal6.parseJSON(number.description) == .success(number))
      }
    }
  }

  @Test func `keep within the limits`() {
    #expect(Decimal6.limit.description == "1000000000000")
    #expect(Decimal6(Int.max) == Decimal6.limit)
    #expect(Decimal6(Int.min).millionths == -Decimal6.limit.millionths)
    #expect(Decimal6(-7).millionths == -7_000_000)
    #expect(Decimal6(millionths: Decimal6.limit.millionths + 1) == nil)
    #expect(Decimal6(millionths: Int64.min) == nil)
  }

  @Test func `know whether they are whole, and their order`() throws {
    #expect(Decimal6(3).isWhole)
    #expect(try !Decimal6.parse("3.5".utf8).get().isWhole)
    #expect(try !Decimal6.parse("-0.000001".utf8).get().isWhole)
    #expect(try Decimal6.parse("-3.5".utf8).get() < Decimal6(-3))
    #expect(Decimal6(2) < Decimal6(10))
  }
}
