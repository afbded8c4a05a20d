/// What a solver knows: its variables, the clauses of the question, and the values found so far.
///
/// All of it is plain memory, and every step a function that changes it in place.
struct Search {
  var workLimit = Int.max
  var memoryLimit = 64 << 20
  var cancellation: Cancellation?

  // Values and why they are so. Literals are their codes.

  /// Of each literal: 1 if it is true, -1 if it is false, 0 if neither.
  var values = TwoWayRow<Int8>(below: 128, above: 128, blank: 0)
  var assignments = TwoWayRow<Assignment>(
    below: 64, above: 64, blank: Assignment())
  var flags = TwoWayRow<VariableFlags>(below: 64, above: 64, blank: [])
  /// The true literals in the order in which they became true.
  var trail = Row<Int32>(capacity: 128)
  /// How many of them are propagated.
  var propagatedCount = 0
  /// Of each decision the length of the trail before it.
  var levels = Row<Int32>()
  /// Level 0 must be propagated once more, since there are new implications.
  var hasNewImplications = false

  // Clauses.

  /// All clauses of three literals and more, one after the other: a header, then its literals. The first
  /// two are watched. Place 0 is never a clause.
  var arena = Row<Int32>(capacity: 1024)
  /// Places of the clauses that were learnt.
  var learntClauses = Row<Int32>()
  /// Of each literal the clauses to look at once it is false.
  var watchLists = TwoWayRow<ListPlace>(
    below: 128, above: 128, blank: ListPlace())
  var watches = Row<Watch>(capacity: 512)
  /// Of each literal the literals that are true if it is.
  var implicationLists = TwoWayRow<ListPlace>(
    below: 128, above: 128, blank: ListPlace())
  var implications = Row<Int32>(capacity: 256)
  /// The clause that is being added.
  var openClause = Row<Int32>()
  var openClauseIsTrue = false
  /// The literals of the open clause.
  var isInOpenClause = TwoWayRow<Bool>(below: 128, above: 128, blank: false)

  // The question.

  /// The variables of which something is to be forgotten when the question is over.
  var touched = Row<Int32>()
  var order = VariableOrder()
  var assumptions = Row<Int32>()
  var core: [Literal] = []
  var isContradiction = false
  /// Clauses were left out because there was no room for them.
  var isOverfull = false
  var work = 0
  var workBefore = 0

  // Learning: scratch space, and the clause that came out.

  var conflict = Conflict.none
  var learnt = Row<Int32>()
  var marked = Row<Int32>()
  var pending = Row<Int32>()
  /// Of each level the number of the clause that was measured last with a literal of it.
  var levelMarks = Row<Int32>()
  var levelMark: Int32 = 0
  var conflictsSinceReduction = 0
  var reductions = 0

  var permanentCount = 0
  var permanentRoom = 64
  var temporaryCount = 0
  var temporaryRoom = 64

  init() {
    arena.append(0)
  }

  func free() {
    values.free()
    assignments.free()
    flags.free()
    trail.free()
    levels.free()
    arena.free()
    learntClauses.free()
    watchLists.free()
    watches.free()
    implicationLists.free()
    implications.free()
    openClause.free()
    isInOpenClause.free()
    touched.free()
    order.free()
    assumptions.free()
    learnt.free()
    marked.free()
    pending.free()
    levelMarks.free()
  }
}
