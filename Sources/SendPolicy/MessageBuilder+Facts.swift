import Values

extension MessageBuilder {
  /// Tells a choice its value.
  public func set(_ fact: PolicyFact, to value: PolicyValue) throws(FactError) {
    try check(fact)
    guard value.fact == fact else { throw FactError(.unknownValue, otherFact(fact, value)) }
    try refuse(set(choice: fact.number, to: value.number), fact)
  }

  /// Tells a fact that is yes or no.
  public func set(_ fact: PolicyFact, to isTrue: Bool) throws(FactError) {
    try check(fact)
    try refuse(set(flag: fact.number, to: isTrue), fact)
  }

  /// Tells a number that is whole.
  public func set(_ fact: PolicyFact, to number: Int) throws(FactError) {
    let (millionths, isTooLarge) = Int64(number).multipliedReportingOverflow(by: 1_000_000)
    try set(fact, toMillionths: isTooLarge ? (number < 0 ? .min : .max) : millionths)
  }

  /// Tells a number as a count of millionths, the most exact that a policy knows: 2.5 are 2 500 000.
  public func set(_ fact: PolicyFact, toMillionths number: Int64) throws(FactError) {
    try check(fact)
    try refuse(set(number: fact.number, toMillionths: number), fact)
  }

  /// Tells a day, from 1 January 1900 on.
  public func set(
    _ fact: PolicyFact, year: Int, month: Int, day: Int
  ) throws(FactError) {
    let number = Day(year: year, month: month, day: day).map { Int($0.number) }
    try set(fact, daysSince1970: number ?? .max)
  }

  /// Tells a day by how many days after 1 January 1970 it begins; earlier days are less than 0.
  public func set(_ fact: PolicyFact, daysSince1970 days: Int) throws(FactError) {
    try check(fact)
    try refuse(set(date: fact.number, toDay: days), fact)
  }

  /// Tells a text.
  public func set(_ fact: PolicyFact, to text: String) throws(FactError) {
    try check(fact)
    var text = text
    try refuse(
      text.withUTF8 { set(text: fact.number, to: UnsafeRawBufferPointer($0)) }, fact)
  }

  /// Tells a text as UTF-8, of at most 1 MiB.
  public func set(_ fact: PolicyFact, toUTF8 text: UnsafeRawBufferPointer) throws(FactError) {
    try check(fact)
    try refuse(set(text: fact.number, to: text), fact)
  }

  /// Tells a set that it has no values; `insert` adds some.
  public func clear(_ fact: PolicyFact) throws(FactError) {
    try check(fact)
    try refuse(clear(set: fact.number), fact)
  }

  /// Adds a value to a set, which has none before it is told the first.
  public func insert(_ value: PolicyValue, into fact: PolicyFact) throws(FactError) {
    try check(fact)
    guard value.fact == fact else { throw FactError(.unknownValue, otherFact(fact, value)) }
    try refuse(insert(value.number, intoSet: fact.number), fact)
  }

  /// Says that nothing is recorded of a fact that is declared `if recorded`.
  public func setNotRecorded(_ fact: PolicyFact) throws(FactError) {
    try check(fact)
    try refuse(setNotRecorded(fact.number), fact)
  }

  /// Says that a look-up failed: the fact may have a value that nobody knows.
  public func setUnknown(_ fact: PolicyFact) throws(FactError) {
    try check(fact)
    try refuse(setUnknown(fact.number), fact)
  }

  // MARK: - Refusals

  @inline(__always)
  private func check(_ fact: PolicyFact) throws(FactError) {
    guard fact.core === core else {
      throw FactError(
        .otherPolicy, "`\(fact.name)` was looked up in another policy than this message's")
    }
  }

  @inline(__always)
  private func refuse(_ refusal: Refusal?, _ fact: PolicyFact) throws(FactError) {
    if let refusal { throw FactError(refusal, fact) }
  }

  private func otherFact(_ fact: PolicyFact, _ value: PolicyValue) -> String {
    "`\(value.name)` is a value of `\(value.fact.name)`, not of `\(fact.name)`"
  }
}

extension FactError {
  /// Why a message was not told a fact.
  fileprivate init(_ refusal: Refusal, _ fact: PolicyFact) {
    switch refusal {
    case .wrongKind:
      self.init(.wrongKind, "`\(fact.name)` takes \(fact.kind.inWords)")
    case .unknownFact:
      self.init(.unknownName, "the policy has no fact of the number \(fact.number)")
    case .unknownValue:
      self.init(.unknownValue, "`\(fact.name)` has only \(fact.values.count) values")
    case .notAllowed:
      self.init(.notAllowed, "`\(fact.name)` takes \(fact.allowed)")
    }
  }
}
