/// A growing row of plain values in memory of its own, without checks and without counting references.
///
/// Copies share the memory. Whoever makes a row frees it, once.
struct Row<Element: BitwiseCopyable> {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 64) {
    base = .allocate(capacity: capacity)
    self.capacity = capacity
  }

  func free() {
    base.deallocate()
  }

  @inline(__always)
  subscript(_ place: Int) -> Element {
    get { base[place] }
    nonmutating set { base[place] = newValue }
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { reserve(count &+ 1) }
    base[count] = element
    count &+= 1
  }

  @inline(__always)
  mutating func removeLast() -> Element {
    count &-= 1
    return base[count]
  }

  @inline(__always)
  mutating func truncate(to newCount: Int) {
    count = newCount
  }

  /// Makes room for so many more, the values of which are what happens to be in memory.
  mutating func extend(by more: Int) {
    if count + more > capacity { reserve(count + more) }
    count += more
  }

  /// Makes the row at least so long, with a value for what is new.
  mutating func lengthen(to newCount: Int, with element: Element) {
    guard newCount > count else { return }
    let old = count
    extend(by: newCount - count)
    (base + old).update(repeating: element, count: newCount - old)
  }

  @inline(never)
  mutating func reserve(_ needed: Int) {
    guard needed > capacity else { return }
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: max(needed, 2 * capacity))
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
    capacity = max(needed, 2 * capacity)
  }
}

/// A row that goes both ways from zero: permanent variables count up, temporary ones down from -1.
struct TwoWayRow<Element: BitwiseCopyable> {
  /// Where number 0 is.
  private(set) var zero: UnsafeMutablePointer<Element>
  private var below: Int
  private var above: Int
  private let blank: Element

  /// `below` values before zero and `above` from zero on, all blank.
  init(below: Int, above: Int, blank: Element) {
    self.below = below
    self.above = above
    self.blank = blank
    zero = Self.room(below, above, blank)
  }

  private static func room(_ below: Int, _ above: Int, _ blank: Element)
    -> UnsafeMutablePointer<Element>
  {
    let start = UnsafeMutablePointer<Element>.allocate(capacity: below + above)
    start.update(repeating: blank, count: below + above)
    return start + below
  }

  func free() {
    (zero - below).deallocate()
  }

  @inline(__always)
  subscript(_ place: Int32) -> Element {
    get { zero[Int(place)] }
    nonmutating set { zero[Int(place)] = newValue }
  }

  mutating func grow(below newBelow: Int, above newAbove: Int) {
    let larger = Self.room(newBelow, newAbove, blank)
    (larger - below).update(from: zero - below, count: below + above)
    free()
    zero = larger
    below = newBelow
    above = newAbove
  }
}

/// Where a list stands in a row that many lists share.
struct ListPlace: BitwiseCopyable {
  var start: Int32 = 0
  var count: Int32 = 0
  var capacity: Int32 = 0
}

extension Row {
  /// Appends to one of the lists that share this row; a full list moves to the end.
  @inline(__always)
  mutating func append(_ element: Element, to list: UnsafeMutablePointer<ListPlace>) {
    if list.pointee.count == list.pointee.capacity { move(list) }
    base[Int(list.pointee.start &+ list.pointee.count)] = element
    list.pointee.count &+= 1
  }

  @inline(never)
  private mutating func move(_ list: UnsafeMutablePointer<ListPlace>) {
    let old = list.pointee
    let room = max(4, 2 * old.capacity)
    let start = count
    extend(by: Int(room))
    (base + start).update(from: base + Int(old.start), count: Int(old.count))
    list.pointee = ListPlace(start: Int32(start), count: old.count, capacity: room)
  }
}
