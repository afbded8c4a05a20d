import SendPolicy

/// What a `sendpolicy_policy` points to: a policy, and its names where C can read them.
final class PolicyHandle {
  let policy: Policy
  let facts: [PolicyFact]
  let hash: NameTable
  /// Outcomes, notes, rules, facts; and by fact its declared values.
  private let lists: [NameTable]
  private let values: [NameTable]

  /// The numbers of the lists in sendpolicy.h: of facts, and of the first fact's values.
  private static let factList = 3
  private static let firstValueList = 1 << 16

  init(_ policy: Policy) {
    self.policy = policy
    facts = policy.facts
    lists = [policy.outcomes, policy.notes, policy.rules, facts.map(\.name)].map(NameTable.init)
    values = facts.map { NameTable($0.values) }
    hash = NameTable([policy.hash])
  }

  /// A list of names, by its number in sendpolicy.h; nil if there is none of that number.
  func names(_ list: Int32) -> NameTable? {
    if lists.indices.contains(Int(list)) { return lists[Int(list)] }
    let fact = Int(list) - PolicyHandle.firstValueList
    return values.indices.contains(fact) ? values[fact] : nil
  }

  /// The number of a name on a list that there is.
  func number(of name: String, on list: Int32) throws(FactError) -> Int {
    let list = Int(list)
    if list >= PolicyHandle.firstValueList {
      return try facts[list - PolicyHandle.firstValueList].value(name).number
    }
    if list == PolicyHandle.factList { return try policy.fact(name).number }
    let what = ["outcome", "note", "rule"][list]
    let names = [policy.outcomes, policy.notes, policy.rules][list]
    return try FactError.place(of: name, among: names, what)
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
  /// What says which facts are needed; nil of an ordinary session.
  let inquiry: PolicyInquiry?
  let message: MessageBuilder
  /// Messages that have been put by.
  let batch: MessageBatch
  /// The day of the last decision, which most often is that of the next too.
  var day: (number: Int32, date: PolicyDate)?

  convenience init(_ policy: PolicyHandle) {
    self.init(policy, PolicySession(policy.policy), nil)
  }

  /// A session that is an inquiry on a day.
  convenience init(_ policy: PolicyHandle, on date: PolicyDate) throws(PolicyErrors) {
    let inquiry = try PolicyInquiry(policy.policy, on: date)
    self.init(policy, inquiry.session, inquiry)
  }

  private init(_ policy: PolicyHandle, _ session: PolicySession, _ inquiry: PolicyInquiry?) {
    (self.policy, self.session, self.inquiry) = (policy, session, inquiry)
    message = session.message
    batch = MessageBatch(policy.policy)
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
