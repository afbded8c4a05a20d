import Findings
import JSON
import Logic
import Model
import Values

// Reading comes at once; scenarios and proofs follow when the typing pauses.
extension Session {
  /// How long nothing is typed before anything is proved.
  static let pause = 200_000_000
  /// A proof that takes longer is shown to be under way.
  static let patience = 1_000_000_000

  /// What is shown as under way.
  enum Progress {
    case due(at: Int)
    case shown(token: String)
  }

  /// The text has changed: what was being proved of it is out of date.
  func restExamination(_ root: PolicyRoot) {
    tasks.removeValue(forKey: root)?.cancellation.cancel()
    endProgress(root)
    dueExaminations[root] = surroundings.now() + Session.pause
  }

  /// When something is to be done next, though no message comes.
  var nextDeadline: Int? {
    let progress = progress.values.compactMap { progress in
      if case .due(let time) = progress { time } else { nil as Int? }
    }
    return (Array(dueExaminations.values) + progress).min()
  }

  /// Whether something has changed since it was read.
  var isUnread: Bool { policies.values.contains { !$0.isRead } }

  /// Reads what has changed and says what was found in it. False if it was given up.
  @discardableResult
  func publish(isGivenUp: () -> Bool = { false }) -> Bool {
    for policy in policiesInOrder where !policy.isRead {
      guard let view = policy.view(today: today, isGivenUp: isGivenUp) else { return false }
      publish(policy, view)
    }
    watchFiles()
    return true
  }

  /// Begins what is due.
  func begin(isForced: Bool = false) {
    let now = surroundings.now()
    for policy in policiesInOrder {
      guard let due = dueExaminations[policy.root], isForced || due <= now else { continue }
      dueExaminations[policy.root] = nil
      guard let view = policy.view(today: today) else { continue }
      guard let meaning = view.resolution.policy else {
        policy.examination.clear()
        publish(policy, view)
        refresh()
        continue
      }
      let task = ExaminationTask(
        root: policy.root, generation: policy.generation, policy: meaning)
      tasks[policy.root] = task
      progress[policy.root] = .due(at: now + Session.patience)
      surroundings.examine(task)
    }
    for (root, progress) in progress {
      if case .due(let time) = progress, time <= now { showProgress(root) }
    }
  }

  func take(_ examination: Examination) {
    guard let policy = policies[examination.root], policy.isRead, let view = policy.lastView,
      policy.generation == examination.generation
    else { return }
    policy.examination.take(examination)
    if examination.proofs != nil {
      tasks[examination.root] = nil
      endProgress(examination.root)
    }
    publish(policy, view)
    refresh()
  }

  private var policiesInOrder: [OpenPolicy] {
    policies.values.sorted { ($0.root.folder ?? "") < ($1.root.folder ?? "") }
  }

  /// The day that counts as today: the system's, among those that a policy is proved for.
  var today: Day { min(max(surroundings.today(), Day.firstProved), Day.lastProved) }

  /// What lenses and hints say hangs on what was found.
  private func refresh() {
    if client.takesLensRefresh { ask("workspace/codeLens/refresh", .null) }
    if client.takesHintRefresh { ask("workspace/inlayHint/refresh", .null) }
  }

  // MARK: Progress

  private func showProgress(_ root: PolicyRoot) {
    guard client.showsProgress else {
      progress[root] = nil
      return
    }
    let token = "rulec-proof-\(surroundings.now())"
    progress[root] = .shown(token: token)
    ask("window/workDoneProgress/create", ["token": .string(token)])
    notify(
      "$/progress",
      ["token": .string(token), "value": ["kind": "begin", "title": "Proving the policy"]])
  }

  func endProgress(_ root: PolicyRoot) {
    if case .shown(let token)? = progress.removeValue(forKey: root) {
      notify("$/progress", ["token": .string(token), "value": ["kind": "end"]])
    }
  }
}
