package import Findings
package import Model
import Syntax

extension Register {
  /// Why there is no register: what is wrong, by row, and the file to show it in.
  package struct Problems: Error, Sendable {
    package let findings: [Finding]
    package let files: SourceFiles
    /// How many there are, of which the findings are the first.
    package let count: Int
  }

  /// The most bytes that a register has: 1 GiB.
  package static let mostBytes = 1 << 30

  /// Reads a register that was saved as CSV in UTF-8 and has the names of its columns in the first row.
  ///
  /// It is read whole or not at all. Linear time.
  package static func read(
    _ bytes: [UInt8], name: String, _ vocabulary: Vocabulary
  ) -> Result<Register, Problems> {
    let file = FileID(0)
    // Made only where there is something to show, for it costs as much as the register.
    func problems(_ findings: [Finding], _ count: Int) -> Problems {
      let source = SourceFile(path: name, bytes: bytes)
      return Problems(findings: findings, files: SourceFiles([source]), count: count)
    }
    let source = SourceFile(path: name, bytes: bytes)
    if let problem = EncodingCheck.problem(source, file, largest: mostBytes) {
      return .failure(problems([problem.finding], 1))
    }
    return bytes.withUnsafeBytes { text in
      var reader = RegisterReader(text, vocabulary)
      reader.read()
      guard reader.problemCount == 0 else {
        return .failure(problems(reader.problems.map { $0.finding(file) }, reader.problemCount))
      }
      return .success(
        Register(
          name: name, columns: reader.columns, rows: reader.rows, cells: reader.cells,
          indices: reader.indices))
    }
  }
}
