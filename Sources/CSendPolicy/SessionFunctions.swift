import SendPolicy

// The functions of sendpolicy.h about sessions. The header documents them.

@c package func sendpolicy_session_open(
  _ policy: UnsafeRawPointer?, _ session: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> Int32 {
  session?.pointee = nil
  guard let session, let handle = PolicyHandle.at(policy) else { return Code.badArgument }
  session.pointee = Unmanaged.passRetained(SessionHandle(handle)).toOpaque()
  return Code.ok
}

@c package func sendpolicy_inquiry_open(
  _ policy: UnsafeRawPointer?, _ day: Int32,
  _ session: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> Int32 {
  session?.pointee = nil
  guard let session, let handle = PolicyHandle.at(policy) else { return Code.badArgument }
  guard let date = policyDate(day) else { return Code.badDay }
  guard let inquiry = try? SessionHandle(handle, on: date) else { return Code.badPolicy }
  session.pointee = Unmanaged.passRetained(inquiry).toOpaque()
  return Code.ok
}

@c package func sendpolicy_session_close(_ session: UnsafeMutableRawPointer?) {
  guard let session else { return }
  Unmanaged<SessionHandle>.fromOpaque(session).release()
}

// MARK: - Facts

@c package func sendpolicy_reset(_ session: UnsafeRawPointer?) -> Int32 {
  SessionHandle.with(session) { handle in
    handle.message.reset()
    return Code.ok
  }
}

@c package func sendpolicy_set_choice(
  _ session: UnsafeRawPointer?, _ fact: Int32, _ value: Int32
) -> Int32 {
  SessionHandle.with(session) { Code.of($0.message.set(choice: Int(fact), to: Int(value))) }
}

@c package func sendpolicy_set_flag(
  _ session: UnsafeRawPointer?, _ fact: Int32, _ isTrue: Int32
) -> Int32 {
  SessionHandle.with(session) { Code.of($0.message.set(flag: Int(fact), to: isTrue != 0)) }
}

@c package func sendpolicy_set_number(
  _ session: UnsafeRawPointer?, _ fact: Int32, _ millionths: Int64
) -> Int32 {
  SessionHandle.with(session) {
    Code.of($0.message.set(number: Int(fact), toMillionths: millionths))
  }
}

@c package func sendpolicy_set_date(
  _ session: UnsafeRawPointer?, _ fact: Int32, _ day: Int32
) -> Int32 {
  SessionHandle.with(session) { Code.of($0.message.set(date: Int(fact), toDay: Int(day))) }
}

@c package func sendpolicy_set_text(
  _ session: UnsafeRawPointer?, _ fact: Int32, _ start: UnsafeRawPointer?, _ length: Int
) -> Int32 {
  guard let utf8 = bytes(start, length) else { return Code.badArgument }
  return SessionHandle.with(session) { Code.of($0.message.set(text: Int(fact), to: utf8)) }
}

@c package func sendpolicy_clear_set(_ session: UnsafeRawPointer?, _ fact: Int32) -> Int32 {
  SessionHandle.with(session) { Code.of($0.message.clear(set: Int(fact))) }
}

@c package func sendpolicy_insert(
  _ session: UnsafeRawPointer?, _ fact: Int32, _ value: Int32
) -> Int32 {
  SessionHandle.with(session) { Code.of($0.message.insert(Int(value), intoSet: Int(fact))) }
}

@c package func sendpolicy_set_not_recorded(_ session: UnsafeRawPointer?, _ fact: Int32) -> Int32 {
  SessionHandle.with(session) { Code.of($0.message.setNotRecorded(Int(fact))) }
}

@c package func sendpolicy_set_unknown(_ session: UnsafeRawPointer?, _ fact: Int32) -> Int32 {
  SessionHandle.with(session) { Code.of($0.message.setUnknown(Int(fact))) }
}

// MARK: - Decisions

@c package func sendpolicy_decide(
  _ session: UnsafeRawPointer?, _ day: Int32, _ output: UnsafeMutableRawPointer?
) -> Int32 {
  guard let output else { return Code.badArgument }
  return SessionHandle.with(session) { handle in
    guard let date = handle.date(day) else { return Code.badDay }
    let decision = handle.session.decideIfPossible(on: date)
    write(decision, to: output)
    guard decision.outcome >= 0 else { return Code.noDecision }
    return decision.isSure ? Code.ok : Code.unsure
  }
}

/// How many bytes a `sendpolicy_decision` has.
private let decisionSize = 24

@inline(__always)
private func write(_ decision: CodedDecision, to output: UnsafeMutableRawPointer) {
  output.storeBytes(of: Int32(decision.outcome), as: Int32.self)
  output.storeBytes(of: Int32(decision.ruleCount), toByteOffset: 4, as: Int32.self)
  output.storeBytes(of: decision.notes, toByteOffset: 8, as: UInt64.self)
  output.storeBytes(of: decision.isSure ? 1 : 0, toByteOffset: 16, as: UInt32.self)
  output.storeBytes(of: decision.isByOtherwise ? 1 : 0, toByteOffset: 20, as: UInt32.self)
}

@c package func sendpolicy_put_by(_ session: UnsafeRawPointer?) -> Int32 {
  SessionHandle.with(session) { handle in
    // The session and its batch are of one policy.
    try? handle.batch.append(handle.message)
    return Int32(handle.batch.count)
  }
}

@c package func sendpolicy_decide_all(
  _ session: UnsafeRawPointer?, _ day: Int32, _ output: UnsafeMutableRawPointer?, _ capacity: Int
) -> Int32 {
  guard capacity >= 0, output != nil || capacity == 0 else { return Code.badArgument }
  return SessionHandle.with(session) { handle in
    guard let date = handle.date(day) else { return Code.badDay }
    guard handle.batch.count <= capacity else { return Code.tooSmall }
    try? handle.session.decide(handle.batch, on: date) { index, decision in
      if let output { write(decision, to: output + index * decisionSize) }
    }
    defer { handle.batch.removeAll() }
    return Int32(handle.batch.count)
  }
}

@c package func sendpolicy_has_note(_ session: UnsafeRawPointer?, _ note: Int32) -> Int32 {
  SessionHandle.with(session) { $0.session.hasNote(Int(note)) ? 1 : 0 }
}

@c package func sendpolicy_rules(
  _ session: UnsafeRawPointer?, _ output: UnsafeMutablePointer<Int32>?, _ capacity: Int
) -> Int32 {
  SessionHandle.with(session) { handle in
    let places = 0..<handle.session.ruleCount
    return list(places.lazy.map { handle.session.rule(at: $0) }, output, capacity)
  }
}

@c package func sendpolicy_missing(
  _ session: UnsafeRawPointer?, _ output: UnsafeMutablePointer<Int32>?, _ capacity: Int
) -> Int32 {
  SessionHandle.with(session) { list($0.session.missingNumbers, output, capacity) }
}

@c package func sendpolicy_needed(
  _ session: UnsafeRawPointer?, _ output: UnsafeMutablePointer<Int32>?, _ capacity: Int
) -> Int32 {
  SessionHandle.with(session) { handle in
    guard let inquiry = handle.inquiry else { return Code.badArgument }
    return list(inquiry.neededNumbers, output, capacity)
  }
}

/// Hands over as many of some numbers as there is room for, and gives back how many there are.
private func list(
  _ numbers: some Sequence<Int>, _ output: UnsafeMutablePointer<Int32>?, _ capacity: Int
) -> Int32 {
  guard capacity >= 0, output != nil || capacity == 0 else { return Code.badArgument }
  var count = 0
  for number in numbers {
    if count < capacity { output?[count] = Int32(number) }
    count += 1
  }
  return Int32(count)
}
