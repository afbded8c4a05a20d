import Commands
import Testing
import Workspace

@Suite struct `A log of decisions` {
  private let messages = """
    {"id":"a","recipient_prefers":"plain","note":"pat@example.org"}
    {"id":2}
    garbage
    {"id":"c","recipient_prefers":"loud"}

    """

  /// A folder with a policy, a log of four messages, and what deciding them gave.
  private func logged(_ options: String...) throws -> (TemporaryFolder, Outcome) {
    let folder = try TemporaryFolder(["rules/a.rules": smallPolicy])
    let words = ["decide", folder["rules"], "--log", folder["log"]] + options
    return (folder, rulec(words, input: Array(messages.utf8)))
  }

  @Test func `is written by decide, in the order of the messages`() throws {
    for jobs in ["1", "4"] {
      let (folder, outcome) = try logged("--jobs", jobs)
      #expect(outcome.code == .found)
      #expect(outcome.output.split(separator: "\n").count == 4)
      let verified = rulec("log", "verify", folder["log"])
      #expect(verified.code == .done)
      #expect(verified.errors.hasPrefix("6 records, unchanged; the last is 6, with this chain:\n"))
      let lines = try folder.read("log").split(separator: "\n")
      for (line, answer) in zip(lines.dropFirst(), outcome.output.split(separator: "\n")) {
        #expect(line.contains(answer))
      }
    }
  }

  @Test func `is shown by id, outcome, rule, text and day`() throws {
    let (folder, _) = try logged()
    func shown(_ options: String...) -> Int {
      let outcome = rulec(["log", "show", folder["log"], "--format", "json"] + options, input: [])
      #expect(outcome.code == .done)
      return outcome.output.split(separator: "\n").count
    }
    #expect(shown() == 6)
    #expect(shown("--id", "a") == 1)
    #expect(shown("--id", "2") == 1)
    #expect(shown("--outcome", "send plain") == 1)
    #expect(shown("--rule", "otherwise") == 1)
    #expect(shown("--recipient", "PAT@example.org") == 1)
    #expect(shown("--recipient", "pat") == 0)
    #expect(shown("--to", "2001-01-01") == 0)
    #expect(shown("--from", "2001-01-01") == 6)
    let text = rulec("log", "show", folder["log"], "--id", "2").output
    #expect(text.contains("  2\n    send encrypted\n    by “otherwise”\n    by policy "))
  }

  @Test func `is decided anew, by the same policy or another`() throws {
    let (folder, _) = try logged()
    let same = rulec("log", "replay", folder["log"], folder["rules"])
    #expect(same.code == .done)
    #expect(same.output.isEmpty)
    #expect(same.errors == "3 messages decided anew; all as before; 1 line held no message\n")
    try folder.write(
      "rules/a.rules",
      smallPolicy.replacing("otherwise send encrypted", with: "otherwise hold for review"))
    let other = rulec("log", "replay", folder["log"], folder["rules"])
    #expect(other.code == .found)
    #expect(other.output.contains("    now: hold for review, by “otherwise”\n"))
    #expect(
      other.errors == "3 messages decided anew; 1 otherwise; 1 line held no message\n")
  }

  @Test func `tells what was changed, and exits with 1`() throws {
    let (folder, _) = try logged()
    let head = rulec("log", "head", folder["log"])
    #expect(head.output.hasPrefix("6 "))
    let lines = try folder.read("log").split(separator: "\n").map(String.init)
    try folder.write("log", lines.dropLast().map { $0 + "\n" }.joined())
    #expect(rulec("log", "verify", folder["log"]).code == .done)
    let kept = String(head.output.dropLast())
    let cut = rulec("log", "verify", folder["log"], "--head", kept)
    #expect(cut.code == .found)
    #expect(cut.output.contains("records were removed from the end of the log"))
  }

  @Test func `holds no facts that are hashed, and says that these cannot be decided anew`() throws {
    let folder = try TemporaryFolder([
      "rules/a.rules": smallPolicy, "key": "0123456789abcdef0123456789abcdef",
    ])
    folder.setPermissions("key", 0o600)
    let words = [
      "decide", folder["rules"], "--log", folder["log"], "--log-hash", "note,recipient_prefers",
      "--log-key", folder["key"],
    ]
    _ = rulec(words, input: Array(messages.utf8))
    let log = try folder.read("log")
    for fact in ["pat@", "loud", "garbage", "\"recipient_prefers\":\"plain\""] {
      #expect(!log.contains(fact), "\(fact)")
    }
    let replay = rulec("log", "replay", folder["log"], folder["rules"])
    #expect(
      replay.errors.contains("2 not, because their facts are there as hashes alone"),
      "\(replay.errors)")
    let found = rulec(
      "log", "show", folder["log"], "--recipient", "Pat@example.org", "--log-key", folder["key"])
    #expect(found.errors == "1 record\n")
    folder.setPermissions("key", 0o644)
    #expect(rulec(words, input: []).errors.contains("can be read by others"))
  }

  @Test(arguments: [
    (["--log-sync", "always"], "--log-sync needs --log FILE beside it"),
    (["--log", "x", "--log-rotate", "soon"], "--log-rotate needs a size such as 500M or 2G, or"),
    (["--log", "x", "--log-hash", "note"], "--log-hash needs --log-key FILE beside it"),
    (["--log", "-"], "--log takes the name of a file"),
    (["--log", "x", "--log-failure", "perhaps"], "--log-failure cannot be `perhaps`"),
    (["--log", "/nowhere/x"], "cannot open the log `/nowhere/x`: there is no such folder"),
  ])
  func `is asked for in words that are understood`(_ options: [String], _ said: String) throws {
    let folder = try TemporaryFolder(["a.rules": smallPolicy])
    let outcome = rulec(["decide", folder.path] + options, input: [])
    #expect(outcome.code == .notDone)
    #expect(outcome.errors.contains(said), "\(outcome.errors)")
  }

  @Test(arguments: [
    ([], "needs --socket PATH or --listen HOST:PORT"),
    (["--listen", "0.0.0.0:7000"], "`0.0.0.0` is open to others"),
    (["--listen", "here"], "--listen needs an address and a port, and `here` is none"),
    (["--socket", "s", "--idle", "0"], "--idle needs a whole number from 1 to 86400"),
    (["--socket", "s", "--each", "id"], "`id` is no such field"),
  ])
  func `and a service are asked for rightly`(_ options: [String], _ said: String) {
    let outcome = rulec(["serve", "rules"] + options, input: [])
    #expect(outcome.code == .notDone)
    #expect(outcome.errors.contains(said), "\(outcome.errors)")
  }
}
