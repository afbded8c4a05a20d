import Logic
import Model
import Syntax

/// What is known so far of a group of messages that two policies decide differently.
struct GroupDraft {
  let change: DecisionChange
  var conditions: [[Literal]] = []
  /// There are more messages of this kind than the conditions say.
  var hasMore = false
  /// Every message that meets a condition is of the group.
  var isExact = true
  /// Properties of which every message that has them is of the group.
  var example: [Literal]?
  /// Some message of the group.
  var message: Message?
  /// Some site has been looked at.
  var isSeen = false
  private(set) var oldDeciders: [DecisionMaker] = []
  private(set) var newDeciders: [DecisionMaker] = []
  private(set) var oldHasMore = false
  private(set) var newHasMore = false
  /// Notes that a policy adds to all messages, and that it alone adds to some.
  private(set) var oldNotes: (all: Set<NoteID>, some: Set<NoteID>) = ([], [])
  private(set) var newNotes: (all: Set<NoteID>, some: Set<NoteID>) = ([], [])

  init(change: DecisionChange) {
    self.change = change
    if case .notes(let lost, let gained) = change {
      oldNotes.all = lost
      newNotes.all = gained
    }
  }

  func deciders(isOld: Bool) -> [DecisionMaker] { isOld ? oldDeciders : newDeciders }

  func hasMoreDeciders(isOld: Bool) -> Bool { isOld ? oldHasMore : newHasMore }

  /// Whether it is known of a note that a policy adds it to some messages, and not to all.
  func isOfSome(_ note: NoteID, isOld: Bool) -> Bool {
    (isOld ? oldNotes : newNotes).some.contains(note)
  }

  mutating func add(_ decider: DecisionMaker, isOld: Bool) {
    if isOld { oldDeciders.append(decider) } else { newDeciders.append(decider) }
  }

  mutating func markMoreDeciders(isOld: Bool) {
    if isOld { oldHasMore = true } else { newHasMore = true }
  }

  /// Adds what a site says about a note.
  mutating func add(_ note: NoteID, isOld: Bool, isSome: Bool, isAll: Bool) {
    var notes = isOld ? oldNotes : newNotes
    let wasAll = !isSeen || notes.all.contains(note)
    let isAnywhere = isSome || notes.all.contains(note) || notes.some.contains(note)
    notes.all.remove(note)
    notes.some.remove(note)
    if isAll, wasAll { notes.all.insert(note) } else if isAnywhere { notes.some.insert(note) }
    if isOld { oldNotes = notes } else { newNotes = notes }
  }
}
