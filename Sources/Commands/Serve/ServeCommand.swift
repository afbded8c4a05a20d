import DecisionLog
import Engine
import Loading
import Mail
import Model
import Program
import Reports
import Service
import Values
import Workspace

/// `rulec serve`: decisions for programs that send, over a socket.
struct ServeCommand: Command {
  static let description = CommandDescription(
    name: "serve", summary: "decide messages as they come, over a socket",
    details: [
      "Listens on a socket and answers each line, a message as for `rulec decide`, with one decision, in the "
        + "order of the lines; any number of programs may be connected at once. With --log every decision is "
        + "on record before it is answered.",
      "A changed policy is checked and taken up between two messages, without a message lost. If "
        + "something is wrong with it, that is said, and the policy before goes on deciding. "
        + "SIGHUP reads it at once; SIGTERM answers what was read and ends.",
      "With --milter it is a mail filter as well: docs/mail.md says how to write `mail.conf` and how to tell Postfix.",
      "docs/serving.md says how to set it up, docs/reliability.md what it has been through, and docs/security.md who "
        + "can do what.",
    ],
    arguments: [.policy],
    options: [
      OptionDescription(
        name: "--socket", value: .one("PATH"),
        help: "listen on a socket of that name, which only you can open"),
      OptionDescription(
        name: "--listen", value: .one("HOST:PORT"),
        help:
          "listen on a port of this machine, such as 127.0.0.1:7000; everybody on the machine can open it"
      ),
      OptionDescription(
        name: "--milter", value: .one("PATH|HOST:PORT"),
        help: "decide the mails of Postfix or Sendmail there, by the milter protocol"),
      OptionDescription(
        name: "--mail", value: .one("FILE"),
        help:
          "how mails are put to the policy; `mail.conf` in the policy's folder if left out"),
      OptionDescription(
        name: "--status", value: .one("PATH|HOST:PORT"),
        help: "answer GET /metrics and GET /health there, by HTTP"),
    ] + LogOptions.descriptions + [
      .day("today for messages that do not say `on` themselves, in place of the date"),
      OptionDescription(
        name: "--each", value: .one("FIELD"),
        help: "decide once for every object in the array FIELD, such as the recipients"),
      OptionDescription(name: "--explain", help: "add to each decision why it is so"),
      OptionDescription(name: "--texts", help: "add the texts of the notes"),
      OptionDescription(
        name: "--max-connections", value: .one("N"),
        help: "how many connections there may be at once; 10000 if left out"),
      OptionDescription(
        name: "--idle", value: .one("SECONDS"),
        help: "close a connection on which no message came for so long; 600 if left out"),
    ],
    examples: [
      "rulec serve rules --socket /run/rulec/decide.sock --log decisions.log",
      "rulec serve council.policy --listen 127.0.0.1:7000 --status 127.0.0.1:7001",
    ])

  private let reading: ServedPolicyReading
  private let places: ServicePlaces
  private let log: LogOptions
  private let options: ServiceContext.Options

  init(_ arguments: Arguments) throws(UsageError) {
    if let field = arguments["--each"], MessageDecoder.ownFields.contains(field) {
      throw UsageError("--each names an array of recipients, and `\(field)` is no such field")
    }
    var options = ServiceContext.Options()
    options.day = try arguments.day("--on")
    options.each = arguments["--each"]
    options.mostConnections =
      try arguments.number("--max-connections", in: 1...1_000_000) ?? options.mostConnections
    options.idleSeconds = try arguments.number("--idle", in: 1...86_400) ?? options.idleSeconds
    log = try LogOptions(arguments)
    options.hashedFields = log.hashedFields
    self.options = options
    places = try ServicePlaces(arguments)
    let mail = try MailReading(arguments)
    if mail != nil, options.each != nil {
      throw UsageError(
        "--each has no meaning beside --milter: a mail is decided for each recipient")
    }
    reading = ServedPolicyReading(
      path: arguments.policy, day: options.day, each: options.each,
      texts: arguments.has("--texts"), isExplained: arguments.has("--explain"), mail: mail)
  }

  func run(_ console: Console) throws(Failure) -> ExitCode {
    _ = try PolicyLoading.today(options.day, console)
    let fingerprint = PolicyFingerprint(of: reading.path)
    let policy: ServedPolicy
    switch try PolicyLoading.loaded(try reading.read()) {
    case .policy(let ready): policy = ready
    case .refused(let findings):
      console.sayAsIs(findings)
      console.say("rulec: the policy has errors, so it decides nothing until that is put right")
      return .found
    }
    var options = options
    options.say = { text in
      Array(text.utf8).withUnsafeBytes { try? Descriptor.errors.writeBytes($0) }
    }
    // Before any other thread, which would be given the signals too.
    let signals = try ServeCommand.started { () throws(SystemError) in try ServiceSignals() }
    let context = ServiceContext(options, policy, log: try log.open(console))
    var (listeners, said) = try places.listen()
    if let (socket, words) = try places.listenForMails() {
      guard MilterServer(context, .ofProcess(context), socket).start() else {
        throw .problem("the service cannot be started: the system has no thread left")
      }
      said.append(words + ", for mails")
    }
    let service = try ServeCommand.started { () throws(SystemError) in
      try Service(context, signals.poller, listeners)
    }
    let reading = reading
    let watch = PolicyWatch(context, path: reading.path) { reading.readAgain() }
    guard watch.start(from: fingerprint) else {
      throw .problem("the service cannot be started: the system has no thread left")
    }
    signals.begin(context, watch)
    context.log?.commit(
      .started(policy: policy.hash, each: options.each, hashed: options.hashedFields))
    console.say("rulec: deciding by policy \(policy.hash)")
    for line in said { console.say("rulec: listening on \(line)") }
    System.notifySupervisor("READY=1\nSTATUS=Deciding by policy \(policy.hash)\n")
    service.run()
    places.remove()
    console.say("rulec: ended; everything that was read is answered")
    return .done
  }

  private static func started<Value>(
    _ body: () throws(SystemError) -> Value
  ) throws(Failure) -> Value {
    do throws(SystemError) { return try body() } catch {
      throw .problem("the service cannot be started: \(error.reason)")
    }
  }
}
