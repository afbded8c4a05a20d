/// A variable that is true or false, by its number.
package struct Variable: Hashable, Sendable {
  package let index: Int32
  package init(_ index: Int32) { self.index = index }
}

/// A variable or its negation.
package struct Literal: Hashable, Sendable {
  /// Twice the variable's number, and one more where it is negated.
  package let code: Int32

  package init(code: Int32) { self.code = code }

  package init(_ variable: Variable, isNegated: Bool = false) {
    code = variable.index << 1 | (isNegated ? 1 : 0)
  }

  package var variable: Variable { Variable(code >> 1) }
  package var isNegated: Bool { code & 1 == 1 }

  package static prefix func ! (literal: Literal) -> Literal { Literal(code: literal.code ^ 1) }
}
