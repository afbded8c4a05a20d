import Values

extension CodedMessage {
  /// Gives a choice its value, by its number among the declared ones.
  @inline(__always)
  package func set(choice fact: Int, to value: Int) {
    let record = program.facts.base + fact
    set(
      Int(record.pointee.firstColumn), program.values.base[Int(record.pointee.first) + value].code)
  }

  @inline(__always)
  package func set(flag fact: Int, to isTrue: Bool) {
    set(Int((program.facts.base + fact).pointee.firstColumn), isTrue ? 1 : 0)
  }

  @inline(__always)
  package func set(number fact: Int, toMillionths number: Int64) {
    let record = program.facts.base + fact
    let thresholds = program.thresholds.base + Int(record.pointee.first)
    set(
      Int(record.pointee.firstColumn),
      UInt32(countOfSorted(thresholds, Int(record.pointee.count), upTo: number)))
  }

  /// Gives a date its day, by its number since 1 January 1970.
  @inline(__always)
  package func set(date fact: Int, toDay number: Int32) {
    let record = program.facts.base + fact
    parts.dates[Int(record.pointee.dateNumber)] = number
    parts.settledOn.pointee = .min
    // Which values these columns have depends on today; that they are not missing does not.
    let first = Int(record.pointee.firstColumn)
    for column in first..<first &+ Int(record.pointee.columnCount) { set(column, 0) }
  }

  /// Begins a set that holds nothing.
  @inline(__always)
  package func beginSet(_ fact: Int) {
    let record = program.facts.base + fact
    let own = members + Int(record.pointee.firstMemberWord)
    for word in 0..<Int(record.pointee.memberWords) { own[word] = 0 }
    set(Int(record.pointee.firstColumn), 0)
  }

  /// Adds a value to the set that has been begun.
  @inline(__always)
  package func add(value: Int, toSet fact: Int) {
    let record = program.facts.base + fact
    let code = Int(program.values.base[Int(record.pointee.first) &+ value].code)
    let own = members + Int(record.pointee.firstMemberWord)
    own[0] |= program.memberMasks.base[code]
    var word = 1
    while word < Int(record.pointee.memberWords) {
      own[word] |= program.memberMasks.base[code &+ word]
      word &+= 1
    }
  }

  /// Gives a text its UTF-8 bytes.
  package func set(text fact: Int, to text: UnsafeRawBufferPointer) {
    beginSet(fact)
    let record = program.facts[fact]
    let own = members + Int(record.firstMemberWord)
    if let matcher = program.textMatchers[fact] { return matcher.match(text, into: own) }
    for index in Int(record.first)..<Int(record.first + record.count) {
      let pattern = program.patterns[index]
      let member = Int(pattern.member)
      guard own[member >> 6] >> UInt64(member & 63) & 1 == 0 else { continue }
      if TextMatch(place: pattern.match).matches(text, program.bytes(of: pattern.text)) {
        own[member >> 6] |= 1 << UInt64(member & 63)
      }
    }
  }

  /// Says that nothing is recorded of an optional fact.
  package func setAbsent(_ fact: Int) {
    setAll(fact) { UInt32(bitPattern: $0.absent) }
  }

  /// Says that a fact may have a value that nobody knows.
  package func setMissing(_ fact: Int) {
    setAll(fact) { $0.known }
  }

  private func setAll(_ fact: Int, _ value: (ColumnRecord) -> UInt32) {
    let record = program.facts[fact]
    for column in Int(record.firstColumn)..<Int(record.firstColumn + record.columnCount) {
      set(column, value(program.columns[column]))
    }
    for word in 0..<Int(record.memberWords) {
      members[Int(record.firstMemberWord) + word] = 0
    }
    if record.kind == FactRecord.Kind.date.rawValue {
      parts.dates[Int(record.dateNumber)] = .min
    }
  }
}

/// How many of some sorted numbers are at most so large; all of them lie within the limits of `Decimal6`.
/// O(log count).
@inline(__always)
func countOfSorted(_ numbers: UnsafePointer<Int64>, _ count: Int, upTo number: Int64) -> Int {
  guard count > 0 else { return 0 }
  // As many steps for every number, and the sign of a difference in place of a branch: no processor foresees how
  // a comparison turns out.
  var (first, size) = (numbers, count)
  while size > 1 {
    let half = size &>> 1
    first += half & Int(truncatingIfNeeded: (first[half &- 1] &- number &- 1) &>> 63)
    size &-= half
  }
  return first - numbers &+ (first[0] <= number ? 1 : 0)
}
