import SendPolicy
import Workspace

// The functions of sendpolicy.h about policies. The header documents them.

private let abi: UInt32 = 1
private let version = NameTable([Version.number])

@c package func sendpolicy_abi() -> UInt32 { abi }

@c package func sendpolicy_version() -> UnsafePointer<UInt8>? { version.name(0, length: nil) }

@c package func sendpolicy_code_text(_ code: Int32) -> UnsafePointer<UInt8>? {
  Code.text(code).utf8Start
}

/// The number that stands for the day of the system's clock.
let today = Int32.min

func policyDate(_ number: Int32) -> PolicyDate? {
  PolicyDate(daysSince1970: number == today ? System.dayNumber : Int(number))
}

@c package func sendpolicy_day(_ year: Int32, _ month: Int32, _ day: Int32) -> Int32 {
  PolicyDate.daysSince1970(year: Int(year), month: Int(month), day: Int(day)).map { Int32($0) }
    ?? .max
}

// MARK: - Policies

@c package func sendpolicy_open(
  _ path: UnsafeRawPointer?, _ length: Int,
  _ policy: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ error: UnsafeMutableRawPointer?
) -> Int32 {
  let error = ErrorOutput(error)
  error.clear()
  policy?.pointee = nil
  guard let policy, let bytes = bytes(path, length), !bytes.isEmpty, !bytes.contains(0) else {
    return error.write(Code.badArgument)
  }
  guard let path = text(path, length) else { return error.write(Code.notUTF8) }
  do throws(PolicyErrors) {
    let opened = PolicyHandle(try Policy(contentsOf: path))
    policy.pointee = Unmanaged.passRetained(opened).toOpaque()
    return Code.ok
  } catch let errors {
    return error.write(Code.badPolicy, errors.description)
  }
}

@c package func sendpolicy_close(_ policy: UnsafeMutableRawPointer?) {
  guard let policy else { return }
  Unmanaged<PolicyHandle>.fromOpaque(policy).release()
}

@c package func sendpolicy_hash(_ policy: UnsafeRawPointer?) -> UnsafePointer<UInt8>? {
  PolicyHandle.at(policy)?.hash.name(0, length: nil)
}

@c package func sendpolicy_decide_json(
  _ policy: UnsafeRawPointer?, _ json: UnsafeRawPointer?, _ length: Int, _ day: Int32,
  _ output: UnsafeMutableRawPointer?, _ capacity: Int, _ needed: UnsafeMutablePointer<Int>?
) -> Int32 {
  needed?.pointee = 0
  guard let handle = PolicyHandle.at(policy), let json = bytes(json, length), capacity >= 0,
    output != nil || capacity == 0
  else { return Code.badArgument }
  guard let date = policyDate(day) else { return Code.badDay }
  return handle.policy.withRecord(of: json, on: date) { record, kind in
    needed?.pointee = record.count
    guard record.count <= capacity else { return Code.tooSmall }
    if let output, let start = record.baseAddress {
      output.copyMemory(from: start, byteCount: record.count)
    }
    switch kind {
    case .sure: return Code.ok
    case .unsure: return Code.unsure
    case .rejected: return Code.rejected
    }
  }
}

@c package func sendpolicy_decide_lines(
  _ policy: UnsafeRawPointer?, _ lines: UnsafeRawPointer?, _ length: Int, _ day: Int32,
  _ output: UnsafeMutableRawPointer?, _ capacity: Int, _ progress: UnsafeMutableRawPointer?
) -> Int32 {
  guard let handle = PolicyHandle.at(policy), let lines = bytes(lines, length), let progress,
    capacity >= 0, output != nil || capacity == 0
  else { return Code.badArgument }
  guard let date = policyDate(day) else { return Code.badDay }
  let room = UnsafeMutableRawBufferPointer(start: output, count: capacity)
  let numbers = progress.assumingMemoryBound(to: Int.self)
  var own = LineProgress(
    lines: numbers[3], decided: numbers[4], unsure: numbers[5], rejected: numbers[6])
  handle.policy.decide(lines: lines, on: date, into: room, &own)
  for (place, number) in [
    own.taken, own.written, own.needed, own.lines, own.decided, own.unsure, own.rejected,
  ].enumerated() { numbers[place] = number }
  return own.needed == 0 ? Code.ok : Code.tooSmall
}

// MARK: - Names

@c package func sendpolicy_count(_ policy: UnsafeRawPointer?, _ list: Int32) -> Int32 {
  guard let names = PolicyHandle.at(policy)?.names(list) else { return Code.badArgument }
  return Int32(names.count)
}

@c package func sendpolicy_name(
  _ policy: UnsafeRawPointer?, _ list: Int32, _ number: Int32,
  _ length: UnsafeMutablePointer<Int>?
) -> UnsafePointer<UInt8>? {
  length?.pointee = 0
  return PolicyHandle.at(policy)?.names(list)?.name(Int(number), length: length)
}

@c package func sendpolicy_find(
  _ policy: UnsafeRawPointer?, _ list: Int32, _ name: UnsafeRawPointer?, _ length: Int,
  _ error: UnsafeMutableRawPointer?
) -> Int32 {
  let error = ErrorOutput(error)
  error.clear()
  guard let handle = PolicyHandle.at(policy), bytes(name, length) != nil,
    handle.names(list) != nil
  else { return error.write(Code.badArgument) }
  guard let name = text(name, length) else { return error.write(Code.notUTF8) }
  do throws(FactError) {
    return Int32(try handle.number(of: name, on: list))
  } catch let problem {
    return error.write(Code.of(problem), problem.message)
  }
}

@c package func sendpolicy_fact_kind(_ policy: UnsafeRawPointer?, _ fact: Int32) -> Int32 {
  guard let handle = PolicyHandle.at(policy) else { return Code.badArgument }
  guard handle.facts.indices.contains(Int(fact)) else { return Code.unknownName }
  switch handle.facts[Int(fact)].kind {
  case .choice: return 0
  case .set: return 1
  case .yesOrNo: return 2
  case .number: return 3
  case .date: return 4
  case .text: return 5
  }
}
