/// A fact, by its place in the vocabulary: files in path order, then as declared.
package struct FactID: Hashable, Comparable, Sendable {
  package let index: Int
  package init(_ index: Int) { self.index = index }
  package static func < (a: FactID, b: FactID) -> Bool { a.index < b.index }
}

/// A declared value of one fact, by its place in the declaration.
package struct ValueID: Hashable, Comparable, Sendable {
  package let index: Int
  package init(_ index: Int) { self.index = index }
  package static func < (a: ValueID, b: ValueID) -> Bool { a.index < b.index }
}

/// An outcome, by its place in the vocabulary.
package struct OutcomeID: Hashable, Comparable, Sendable {
  package let index: Int
  package init(_ index: Int) { self.index = index }
  package static func < (a: OutcomeID, b: OutcomeID) -> Bool { a.index < b.index }
}

/// A note, by its place in the vocabulary.
package struct NoteID: Hashable, Comparable, Sendable {
  package let index: Int
  package init(_ index: Int) { self.index = index }
  package static func < (a: NoteID, b: NoteID) -> Bool { a.index < b.index }
}

/// A list, by its place in the vocabulary.
package struct ListID: Hashable, Comparable, Sendable {
  package let index: Int
  package init(_ index: Int) { self.index = index }
  package static func < (a: ListID, b: ListID) -> Bool { a.index < b.index }
}

/// A definition, by its place in the vocabulary.
package struct DefinitionID: Hashable, Comparable, Sendable {
  package let index: Int
  package init(_ index: Int) { self.index = index }
  package static func < (a: DefinitionID, b: DefinitionID) -> Bool { a.index < b.index }
}
