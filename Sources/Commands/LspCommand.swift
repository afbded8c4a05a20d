import LanguageServer
import Values
import Workspace

/// `rulec lsp`: serves an editor.
struct LspCommand: Command {
  static let description = CommandDescription(
    name: "lsp", summary: "help an editor while a policy is written",
    details: [
      "Speaks the Language Server Protocol over standard input and output. An editor starts it; a person "
        + "has no use for it in a terminal. While rules are typed it says what is wrong, what can stand "
        + "at the cursor, and what a word means; docs/editors.md says how to set up an editor."
    ],
    arguments: [],
    options: [
      OptionDescription(
        name: "--stdio", help: "speak over standard input and output, as it always does")
    ],
    examples: ["rulec lsp"])

  init(_ arguments: Arguments) throws(UsageError) {}

  func run(_ console: Console) throws(Failure) -> ExitCode {
    let streams = LanguageServer.Streams(
      input: { (try? Descriptor.input.readBytes(into: $0)) ?? 0 },
      output: { bytes in
        bytes.withUnsafeBytes { bytes in
          do throws(Failure) {
            try console.handOn(bytes)
            return true
          } catch {
            return false
          }
        }
      })

    let code = LanguageServer.run(streams) { Day(clamping: System.dayNumber) }
    return code == 0 ? .done : .found
  }
}
