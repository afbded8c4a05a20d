import DecisionLog
import Engine
import Program
import Values
package import Workspace

/// Answers the messages of any number of connections in one thread.
///
/// It goes in rounds: reads what there is, decides it, puts it on record all at once, and answers. A connection that
/// is slow, stuck or hostile has its own bounds and costs nobody else more than its share of a round.
package final class Service {
  /// A socket that is listened on.
  package struct Listener {
    let socket: Descriptor
    let kind: Connection.Kind

    package static func decisions(_ socket: Descriptor) -> Listener {
      Listener(socket: socket, kind: .decisions)
    }

    package static func status(_ socket: Descriptor) -> Listener {
      Listener(socket: socket, kind: .status)
    }
  }

  let context: ServiceContext
  let poller: Poller
  let desk: DecisionDesk
  private let listeners: [Descriptor: Listener]
  private(set) var connections: [Int32: Connection] = [:]
  /// Those with which something has happened in this round.
  private var touched: [Connection] = []
  /// A round that is being put on record, and when it began.
  private var recording: (rounds: [Connection.Round], start: Int)?
  private let recorder: Recorder?
  /// What is read at once.
  private let room: UnsafeMutableRawBufferPointer
  private var lastTick = 0
  /// When something was last done.
  private var lastRound = 0
  private var isListening = true
  /// Bytes of unfinished lines of all connections together, as of the last tick and what came since.
  private var heldBytes = 0
  private let mostConnections: Int

  /// So much is read at once from one connection.
  private static let chunk = 1 << 16
  /// So many bytes of unfinished lines may be held for all connections together.
  private static let mostHeld = 64 << 20
  /// A message that was begun has to be finished, and an answer to be taken, within so many seconds.
  private static let patience = 30
  private static let second = 1_000_000_000
  /// For so many nanoseconds it stays awake after it has done something.
  private static let alertness = 50_000
  /// So many bytes take longer to be put on record than another thread to be woken.
  private static let muchToRecord = 64 << 10

  package init(
    _ context: ServiceContext, _ poller: Poller, _ listeners: [Listener]
  ) throws(SystemError) {
    self.context = context
    self.poller = poller
    desk = DecisionDesk(context)
    recorder = context.log.flatMap(Recorder.init)
    self.listeners = Dictionary(listeners.map { ($0.socket, $0) }) { first, _ in first }
    room = .allocate(byteCount: Service.chunk + DecisionStream.padding, alignment: 64)
    room.initializeMemory(as: UInt8.self, repeating: 0)
    mostConnections = max(1, min(context.options.mostConnections, System.allowMostFiles() - 64))
    for listener in listeners {
      try poller.watch(listener.socket, reading: true, writing: false, isNew: true)
    }
  }

  deinit { room.deallocate() }

  // MARK: - Rounds

  /// Answers until the context is stopping, and then until everything that was read is answered.
  package func run() {
    lastTick = System.nanoseconds
    while !context.isStopping {
      // Being woken takes longer than a decision: after some messages it looks for more a little before it sleeps.
      let isAlert = recording != nil || System.nanoseconds - lastRound < Service.alertness
      if isAlert { System.yield() }
      round(atMost: isAlert ? 0 : 1_000) { event in
        if let listener = listeners[event.descriptor] {
          accept(from: listener)
        } else if let connection = connections[event.descriptor.number] {
          serve(connection, event)
        }
      }
      tick()
    }
    stop()
  }

  /// Waits for something to happen, does it, puts it on record and answers.
  private func round(atMost milliseconds: Int, _ body: (Poller.Event) -> Void) {
    var start = 0
    poller.wait(atMost: milliseconds) { event in
      if start == 0 {
        start = System.nanoseconds
        desk.begin()
      }
      body(event)
    }
    guard start != 0 else { return finishRecording() }
    finishRound(since: start)
    lastRound = System.nanoseconds
  }

  /// Puts on record what was decided in a round, and answers it. If there is much of it, that is done while the next
  /// round is decided.
  private func finishRound(since start: Int) {
    // What is on record already may go, and its place be used again, before marks are set behind it.
    finishRecording()
    var rounds: [Connection.Round] = []
    for connection in touched {
      connection.isTouched = false
      if let round = connection.endRound() { rounds.append(round) } else { send(connection) }
    }
    touched.removeAll(keepingCapacity: true)
    if let recorder, desk.recordBytes > Service.muchToRecord, let batch = desk.handOver() {
      recorder.begin(batch)
      recording = (rounds, start)
    } else {
      settle(rounds, since: start, isOnRecord: desk.commit())
    }
  }

  /// Waits for the round that is being put on record, and answers it.
  private func finishRecording() {
    guard let (rounds, start) = recording, let recorder else { return }
    recording = nil
    settle(rounds, since: start, isOnRecord: recorder.finish())
  }

  private func settle(_ rounds: [Connection.Round], since start: Int, isOnRecord: Bool) {
    for round in rounds {
      round.connection.settle(upTo: round.end, isOnRecord: isOnRecord)
      send(round.connection)
      if round.answered > 0 { desk.note(latency: System.nanoseconds - start, of: round.answered) }
    }
  }

  private func touch(_ connection: Connection) {
    guard !connection.isTouched else { return }
    connection.isTouched = true
    touched.append(connection)
  }

  private func serve(_ connection: Connection, _ event: Poller.Event) {
    touch(connection)
    if event.isWritable {
      send(connection)
      if connection.hasBacklog, connection.hasRoom { connection.decideHeld(by: desk) }
    }
    if event.isReadable, connection.isReading { read(connection) }
  }

  // MARK: - Connections

  private func accept(from listener: Listener) {
    do throws(SystemError) {
      for _ in 0..<64 {
        guard let socket = try listener.socket.acceptConnection() else { return }
        let now = System.nanoseconds
        let connection = Connection(socket, listener.kind, now: now)
        guard connections.count < mostConnections else {
          refuse(connection)
          continue
        }
        try poller.watch(socket, reading: true, writing: false, isNew: true)
        connections[socket.number] = connection
        context.counts.noteConnection()
      }
    } catch {
      // Without a file number for it a connection can be neither taken nor refused: wait a little.
      listen(false)
    }
  }

  private func listen(_ isWanted: Bool) {
    guard isListening != isWanted else { return }
    isListening = isWanted
    for listener in listeners.keys {
      try? poller.watch(listener, reading: isWanted, writing: false, isNew: false)
    }
  }

  private func refuse(_ connection: Connection) {
    context.counts.note(.tooManyConnections)
    if connection.kind == .decisions {
      connection.end(with: .tooManyConnections)
      connection.settle(upTo: connection.output.count, isOnRecord: true)
      try? connection.send()
    }
    connection.socket.endWriting()
    try? connection.socket.closeFile()
  }

  private func read(_ connection: Connection) {
    do throws(SystemError) {
      let part = UnsafeMutableRawBufferPointer(rebasing: room[..<Service.chunk])
      guard let count = try connection.socket.receive(into: part) else { return }
      let bytes = UnsafeRawBufferPointer(rebasing: room[..<count])
      switch connection.kind {
      case .decisions where count == 0: connection.noteEnd(by: desk)
      case .decisions: take(bytes, from: connection)
      case .status: takeRequest(bytes, from: connection)
      }
    } catch {
      drop(connection)
    }
  }

  private func take(_ bytes: UnsafeRawBufferPointer, from connection: Connection) {
    let (lines, held) = (connection.lineNumber, connection.held.count)
    connection.take(bytes, by: desk)
    if connection.lineNumber > lines { connection.lastMessage = System.nanoseconds }
    if held == 0, !connection.held.isEmpty, connection.lineNumber == lines {
      connection.lastMessage = System.nanoseconds
    }
    heldBytes += max(connection.held.count - held, 0)
    if heldBytes > Service.mostHeld, connection.held.count > Service.chunk {
      giveUp(connection, .tooMuch)
    }
  }

  /// Ends a connection, and says why.
  private func giveUp(_ connection: Connection, _ error: ServiceError) {
    context.counts.note(error)
    heldBytes -= min(connection.held.count, heldBytes)
    connection.lastMessage = System.nanoseconds
    connection.end(with: error)
    touch(connection)
  }

  /// Sends what is taken now, and sees to what is wanted next of a connection.
  func send(_ connection: Connection) {
    guard connections[connection.socket.number] === connection else { return }
    do throws(SystemError) {
      try connection.send()
      if connection.isDone {
        guard connection.isEnding, !connection.hasEnded else { return drop(connection) }
        if !connection.isShut { connection.socket.endWriting() }
        connection.isShut = true
      }
      try want(connection)
    } catch {
      drop(connection)
    }
  }

  private func want(_ connection: Connection) throws(SystemError) {
    // While lines are held back, being able to write is what lets them be decided.
    let isReading = !connection.hasEnded && connection.hasRoom && !connection.hasBacklog
    let isWriting = connection.unsent > 0 || connection.hasBacklog
    guard isReading != connection.isReading || isWriting != connection.isWriting else { return }
    (connection.isReading, connection.isWriting) = (isReading, isWriting)
    try poller.watch(connection.socket, reading: isReading, writing: isWriting, isNew: false)
  }

  func drop(_ connection: Connection) {
    guard connections[connection.socket.number] === connection else { return }
    connections[connection.socket.number] = nil
    try? connection.socket.closeFile()
  }

  // MARK: - Each second

  private func tick() {
    let now = System.nanoseconds
    guard now - lastTick >= Service.second else { return }
    lastTick = now
    desk.handInCounts()
    listen(true)
    heldBytes = 0
    for connection in connections.values {
      heldBytes += connection.held.count
      checkTime(of: connection, now)
    }
    finishRound(since: now)
  }

  /// Ends a connection that keeps others from being taken: one that is idle, or does not get on.
  private func checkTime(of connection: Connection, _ now: Int) {
    let seconds = (now - connection.lastMessage) / Service.second
    if connection.isEnding {
      if seconds > 2 { drop(connection) }
    } else if connection.unsent > 0 || connection.hasBacklog {
      // Who does not take answers is not told why.
      if seconds >= Service.patience {
        context.counts.note(.tooSlow)
        drop(connection)
      }
    } else if !connection.held.isEmpty || connection.kind == .status {
      if seconds >= Service.patience { giveUp(connection, .tooSlow) }
    } else if seconds >= context.options.idleSeconds {
      giveUp(connection, .idle)
    }
  }

  // MARK: - The end

  /// Answers what was read, for as long as it is taken, and closes everything.
  private func stop() {
    for listener in listeners.keys { try? listener.closeFile() }
    let end = System.nanoseconds + 10 * Service.second
    for connection in connections.values where connection.kind == .decisions {
      connection.isReading = false
      try? poller.watch(connection.socket, reading: false, writing: true, isNew: false)
    }
    while System.nanoseconds < end {
      for connection in connections.values
      where connection.output.count == connection.sent && !connection.hasBacklog {
        connection.socket.endWriting()
        drop(connection)
      }
      guard !connections.isEmpty else { break }
      round(atMost: 100) { event in
        guard let connection = connections[event.descriptor.number] else { return }
        touch(connection)
        guard event.isWritable else { return drop(connection) }
        send(connection)
        if connection.hasBacklog, connection.hasRoom { connection.decideHeld(by: desk) }
      }
    }
    finishRecording()
    recorder?.end()
    for connection in connections.values { drop(connection) }
    context.finishOthers()
    desk.handInCounts()
    context.log?.commit(.stopped())
    context.log?.close()
  }
}
