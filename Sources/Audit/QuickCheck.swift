import Engine
import JSON
import Model
package import Program
package import Values

/// Finds, from bytes to bytes, the messages that were sent as the policy surely decides: nearly all of an archive.
///
/// Such a message broke no promise that an outcome can break, because the policy has been proved to keep them all. So
/// there is nothing more to say of it. One for each thread.
package final class QuickCheck {
  /// Messages of one day that were sent as decided, one behind the other.
  package struct Group: Sendable {
    package let day: Day
    /// Whether they say their day, so that they are not judged as of today.
    package let isDated: Bool
    package fileprivate(set) var count = 1
  }

  private let decider: Decider
  private let reader: MessageReader
  /// By `OutcomeID`, the outcomes' names as JSON text.
  private let names: [[UInt8]]
  private let today: Day
  private var groups: [Group] = []

  /// `today` stands in for the day of a message that does not say `on`. The policy has to be proved.
  package init(_ format: LineFormat, _ program: Program, today: Day) {
    decider = Decider(program)
    reader = MessageReader(format)
    names = program.vocabulary.outcomes.map { outcome in
      var writer = JSONWriter()
      writer.string(outcome.name)
      return writer.bytes
    }
    self.today = today
  }

  /// Counts the message of a line if it was sent as the policy surely decides; false for every other line, which has to
  /// be looked at by its values.
  ///
  /// Behind the line `MessageReader.padding` bytes may be looked at.
  package func take(padded line: UnsafeRawBufferPointer) -> Bool {
    guard reader.read(padded: line, into: decider.message), let sent = reader.sent else {
      return false
    }
    let verdict = decider.decide(today: reader.day ?? today.number)
    guard verdict.kind == .decided, line[sent].elementsEqual(names[verdict.outcome]) else {
      return false
    }
    count(reader.day)
    return true
  }

  private func count(_ number: Int32?) {
    let isDated = number != nil
    let number = number ?? today.number
    if let last = groups.last, last.day.number == number, last.isDated == isDated {
      groups[groups.count - 1].count += 1
    } else {
      groups.append(Group(day: Day(clamping: Int(number)), isDated: isDated))
    }
  }

  /// What has been counted since it was last taken.
  package func takeGroups() -> [Group] {
    defer { groups.removeAll(keepingCapacity: true) }
    return groups
  }
}
