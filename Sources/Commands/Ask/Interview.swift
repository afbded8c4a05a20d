import Analysis
import Engine
import JSON
import Model
import Program
import Reports
import Syntax
import Values

/// A conversation that finds out what a message says, as far as it matters to its decision.
///
/// Questions go to standard error, so that standard output holds nothing but the result.
final class Interview {
  private let policy: Policy
  private let evaluator: Evaluator
  private let finder: FactFinder
  private let decoder: MessageDecoder
  private let words: QuestionWords
  private let console: Console
  private let lines: AnswerLines
  private let today: Day
  /// What was answered, in its order; nil where it cannot be found out.
  private var answers: [(fact: FactID, state: FactState?)] = []

  init(_ policy: Policy, _ phrasing: Phrasing, on today: Day, _ console: Console) {
    (self.policy, self.today, self.console) = (policy, today, console)
    evaluator = Evaluator(policy)
    finder = FactFinder(evaluator, Decider(Program(policy)), on: today)
    decoder = MessageDecoder(policy.vocabulary)
    words = QuestionWords(policy, phrasing)
    lines = AnswerLines(console)
  }

  /// What came of it.
  struct Result {
    let explanation: Explanation
    /// The facts that were told, and those of which nobody knows what they are.
    let told: [FactID]
    let unknown: [FactID]

    /// The message as JSON on one line.
    var json: String {
      explanation.message.json(told, unknown: unknown, explanation.policy.vocabulary)
    }
  }

  /// Asks until nothing more can change the decision, or until it is stopped.
  func run() throws(Failure) -> Result {
    console.say(Interview.greeting)
    var open = needed
    while let next = open.first {
      console.sayAsIs("\n" + words.question(next, number: answers.count + 1))
      guard try answer(next) else {
        console.say("Stopped: \(Interview.more(open.count)).")
        return result(open)
      }
      open = needed
    }
    console.say(summary)
    return result([])
  }

  private static let greeting = """
    Only what can still change the decision is asked. Besides an answer you can type
      unknown  if it cannot be found out
      why      to hear which rules hang on it
      back     to change the answer before
      stop     to end, with what is decided so far
    """

  private static func more(_ count: Int) -> String {
    count == 1
      ? "one fact could still change the decision"
      : "\(count) facts could still change the decision"
  }

  private var summary: String {
    let all = counted(policy.vocabulary.facts.count, "fact")
    switch answers.count {
    case 0: return "\nNo fact can change the decision."
    case 1: return "\nThat is enough: one of \(all) was asked for."
    default: return "\nThat is enough: \(answers.count) of \(all) were asked for."
    }
  }

  // MARK: - What is known

  private var givenUp: Set<FactID> {
    Set(answers.filter { $0.state == nil }.map(\.fact))
  }

  private var message: Message {
    var message = Message(
      values: policy.vocabulary.facts.map { _ in .missing }, today: today)
    for (fact, state) in answers { message.values[fact.index] = state ?? .missing }
    return message
  }

  private var needed: [FactID] { finder.needed(message, besides: givenUp) }

  /// What is decided about the message as it would be written down: what was not asked for is not said. `open`
  /// are facts that could still matter; nothing is guessed about them.
  private func result(_ open: [FactID]) -> Result {
    var message = message
    let unknown = givenUp.union(open.filter { policy.vocabulary[$0].presence.unsaid != .missing })
    let told = Set(answers.map(\.fact))
    for fact in policy.vocabulary.facts where !told.contains(fact.id) && !unknown.contains(fact.id)
    {
      message.values[fact.id.index] = fact.presence.unsaid
    }
    return Result(
      explanation: evaluator.explain(message), told: told.subtracting(unknown).sorted(),
      unknown: unknown.sorted())
  }

  // MARK: - Answers

  /// Takes the answer to a question, however many lines that takes; false if the interview is stopped.
  private func answer(_ id: FactID) throws(Failure) -> Bool {
    let fact = policy.vocabulary[id]
    while true {
      console.sayAsIs("> ")
      let typed: TypedAnswer
      switch try lines.next() {
      case .end:
        console.say("")
        return false
      case .unreadable:
        console.say("   That cannot be read. Type it again, in letters and figures alone.")
        continue
      case .text(let text): typed = TypedAnswer(fact: fact, text: text)
      }
      // A terminal shows what is typed; a file does not.
      if !console.surroundings.isInputTerminal { console.say(typed.text) }
      if let request = typed.request {
        switch request {
        case .help: console.sayAsIs(Interview.greeting + "\n")
        case .why: console.sayAsIs(words.reasons(id, evaluator.explain(message)))
        case .stop: return false
        case .unknown:
          answers.append((id, nil))
          return true
        case .back:
          guard let last = answers.popLast() else {
            console.say("   This is the first question.")
            continue
          }
          console.say("   Taken back: \(words.understood(last.fact, last.state ?? .missing))")
          return true
        }
      } else if let state = state(typed) {
        console.say("   \(words.understood(id, state))")
        answers.append((id, state))
        return true
      }
    }
  }

  /// What was typed as a fact's state; nil, and what would be right is said, if it is none.
  private func state(_ typed: TypedAnswer) -> FactState? {
    if let unsaid = typed.unsaid { return unsaid }
    guard !typed.text.isEmpty else {
      console.say("   This has to be answered; type `unknown` if it cannot be found out.")
      return nil
    }
    switch decoder.state(of: typed.fact.id, holding: typed.json(today: today)) {
    case .success(let state): return state
    case .failure(let error):
      let isYesOrNo = typed.fact.kind == .yesOrNo
      console.say("   \(isYesOrNo ? "It takes yes or no." : spoken(error).closed)")
      return nil
    }
  }

  /// What is wrong with an answer, without the name of a field that nobody typed.
  private func spoken(_ error: MessageError) -> String {
    let field = "`\(error.field ?? "")`"
    guard error.message.hasPrefix(field) else { return error.message }
    return "The answer" + error.message.dropFirst(field.count)
  }
}
