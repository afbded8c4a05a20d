package import Model
import Syntax
import Values

extension CodedMessage {
  /// Begins a message in which every fact is in the state that is given for it, by `FactID`.
  package func set(_ states: [FactState]) {
    reset()
    for (fact, state) in states.enumerated() {
      switch state {
      case .absent: setAbsent(fact)
      case .missing: setMissing(fact)
      case .value(let value): set(fact, value)
      }
    }
  }

  private func set(_ fact: Int, _ value: FactValue) {
    switch value {
    case .choice(let value): set(choice: fact, to: value.index)
    case .flag(let flag): set(flag: fact, to: flag)
    case .number(let number): set(number: fact, toMillionths: number.millionths)
    case .day(let day): set(date: fact, toDay: day.number)
    case .set(let values):
      beginSet(fact)
      for value in values { add(value: value.index, toSet: fact) }
    case .text(let text):
      var text = text
      text.withUTF8 { set(text: fact, to: UnsafeRawBufferPointer($0)) }
    }
  }
}
