import Analysis
import Findings
import Logic
import Model
import Syntax
import Synchronization
import Values
import Workspace

/// A policy of which the client has some text open.
///
/// What is typed and not saved lies over what is on the disk; what the client has not open is read from the disk when
/// the client says that it has changed.
final class OpenPolicy {
  let root: PolicyRoot
  /// What is on the disk; nil before it is read, and after it has changed.
  private var disk: PolicyText?
  /// The texts that are open, by their paths in the policy.
  private(set) var documents: [String: OpenDocument] = [:]
  private var reading = Reading()
  /// The text as it is now; nil until somebody asks.
  private var latestText: PolicyText?
  /// The policy as it was read last, which an edit makes out of date.
  private(set) var lastView: PolicyView?
  private(set) var isRead = false
  /// What was found in the scenarios and by proof, moved along with later edits.
  var examination = StandingExamination()
  /// What was sent, by URI.
  var published: [String: PublishedFindings] = [:]
  /// What was said about files that cannot be read.
  var saidProblems: [String] = []
  /// Counts the changes of the text.
  private(set) var generation = 0
  private let encoding: PositionEncoding

  /// A text that is opened alone may lie in a folder such as a person's own, with everything in it.
  private static let mostNames = 100_000

  init(_ root: PolicyRoot, _ encoding: PositionEncoding) {
    (self.root, self.encoding) = (root, encoding)
  }

  // MARK: Texts

  /// The path of a text in the policy; nil of one that lies elsewhere.
  func path(of uri: String) -> String? {
    if case .text(let own) = root { return own == uri ? "unsaved.rules" : nil }
    guard let path = FileURI.path(uri), let folder = root.folder else { return nil }
    return FilePath.relative(path, to: folder)
  }

  func put(_ document: OpenDocument, at path: String, changes: [OpenDocument.Change] = []) {
    documents[path] = document
    examination.move(path, changes)
    textHasChanged()
  }

  /// The client has closed a text: what is on the disk counts again.
  func remove(_ path: String) {
    documents[path] = nil
    diskHasChanged()
  }

  func diskHasChanged() {
    disk = nil
    textHasChanged()
  }

  private func textHasChanged() {
    latestText = nil
    isRead = false
    generation += 1
  }

  /// All rule files and a way to the list files, with what is typed.
  var text: PolicyText {
    if let latestText { return latestText }
    let disk = disk ?? readDisk()
    self.disk = disk
    var files = disk.ruleFiles.filter { documents[$0.path] == nil }
    for (path, document) in documents where path.isRuleFilePath {
      files.append(SourceFile(path: path, bytes: document.bytes))
    }
    let typed = documents.mapValues(\.bytes)
    let text = PolicyText(ruleFiles: files, problems: disk.problems) { path in
      typed[path].map { .success($0) } ?? disk.listFile(path)
    }
    latestText = text
    return text
  }

  private func readDisk() -> PolicyText {
    let path: String
    switch root {
    case .folder(let folder): path = folder
    case .file(let file): path = file
    case .text: return PolicyText(ruleFiles: [])
    }
    let folder = try? PolicyFolder.read(path, mayBeEmpty: true, mostNames: OpenPolicy.mostNames)
    guard let folder else { return PolicyText(ruleFiles: []) }
    return folder.text.keepingListFiles()
  }

  // MARK: Reading

  /// The policy as its text is now; nil if reading it was given up.
  func view(today: Day, isGivenUp: () -> Bool = { false }) -> PolicyView? {
    if isRead, let lastView { return lastView }
    let text = text
    guard let syntax = reading.read(text, isGivenUp: isGivenUp), !isGivenUp() else { return nil }
    let resolution = resolve(syntax, text, today: today, hashing: false)
    let view = PolicyView(text, syntax, resolution, uris: uris(of: resolution.files), encoding)
    lastView = view
    isRead = true
    return view
  }

  /// What may stand at a byte of a file, and the vocabulary; the rest of the policy is not read for it.
  func expectations(in path: String, at offset: Int) -> ([Expectation], Lexicon, FileID)? {
    let text = text
    guard let index = text.ruleFiles.firstIndex(where: { $0.path == path }) else { return nil }
    let lexicon = reading.readDeclarations(text)
    return (reading.expectations(in: FileID(index), at: offset), lexicon, FileID(index))
  }

  private func uris(of files: SourceFiles) -> [String] {
    files.files.map { uri(of: $0.path) }
  }

  func uri(of path: String) -> String {
    if let document = documents[path] { return document.uri }
    return FileURI.uri("\(root.folder ?? "")/\(path)")
  }
}

extension String {
  var isRuleFilePath: Bool { utf8.reversed().starts(with: ".rules".utf8.reversed()) }
}

extension PolicyText {
  /// The same text; list files are read from the disk but once.
  fileprivate func keepingListFiles() -> PolicyText {
    let box = KeptListFiles()
    let read = listFile
    return PolicyText(ruleFiles: ruleFiles, problems: problems) { path in
      box.contents(of: path, else: read)
    }
  }
}

/// The list files that were read.
private final class KeptListFiles: Sendable {
  private let files = Mutex<[String: Result<[UInt8], PolicyText.Problem>]>([:])

  func contents(
    of path: String, else read: (String) -> Result<[UInt8], PolicyText.Problem>
  ) -> Result<[UInt8], PolicyText.Problem> {
    files.withLock { files in
      if let known = files[path] { return known }
      let contents = read(path)
      files[path] = contents
      return contents
    }
  }
}
