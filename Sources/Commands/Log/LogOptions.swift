import DecisionLog
import Values
import Workspace

/// What a command line says about the log that decisions are recorded in.
struct LogOptions {
  static let descriptions: [OptionDescription] = [
    OptionDescription(
      name: "--log", value: .one("FILE"),
      help: "record every decision in this file before it is answered"),
    .choice(
      "--log-sync", DecisionLog.Sync.self,
      help:
        "when records are on the disk: before each answer (always), each second (interval, if left "
        + "out), or when the system finds it convenient (never)"),
    OptionDescription(
      name: "--log-rotate", value: .one("SIZE|day"),
      help: "begin another file after so many bytes, such as 500M or 2G, or each day"),
    .choice(
      "--log-failure", DecisionLog.Failing.self,
      help:
        "when the log cannot be written: decide nothing until it can (stop, if left out), or go on "
        + "without a record (continue)"),
    OptionDescription(
      name: "--log-hash", value: .one("FIELDS"),
      help: "put keyed hashes in the place of these facts, fields with commas between them"),
    OptionDescription(
      name: "--log-key", value: .one("FILE"),
      help: "the key of these hashes: a file of at least 16 bytes that others cannot read"),
  ]

  private let options: DecisionLog.Options?

  init(_ arguments: Arguments) throws(UsageError) {
    guard let path = arguments["--log"] else {
      if let other = LogOptions.descriptions.first(where: { arguments[$0.name] != nil }) {
        throw UsageError("\(other.name) needs --log FILE beside it")
      }
      options = nil
      return
    }
    guard path != "-" else { throw UsageError("--log takes the name of a file") }
    var options = DecisionLog.Options(path: path)
    options.sync = arguments.choice("--log-sync", or: .interval)
    options.failing = arguments.choice("--log-failure", or: .stop)
    switch arguments["--log-rotate"] {
    case nil: break
    case "day"?: options.rotatesDaily = true
    case let text?: options.rotationSize = try LogOptions.size(text)
    }
    let fields = arguments["--log-hash"]?.split(separator: ",").map { String($0) }
    switch (fields, arguments["--log-key"]) {
    case (let fields?, let key?):
      if arguments.has("--texts") || arguments.has("--explain") {
        throw UsageError(
          "--log-hash cannot keep facts out of the log beside --texts or --explain",
          help: "their sentences say what the facts are: leave them out")
      }
      options.hashing = try LogOptions.hashing(fields, key: key)
    case (nil, nil): break
    case (.some, nil): throw UsageError("--log-hash needs --log-key FILE beside it")
    case (nil, .some): throw UsageError("--log-key needs --log-hash FIELDS beside it")
    }
    self.options = options
  }

  /// Opens the log, if there is to be one.
  func open(_ console: Console) throws(Failure) -> DecisionLog? {
    guard var options else { return nil }
    System.ignoreFileSizeSignals()
    options.say = { line in
      Array((line + "\n").utf8).withUnsafeBytes { try? Descriptor.errors.writeBytes($0) }
    }
    do throws(LogProblem) { return try DecisionLog(options) } catch {
      throw .problem(error.message, help: error.help)
    }
  }

  /// The fields of which the log holds hashes.
  var hashedFields: [String] { options?.hashing.map { $0.fields.sorted() } ?? [] }

  private static func size(_ text: String) throws(UsageError) -> Int {
    let units: [Character: Int] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30]
    let unit = text.last.flatMap { units[$0] }
    let digits = unit == nil ? text : String(text.dropLast())
    guard let number = Int(digits), number > 0, number < 1 << 30 else {
      throw UsageError(
        "--log-rotate needs a size such as 500M or 2G, or `day`, and `\(text)` is neither")
    }
    return number * (unit ?? 1)
  }

  /// Hashes of such fields by the key in a file.
  static func hashing(_ fields: [String], key path: String) throws(UsageError) -> FactHashing {
    if let needed = fields.first(where: FactHashing.neededFields.contains) {
      throw UsageError(
        "--log-hash cannot hash `\(needed)`: without it no record could be found or decided anew")
    }
    guard let status = try? System.status(path, followingLinks: true), status.kind == .file,
      let key = FileMemory.beginning(of: path, count: min(status.size, 4096)), key.count >= 16
    else {
      throw UsageError(
        "the key `\(path)` cannot be used: it has to be a file of at least 16 bytes",
        help: "make one with: head -c 32 /dev/urandom > \(path)")
    }
    guard status.permissions & 0o077 == 0 else {
      throw UsageError(
        "the key `\(path)` can be read by others, so that its hashes hide nothing",
        help: "make it yours alone: chmod 600 \(path)")
    }
    return FactHashing(fields: Set(fields), key: key)
  }
}
