/// Columns put together, so that one look-up serves several: the value of a group is made of the values of its
/// columns, each times its stride.
struct ColumnGroups {
  struct Group {
    var columns: [Int] = []
    var strides: [Int] = []
    var cardinality = 1
  }

  private(set) var groups: [Group] = []

  /// Puts columns with few values together, the fewest first, up to so many values a group.
  init(_ layout: ColumnLayout, tested: Set<Int>, mostValues: Int) {
    let order = layout.columns.indices.filter(tested.contains).sorted {
      let (a, b) = (layout.columns[$0].cardinality, layout.columns[$1].cardinality)
      return a == b ? $0 < $1 : a < b
    }
    for column in order {
      let cardinality = layout.columns[column].cardinality
      if let last = groups.last, last.cardinality * cardinality <= mostValues {
        groups[groups.count - 1].columns.append(column)
        groups[groups.count - 1].strides.append(last.cardinality)
        groups[groups.count - 1].cardinality *= cardinality
      } else {
        groups.append(Group(columns: [column], strides: [1], cardinality: cardinality))
      }
    }
  }
}
