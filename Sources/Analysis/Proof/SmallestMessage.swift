import Classes
import Logic
import Model
import Syntax
import Values

/// The smallest message for which some wires are on.
///
/// Smallest is: the fewest fields, then those that the vocabulary declares first, then the day nearest
/// to 1 January 2026. An optional fact without a field is absent, one with a default has that, and a
/// required one does not matter: whatever its value, the wires are on. So this asks for an example for
/// all completions, by counterexamples: one solver proposes, another looks for a completion that spoils
/// the proposal, and the first one is told what was at fault.
/// Source: counterexample-guided abstraction refinement for 2QBF (M. Janota, J. Marques-Silva, 2011).
struct SmallestMessage {
  let message: Message
  /// The values of copied facts in the second of two messages.
  let copies: [FactID: FactState]
  /// The facts that the message has to give, in the order of the vocabulary.
  let given: [FactID]
  /// What it says of those facts, and about today.
  let said: [Literal]

  /// Nil if the bound on work was reached, or there is no such message.
  init?(where wires: [Wire], _ searchers: Searchers) {
    let search = SmallestSearch(wires, searchers)
    guard let found = search.run() else { return nil }
    self = found
  }

  /// The two who look for it.
  struct Searchers {
    /// Proposes messages for which the wires are on.
    let proposer: Inquiry
    /// Looks for completions for which they are not.
    let opponent: Inquiry

    /// Part of the bound on work is for one message.
    init(
      _ classes: MessageClasses, _ circuit: Circuit, workLimit: Int,
      _ cancellation: Cancellation? = nil
    ) {
      proposer = Inquiry(classes, circuit, workLimit: workLimit / 10, cancellation)
      opponent = Inquiry(classes, circuit, workLimit: workLimit / 10, cancellation)
    }
  }

  /// What of it makes sure that some wires are on, and nothing that need not be so for that; nil if what
  /// it says does not make sure of it.
  func reasons(for wires: [Wire], _ searchers: Searchers) -> [(Property, Bool)]? {
    let (inquiry, circuit) = (searchers.opponent, searchers.opponent.circuit)
    let classes = inquiry.classes
    inquiry.begin(where: [!circuit.and(wires)])
    guard case .none = inquiry.next(assuming: said) else { return nil }
    var core = inquiry.prover.solver.core
    for literal in core {
      let fewer = core.filter { $0 != literal }
      if case .none = inquiry.next(assuming: fewer) { core = fewer }
    }
    return core.sorted { $0.code < $1.code }.map {
      (classes.properties[Int($0.variable.index)], !$0.isNegated)
    }
  }

  init(
    _ witness: MessageClasses.Witness, copies: Set<FactID>, given: [FactID],
    said: [Literal]
  ) {
    message = witness.message
    self.copies = witness.copies.filter { copies.contains($0.key) }
    (self.given, self.said) = (given, said)
  }
}
