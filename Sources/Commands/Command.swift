/// One thing that `rulec` can be asked to do.
package protocol Command {
  static var description: CommandDescription { get }

  /// Takes what the command line says.
  init(_ arguments: Arguments) throws(UsageError)

  func run(_ console: Console) throws(Failure) -> ExitCode
}
