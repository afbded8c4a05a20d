import Model
import Syntax

/// Who overrides whom, as a picture: sections as boxes one below the other, each above those that it
/// overrides, their rules inside, and arrows in lanes beside them.
///
/// Boxes are layered by the longest way that leads to them, and each arrow takes the innermost lane that
/// is free along its length, short arrows first.
struct OverridePicture {
  /// A line of a box: a rule, or a table with all its rows.
  struct Row {
    let anchor: String
    let name: String
    let outcome: OutcomeID?
    let y: Int
  }

  struct Box {
    /// Nil for the rules that belong to no section.
    let anchor: String?
    let name: String
    let y: Int
    let height: Int
    let rows: [Row]
    /// What kind of rules it has, where that is not decision rules.
    let kind: String?
    /// How many more rules it has, which no arrow of their own leads to or from.
    let hiddenCount: Int

    /// The middle of its title.
    var titleY: Int { y + OverridePicture.titleHeight / 2 }
  }

  struct Arrow {
    enum Course {
      /// Straight down into the next box.
      case down
      case left(lane: Int)
      case right(lane: Int)
    }

    let from: String
    let to: String
    let start: Int
    let end: Int
    let course: Course
  }

  let boxes: [Box]
  let arrows: [Arrow]
  let leftLanes: Int
  let rightLanes: Int
  let height: Int

  static let titleHeight = 34
  static let rowHeight = 24
  static let padding = 8
  static let gap = 34
  static let boxWidth = 520
  static let lane = 14
  /// So many rules are drawn at most; beyond, only those that have arrows of their own.
  static let mostRows = 300
  /// What is larger than this no one could read.
  static let mostArrows = 600

  /// The picture; nil where there would be nothing to see, or too much.
  init?(_ plan: OverridePlan) {
    guard !plan.edges.isEmpty, plan.edges.count <= OverridePicture.mostArrows else { return nil }
    let all = plan.boxes.reduce(0) { $0 + $1.rows.count }
    let touched = Set(plan.edges.flatMap { [$0.from, $0.to] })
    var y = 0
    var boxes: [Box] = []
    for box in plan.orderedBoxes {
      let rows =
        all > OverridePicture.mostRows ? box.rows.filter { touched.contains($0.anchor) } : box.rows
      let placed = rows.enumerated().map { index, row in
        Row(
          anchor: row.anchor, name: row.name, outcome: row.outcome,
          y: y + OverridePicture.titleHeight + index * OverridePicture.rowHeight
            + OverridePicture.rowHeight / 2)
      }
      let hidden = box.rows.count - rows.count
      let lines = rows.count + (hidden > 0 ? 1 : 0)
      let height =
        OverridePicture.titleHeight + lines * OverridePicture.rowHeight
        + (lines > 0 ? OverridePicture.padding : 0)
      boxes.append(
        Box(
          anchor: box.anchor, name: box.name, y: y, height: height, rows: placed, kind: box.kind,
          hiddenCount: hidden))
      y += height + OverridePicture.gap
    }
    self.boxes = boxes
    height = max(y - OverridePicture.gap, 0)
    var routing = ArrowRouting(boxes)
    routing.route(plan.edges)
    arrows = routing.arrows
    leftLanes = routing.left.count
    rightLanes = routing.right.count
  }

  /// Where the boxes begin and end, and where the picture does.
  var left: Int { leftLanes * OverridePicture.lane + 16 }
  var right: Int { left + OverridePicture.boxWidth }
  var width: Int { right + rightLanes * OverridePicture.lane + 16 }
}

/// Gives each arrow its course.
private struct ArrowRouting {
  /// Of each lane, the stretches that are taken.
  var left: [[ClosedRange<Int>]] = []
  var right: [[ClosedRange<Int>]] = []
  private(set) var arrows: [OverridePicture.Arrow] = []
  private var sections: [String: Int] = [:]
  private var rows: [String: Int] = [:]
  private let boxes: [OverridePicture.Box]

  init(_ boxes: [OverridePicture.Box]) {
    self.boxes = boxes
    for (index, box) in boxes.enumerated() {
      if let anchor = box.anchor { sections[anchor] = index }
      for row in box.rows { rows[row.anchor] = row.y }
    }
  }

  mutating func route(_ edges: [OverridePlan.Edge]) {
    // Where several arrows meet at one line they end a little apart.
    var ends: [String: Int] = [:]
    let sorted = edges.compactMap { edge -> (OverridePlan.Edge, Int, Int)? in
      guard let start = y(of: edge.from), let end = y(of: edge.to) else { return nil }
      return (edge, start, end)
    }.enumerated().sorted {
      let (a, b) = (abs($0.element.1 - $0.element.2), abs($1.element.1 - $1.element.2))
      return a != b ? a < b : $0.offset < $1.offset
    }.map(\.element)
    for (edge, start, end) in sorted {
      if let from = sections[edge.from], let to = sections[edge.to] {
        if to == from + 1 {
          let box = boxes[from]
          add(edge, box.y + box.height, boxes[to].y, .down)
        } else {
          add(edge, start, end, .left(lane: ArrowRouting.take(start, end, &left)))
        }
      } else {
        let from = start + ArrowRouting.shift(ends[edge.from, default: 0])
        let to = end + ArrowRouting.shift(ends[edge.to, default: 0])
        ends[edge.from, default: 0] += 1
        ends[edge.to, default: 0] += 1
        add(edge, from, to, .right(lane: ArrowRouting.take(from, to, &right)))
      }
    }
  }

  private func y(of anchor: String) -> Int? {
    sections[anchor].map { boxes[$0].titleY } ?? rows[anchor]
  }

  private mutating func add(
    _ edge: OverridePlan.Edge, _ start: Int, _ end: Int, _ course: OverridePicture.Arrow.Course
  ) {
    arrows.append(
      OverridePicture.Arrow(from: edge.from, to: edge.to, start: start, end: end, course: course))
  }

  /// 0, 5, −5, and from the beginning again.
  private static func shift(_ count: Int) -> Int { [0, 5, -5][count % 3] }

  /// The innermost lane that is free between two heights, which is then taken there.
  private static func take(_ a: Int, _ b: Int, _ lanes: inout [[ClosedRange<Int>]]) -> Int {
    let stretch = min(a, b) - 3...max(a, b) + 3
    let free = lanes.firstIndex { taken in !taken.contains { $0.overlaps(stretch) } }
    let lane = free ?? lanes.count
    if lane == lanes.count { lanes.append([]) }
    lanes[lane].append(stretch)
    return lane
  }
}
