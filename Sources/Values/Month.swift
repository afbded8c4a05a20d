/// A month of the year; its raw value is its number, 1 for January.
package enum Month: Int, CaseIterable, Hashable, Sendable {
  case january = 1
  case february, march, april, may, june, july, august, september, october, november, december

  /// The English name: `September`.
  package var name: String {
    switch self {
    case .january: "January"
    case .february: "February"
    case .march: "March"
    case .april: "April"
    case .may: "May"
    case .june: "June"
    case .july: "July"
    case .august: "August"
    case .september: "September"
    case .october: "October"
    case .november: "November"
    case .december: "December"
    }
  }

  /// The first three letters of the name: `Sep`.
  package var shortName: String { String(name.prefix(3)) }

  /// The month of that name, in full or three letters, written in lower case; nothing otherwise.
  package init?(lowercased name: String) {
    self.init(lowercased: name.utf8)
  }

  /// The month of that name, in full or three letters, written in lower case; nothing otherwise.
  ///
  /// Takes UTF-8.
  package init?(lowercased utf8: some Collection<UInt8>) {
    let length = utf8.count
    let found = Month.allCases.first { month in
      let name = month.name.utf8
      guard length == 3 || length == name.count else { return false }
      return zip(name, utf8).allSatisfy { $0 | 0x20 == $1 }
    }
    guard let found else { return nil }
    self = found
  }
}
