/// The version of the tool and the library, which policies that are built bear too.
package enum Version {
  package static let number = "0.1.0"
  /// The day of that version, which the manual page bears.
  package static let day = "2026-11-23"
}
