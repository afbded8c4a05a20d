package import JSON

/// A JSON document that is written piece by piece: the shapes that every such document is made of.
package protocol JSONDocument {
  var writer: JSONWriter { get set }
}

extension JSONDocument {
  package mutating func object(_ key: String? = nil, _ content: (inout Self) -> Void) {
    if let key { writer.key(key) }
    writer.beginObject()
    content(&self)
    writer.endObject()
  }

  package mutating func array(_ key: String, _ content: (inout Self) -> Void) {
    writer.key(key)
    writer.beginArray()
    content(&self)
    writer.endArray()
  }

  package mutating func write(_ key: String, _ text: String) {
    writer.key(key)
    writer.string(text)
  }

  package mutating func write(_ key: String, _ number: Int) {
    writer.key(key)
    writer.number(number)
  }
}
