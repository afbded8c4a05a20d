extension Solver {
  /// Whether a clause or an assumption of this question speaks of a permanent variable.
  package func isMentioned(_ variable: Variable) -> Bool {
    flags[variable.index].contains(.isDecidable)
  }
}
