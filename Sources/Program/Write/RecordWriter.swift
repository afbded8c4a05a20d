import JSON

/// Writes what a decider says as records of JSON, put together from texts that are at hand as JSON.
///
/// The order of the members is part of the format: `id`, `outcome`, `notes`, `sure`, `missing`, `rules`, and
/// `policy` at the end. It never changes, so that any number of threads may write by it.
package final class RecordWriter: @unchecked Sendable {
  private let program: Program
  private let memory: PieceMemory
  /// By outcome: `,"outcome":"…","notes":[`
  private let outcomes: UnsafeMutablePointer<Piece>
  /// By fact, its field as JSON.
  private let fields: UnsafeMutablePointer<Piece>
  private let textEnd: UnsafeRawPointer
  private let idKey, sure, unsure, rules, otherwise, policy: Piece
  /// The most bytes of a record besides its `id`, its missing facts and its rules, and those of one of these.
  private let most: Int
  private let longestField: Int
  private let longestRule: Int

  package init(_ program: Program) {
    self.program = program
    textEnd = UnsafeRawPointer(program.text.base + program.text.count)
    let outcomeTexts = (0..<program.outcomes.count).map { number in
      Array(#","outcome":"#.utf8) + program.bytes(of: program.outcomes[number])
        + Array(#","notes":["#.utf8)
    }
    let fieldTexts = (0..<program.facts.count).map { number in
      JSONWriter.quoted(utf8: program.bytes(of: program.facts[number].field))
    }
    let hash = program.image.table(.hash, of: UInt8.self)
    let words = [
      #"{"id":"#, #"],"sure":true,"rules":["#, #"],"sure":false,"missing":["#, #"],"rules":["#,
      #""otherwise","#,
    ].map { Array($0.utf8) }
    let policyText =
      Array(#","policy":"#.utf8)
      + JSONWriter.quoted(utf8: UnsafeRawBufferPointer(start: hash.base, count: hash.count))
      + Array("}\n".utf8)
    let texts = outcomeTexts + fieldTexts + words + [policyText]
    memory = PieceMemory(capacity: texts.reduce(0) { $0 + $1.count })
    outcomes = .allocate(capacity: outcomeTexts.count)
    for (number, text) in outcomeTexts.enumerated() {
      (outcomes + number).initialize(to: memory.add(text))
    }
    fields = .allocate(capacity: fieldTexts.count)
    for (number, text) in fieldTexts.enumerated() {
      (fields + number).initialize(to: memory.add(text))
    }
    idKey = memory.add(words[0])
    sure = memory.add(words[1])
    unsure = memory.add(words[2])
    rules = memory.add(words[3])
    otherwise = memory.add(words[4])
    policy = memory.add(policyText)
    let notes = (0..<program.notes.count).reduce(0) { $0 + Int(program.notes[$1].name.count) + 1 }
    let longestOutcome = outcomeTexts.map(\.count).max() ?? 0
    most = longestOutcome + notes + policyText.count + words.reduce(0) { $0 + $1.count } + 8
    longestField = fieldTexts.map(\.count).max() ?? 0
    longestRule = (0..<program.rules.count).map { Int(program.rules[$0].name.count) }.max() ?? 0
  }

  deinit {
    outcomes.deallocate()
    fields.deallocate()
  }

  // MARK: - Records

  /// Writes the beginning of a record, up to and with its rules; `id` is JSON, behind which `ByteBuffer.slack`
  /// bytes may be looked at. Of a decision that is sure or not, and no other verdict.
  ///
  /// The winners are put in order; after a decision that is not sure they are the rules in doubt.
  @inline(__always)
  package func begin(
    _ verdict: Verdict, _ decider: Decider, paddedID id: UnsafeRawBufferPointer?,
    to output: ByteBuffer
  ) {
    var end = output.end(
      withRoomFor: most &+ (id?.count ?? 0) &+ decider.winnerCount &* (longestRule &+ 1))
    let outcome = outcomes[verdict.outcome]
    if let id, let start = id.baseAddress {
      end.put(idKey)
      end.put(from: start, id.count)
      end.put(outcome)
    } else {
      // Without its comma.
      end.put(UInt8(ascii: "{"))
      end.put(from: outcome.start + 1, outcome.count &- 1)
    }
    putNotes(of: decider, at: &end)
    if verdict.kind == .decided {
      end.put(sure)
    } else {
      end.put(unsure)
      end = putDoubts(of: decider, at: end, in: output)
    }
    putRules(of: decider, isByOtherwise: verdict.isByOtherwise, at: &end)
    output.setEnd(end)
  }

  /// Writes the beginning of a record whose `id` is JSON text.
  package func begin(_ verdict: Verdict, _ decider: Decider, id: String?, to output: ByteBuffer) {
    guard let id else { return begin(verdict, decider, paddedID: nil, to: output) }
    let bytes = Array(id.utf8)
    (bytes + [UInt8](repeating: 0, count: ByteBuffer.slack)).withUnsafeBytes {
      let own = UnsafeRawBufferPointer(rebasing: $0[..<bytes.count])
      begin(verdict, decider, paddedID: own, to: output)
    }
  }

  /// Writes the end of a record that is a line.
  @inline(__always)
  package func end(to output: ByteBuffer) {
    var end = output.end(withRoomFor: policy.count)
    end.put(policy)
    output.setEnd(end)
  }

  // MARK: - Members

  @inline(__always)
  private func putNotes(of decider: Decider, at end: inout UnsafeMutableRawPointer) {
    var isFirst = true
    for word in 0..<decider.noteWords {
      var rest = decider.notes[word]
      while rest != 0 {
        if !isFirst { end.put(UInt8(ascii: ",")) }
        isFirst = false
        put((program.notes.base + (word &<< 6 &+ rest.trailingZeroBitCount)).pointee.name, at: &end)
        rest &= rest &- 1
      }
    }
  }

  /// Writes the missing facts, finds the rules in doubt, and makes room for them.
  @inline(never)
  private func putDoubts(
    of decider: Decider, at end: UnsafeMutableRawPointer, in output: ByteBuffer
  ) -> UnsafeMutableRawPointer {
    output.setEnd(end)
    decider.gatherDoubts()
    let (missing, words) = (decider.missingFacts, decider.factWords)
    var end = output.end(
      withRoomFor: most &+ program.facts.count &* (longestField &+ 1)
        &+ decider.winnerCount &* (longestRule &+ 1))
    var next = missing.next(from: 0, words)
    while let fact = next {
      end.put(fields[fact])
      next = missing.next(from: fact + 1, words)
      if next != nil { end.put(UInt8(ascii: ",")) }
    }
    end.put(rules)
    return end
  }

  /// Writes the winners in the order of file and line, with `otherwise` in its place, and the bracket behind.
  @inline(__always)
  private func putRules(
    of decider: Decider, isByOtherwise: Bool, at end: inout UnsafeMutableRawPointer
  ) {
    let count = decider.winnerCount
    if count > 1 { decider.sortWinners() }
    let place = isByOtherwise ? Int(program.header.otherwisePlace) : .max
    var hasOtherwise = !isByOtherwise
    for index in 0..<count {
      let rule = decider.winners[index]
      if !hasOtherwise, rule >= place {
        end.put(otherwise)
        hasOtherwise = true
      }
      put((program.rules.base + rule).pointee.name, at: &end)
      end.put(UInt8(ascii: ","))
    }
    if !hasOtherwise { end.put(otherwise) }
    // In place of the last comma.
    if count > 0 || isByOtherwise { end -= 1 }
    end.put(UInt8(ascii: "]"))
  }

  /// Writes one of the program's texts.
  @inline(__always)
  private func put(_ text: TextRecord, at end: inout UnsafeMutableRawPointer) {
    let start = UnsafeRawPointer(program.text.base + Int(text.start))
    let count = Int(text.count)
    if start + (count &+ ByteBuffer.slack) <= textEnd {
      end.put(from: start, count)
    } else {
      end.copyMemory(from: start, byteCount: count)
      end += count
    }
  }
}

extension Decider {
  /// Puts the winners into the order of file and line.
  @inline(never)
  package func sortWinners() {
    let few = 16
    guard winnerCount <= few else {
      sortMany()
      return
    }
    for index in 1..<max(winnerCount, 1) {
      let rule = winners[index]
      var place = index
      while place > 0, winners[place - 1] > rule {
        winners[place] = winners[place - 1]
        place &-= 1
      }
      winners[place] = rule
    }
  }

  private func sortMany() {
    var rules = UnsafeMutableBufferPointer(start: winners, count: winnerCount)
    rules.sort()
  }
}
