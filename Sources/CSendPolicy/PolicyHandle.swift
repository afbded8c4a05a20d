import SendPolicy

/// What a `sendpolicy_policy` points to: a policy, and its names where C can read them.
final class PolicyHandle {
  let policy: Policy
  /// By `sendpolicy_kind`: outcomes, notes, rules, facts.
  let names: [NameTable]
  /// By fact, its declared values.
  let values: [NameTable]
  let hash: NameTable

  init(_ policy: Policy) {
    self.policy = policy
    let facts = policy.facts
    names = [policy.outcomes, policy.notes, policy.rules, facts.map(\.name)].map(NameTable.init)
    values = facts.map { NameTable($0.values) }
    hash = NameTable([policy.hash])
  }

  static func at(_ address: UnsafeRawPointer?) -> PolicyHandle? {
    address.map { Unmanaged.fromOpaque($0).takeUnretainedValue() }
  }
}

/// Names as C strings, in memory that stays where it is and never changes.
final class NameTable: @unchecked Sendable {
  private let memory: UnsafeMutablePointer<UInt8>
  private let starts: [Int]

  var count: Int { starts.count - 1 }

  init(_ names: [String]) {
    var starts = [0]
    for name in names { starts.append((starts.last ?? 0) + name.utf8.count + 1) }
    self.starts = starts
    memory = .allocate(capacity: (starts.last ?? 0) + 1)
    for (name, start) in zip(names, starts) {
      let end = UnsafeMutableBufferPointer(start: memory + start, count: name.utf8.count)
      _ = end.initialize(from: name.utf8)
      (memory + start + name.utf8.count).initialize(to: 0)
    }
  }

  deinit { memory.deallocate() }

  /// A name, and how many bytes it has; nil where there is none of that number.
  func name(_ number: Int, length: UnsafeMutablePointer<Int>?) -> UnsafePointer<UInt8>? {
    guard number >= 0, number < count else {
      length?.pointee = 0
      return nil
    }
    length?.pointee = starts[number + 1] - starts[number] - 1
    return UnsafePointer(memory + starts[number])
  }
}

/// What a `sendpolicy_session` points to.
final class SessionHandle {
  let policy: PolicyHandle
  let session: PolicySession
  let message: MessageBuilder
  /// The day of the last decision, which most often is that of the next too.
  var day: (number: Int32, date: PolicyDate)?

  init(_ policy: PolicyHandle) {
    self.policy = policy
    session = PolicySession(policy.policy)
    message = session.message
  }

  /// Does something with a session without counting references to it; nothing where there is none.
  @inline(__always)
  static func with(
    _ address: UnsafeRawPointer?, _ body: (SessionHandle) -> Int32
  ) -> Int32 {
    guard let address else { return Code.badArgument }
    return Unmanaged<SessionHandle>.fromOpaque(address)._withUnsafeGuaranteedRef { body($0) }
  }

  func date(_ number: Int32) -> PolicyDate? {
    if let day, day.number == number { return day.date }
    guard let date = policyDate(number) else { return nil }
    if number != today { day = (number, date) }
    return date
  }
}
