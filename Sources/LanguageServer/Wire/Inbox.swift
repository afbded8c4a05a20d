import JSON
import Workspace

/// What waits to be done: messages in the order in which they came, and what the prover has found.
///
/// Other threads put things in; the worker takes them out. So reading never waits for the work, and the work can
/// see what has overtaken it.
final class Inbox: @unchecked Sendable {
  enum Event {
    case message(ClientMessage)
    case examined(Examination)
    /// Nothing more will come.
    case end
  }

  private let monitor = Monitor()
  private var events: [Event] = []
  /// How many of the events have been taken out.
  private var taken = 0
  private var cancelled: [JSONValue] = []
  /// How many edits wait.
  private var edits = 0

  /// Puts something in. A cancellation is taken note of at once.
  func post(_ event: Event) {
    monitor.enter {
      if case .message(.notification("$/cancelRequest", let parameters)) = event {
        if let id = parameters["id"], isWaiting(id) || id == underWay { cancelled.append(id) }
      } else {
        if event.isEdit { edits += 1 }
        events.append(event)
      }
      monitor.wakeAll()
    }
  }

  private var underWay: JSONValue?

  private func isWaiting(_ id: JSONValue) -> Bool {
    events[taken...].contains { event in
      if case .message(.request(id, _, _)) = event { true } else { false }
    }
  }

  /// Takes out what came first; waits for it as long as is said, and for ever without that.
  func next(waiting nanoseconds: Int?) -> Event? {
    monitor.enter {
      if let nanoseconds {
        guard monitor.wait(atMost: nanoseconds, until: { taken < events.count }) else { return nil }
      } else {
        monitor.wait { taken < events.count }
      }
      return take()
    }
  }

  private func take() -> Event {
    let event = events[taken]
    taken += 1
    if taken == events.count {
      events.removeAll(keepingCapacity: true)
      taken = 0
    }
    if event.isEdit { edits -= 1 }
    underWay = nil
    if case .message(.request(let id, _, _)) = event { underWay = id }
    return event
  }

  var isEmpty: Bool { monitor.enter { taken == events.count } }

  /// Whether an edit waits, so that what is being worked out is out of date.
  var holdsEdit: Bool { monitor.enter { edits > 0 } }

  /// Whether the client no longer wants the answer to a request.
  func isCancelled(_ id: JSONValue) -> Bool {
    monitor.enter { cancelled.contains(id) }
  }

  /// Forgets a request that is answered.
  func forget(_ id: JSONValue) {
    monitor.enter { cancelled.removeAll { $0 == id } }
  }
}

extension Inbox.Event {
  fileprivate var isEdit: Bool {
    if case .message(.notification("textDocument/didChange", _)) = self { true } else { false }
  }
}
