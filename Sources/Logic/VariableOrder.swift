/// The permanent variables of a question that may be decided next, the most active one first.
///
/// Activity decays by making newer conflicts count for more (VSIDS: Moskewicz, Madigan, Zhao, Zhang,
/// Malik, "Chaff: engineering an efficient SAT solver", 2001). A binary heap.
struct VariableOrder {
  private var heap = Row<Int32>()
  /// Of each permanent variable its place in the heap, or -1.
  private var places = Row<Int32>()
  private var activities = Row<Double>()
  private var increment = 1.0

  func free() {
    heap.free()
    places.free()
    activities.free()
  }

  mutating func addVariable() {
    places.append(-1)
    activities.append(0)
  }

  mutating func removeAll() {
    for place in 0..<heap.count { places[Int(heap[place])] = -1 }
    heap.truncate(to: 0)
    increment = 1
  }

  /// Puts in a variable that no conflict of this question has counted for yet.
  mutating func begin(_ variable: Int32) {
    activities[Int(variable)] = 0
    insert(variable)
  }

  @inline(__always)
  mutating func insert(_ variable: Int32) {
    guard places[Int(variable)] < 0 else { return }
    heap.append(variable)
    moveUp(heap.count - 1)
  }

  mutating func removeFirst() -> Int32? {
    guard heap.count > 0 else { return nil }
    let first = heap[0]
    let last = heap.removeLast()
    places[Int(first)] = -1
    if heap.count > 0 {
      heap[0] = last
      places[Int(last)] = 0
      moveDown(0)
    }
    return first
  }

  /// Counts a conflict for the variable; true if all activities must be scaled down.
  @inline(__always)
  mutating func bump(_ variable: Int32) -> Bool {
    activities[Int(variable)] += increment
    let place = places[Int(variable)]
    if place >= 0 { moveUp(Int(place)) }
    return activities[Int(variable)] > 1e100
  }

  mutating func decay() {
    increment *= 1 / 0.95
  }

  /// Scales down what was counted for one variable.
  func scaleDown(_ variable: Int32) {
    activities[Int(variable)] *= 1e-100
  }

  mutating func scaleDownIncrement() {
    increment *= 1e-100
  }

  private func moveUp(_ start: Int) {
    var place = start
    let variable = heap[place]
    let activity = activities[Int(variable)]
    while place > 0 {
      let parent = (place - 1) >> 1
      guard activities[Int(heap[parent])] < activity else { break }
      heap[place] = heap[parent]
      places[Int(heap[place])] = Int32(truncatingIfNeeded: place)
      place = parent
    }
    heap[place] = variable
    places[Int(variable)] = Int32(truncatingIfNeeded: place)
  }

  private func moveDown(_ start: Int) {
    var place = start
    let variable = heap[place]
    let activity = activities[Int(variable)]
    while true {
      var child = 2 * place + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count,
        activities[Int(heap[child + 1])] > activities[Int(heap[child])]
      {
        child += 1
      }
      guard activities[Int(heap[child])] > activity else { break }
      heap[place] = heap[child]
      places[Int(heap[place])] = Int32(truncatingIfNeeded: place)
      place = child
    }
    heap[place] = variable
    places[Int(variable)] = Int32(truncatingIfNeeded: place)
  }
}
