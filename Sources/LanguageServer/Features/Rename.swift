import Findings
import JSON
import Model
import Syntax
import Values

/// Another name for something, everywhere where it is named.
///
/// The policy with the new name is read before anything is changed: it must say the same as the one with the old
/// name. Where that is not so, the answer is a sentence that says why.
struct Rename {
  let query: Query
  private let occurrence: Occurrence
  private var view: PolicyView { query.view }
  private var lexicon: Lexicon { view.lexicon }

  init(_ query: Query) throws(ResponseError) {
    self.query = query
    let here = query.view.occurrences.at(query.offset, in: query.file)
    guard let first = here.first else {
      throw ResponseError(.requestFailed, "here stands no name that could be changed")
    }
    guard here.allSatisfy({ $0.symbol == first.symbol }) else {
      throw ResponseError(
        .requestFailed,
        "this value belongs to several facts: change it where one of them declares it")
    }
    occurrence = first
  }

  /// The name and where it stands.
  var prepared: JSONValue {
    get throws(ResponseError) {
      ["range": view.range(occurrence.span).json, "placeholder": .string(name)]
    }
  }

  private var symbol: Symbol { occurrence.symbol }

  /// The name as it is declared.
  private var name: String {
    switch symbol {
    case .fact(let id): lexicon[id].phrase.text
    case .definition(let id): lexicon[id].phrase.text
    case .value(let fact, let value): lexicon[fact].values.names[value.index]
    case .outcome(let id): lexicon.name(id)
    case .note(let id): lexicon.name(id)
    case .list(let id): lexicon.name(id)
    case .rule, .section, .scenario, .promise: view.files.text(occurrence.span).tidied
    }
  }

  /// What is to be written where.
  func edits(to written: String, _ today: Day) throws(ResponseError) -> (
    edits: [Edit], query: Query
  ) {
    let new = written.hasPrefix("\"") ? StringLiteral.value(written).tidied : written.tidied
    guard !new.isEmpty else { throw .refused("a name has at least one letter") }
    guard let before = view.resolution.policy else {
      let count = view.resolution.findings.count { $0.severity == .error }
      throw .refused(
        "the policy has \(count.words("error")); a name can be changed once that is put right, "
          + "because only then is it known what every sentence means")
    }
    try checkIsFree(new)
    var edits: [Edit] = []
    for place in view.occurrences.of(symbol) {
      if let text = try text(new, at: place) { edits.append(Edit(place.span, text)) }
    }
    if let edit = fieldEdit(new) { edits.append(edit) }
    try check(edits, new, before, today)
    return (edits, query)
  }

  // MARK: The new name

  private func checkIsFree(_ new: String) throws(ResponseError) {
    guard let taken = takenBy(new) else { return }
    throw .refused("`\(new)` is \(taken) already")
  }

  /// What has the name already, other than what is to get it.
  private func takenBy(_ new: String) -> String? {
    let key = WordTable.lowercased(new)
    func isOther(_ number: Int?, than own: Int?) -> Bool { number != nil && number != own }
    switch symbol {
    case .fact(let id):
      let other = view.syntax.fact(named: new)
      return other != nil && other != id ? "the phrase of a fact" : nil
    case .definition: return nil
    case .value(let fact, let value):
      if isOther(lexicon[fact].values.number(of: new), than: value.index) {
        return "a value of `\(lexicon[fact].phrase.text)`"
      }
      return lexicon.lists.number(of: new) != nil ? "the name of a list" : nil
    case .outcome(let id):
      if isOther(lexicon.outcomes.number(of: new), than: id.index) { return "an outcome" }
      return lexicon.lists.number(of: new) != nil ? "the name of a list" : nil
    case .note(let id):
      return isOther(lexicon.notes.number(of: new), than: id.index) ? "a note" : nil
    case .list(let id):
      return isOther(lexicon.lists.number(of: new), than: id.index) ? "the name of a list" : nil
    case .rule(let own):
      return key != own && isDeclared(.rule(key)) ? "the name of a rule or table" : nil
    case .section(let own):
      return key != own && isDeclared(.section(key)) ? "the name of a section" : nil
    case .scenario(let own):
      return key != own && isDeclared(.scenario(key)) ? "the name of a scenario" : nil
    case .promise(let own):
      return key != own && isDeclared(.promise(key)) ? "the name of a promise" : nil
    }
  }

  private func isDeclared(_ symbol: Symbol) -> Bool {
    !view.occurrences.declarations(of: symbol).isEmpty
  }

  /// What is written at a place; nil where nothing changes.
  private func text(_ new: String, at place: Occurrence) throws(ResponseError) -> String? {
    switch symbol {
    case .rule, .section, .scenario, .promise: return new
    case .value, .outcome, .note, .list:
      // In a file of its own a value stands as it is.
      guard view.document(place.span.file) == nil else { return NameTable.written(new) }
      let isQuoted = view.files.text(place.span).hasPrefix("\"")
      return isQuoted ? StringLiteral.quoted(new) : new
    case .fact(let id): return try phrase(new, at: place, lexicon[id].negativeText)
    case .definition(let id): return try phrase(new, at: place, lexicon[id].negativeText)
    }
  }

  private func phrase(
    _ new: String, at place: Occurrence, _ negative: String?
  ) throws(ResponseError) -> String? {
    let last = new.split(separator: " ").last.map { WordTable.lowercased($0) } ?? ""
    let endsInBe = ["is", "are", "was"].contains(last)
    let stem = new.split(separator: " ").dropLast().joined(separator: " ")
    switch place.form {
    case .plain, .part: return new
    case .reference:
      let old = view.files.text(place.span).split(separator: " ").last.map {
        WordTable.lowercased($0)
      }
      let isWhole = ["is", "are", "was"].contains(old ?? "")
      return endsInBe && !isWhole && !stem.isEmpty ? stem : new
    case .stem:
      guard last == "is", !stem.isEmpty else {
        throw .refused(
          "some sentences are made from the phrase without its last word, as in `subject starts with` "
            + "from `subject is`: the new phrase has to end in `is` too")
      }
      return stem
    case .negative:
      // A negative that is declared stays as it is.
      guard !hasDeclaredNegative else { return nil }
      guard let negative = Lexicon.negative(of: new) else {
        throw .refused(
          "the language can make no negative of `\(new)`, and sentences use it: declare one first, with a "
            + "line `negative …`")
      }
      return negative
    }
  }

  private var hasDeclaredNegative: Bool {
    view.syntax.documents.contains { document in
      document.statements.contains { statement in
        switch (statement.kind, symbol) {
        case (.fact(let fact), .fact(let id)):
          fact.negative != nil && lexicon.factIDs[fact.phrase.span] == id
        case (.define(let definition), .definition(let id)):
          definition.negative != nil && lexicon.definitionIDs[definition.phrase.span] == id
        default: false
        }
      }
    }
  }

  /// Messages go on to hold the fact in the same field: where its name came from the phrase, it is said.
  private func fieldEdit(_ new: String) -> Edit? {
    guard case .fact(let id) = symbol, lexicon[id].pathSpan == nil,
      let declaration = view.occurrences.declarations(of: symbol).first,
      let document = view.document(declaration.span.file)
    else { return nil }
    let path = lexicon[id].path
    guard Lexicon.field(of: new) != path else { return nil }
    for statement in document.statements {
      let whole = document.tokens.span(statement.range)
      if whole.contains(declaration.span) {
        return Edit(whole.after, "\n  from \(path.joined(separator: "."))")
      }
    }
    return nil
  }

  // MARK: The same meaning

  private func check(
    _ edits: [Edit], _ new: String, _ before: Policy, _ today: Day
  ) throws(ResponseError) {
    var lists: [FileID: EditList] = [:]
    for edit in edits where !lists[edit.span.file, default: EditList()].insert(edit) {
      throw .refused("two places where the name stands overlap")
    }
    func changed(_ file: FileID) -> [UInt8] {
      lists[file]?.applied(to: view.files[file].bytes) ?? view.files[file].bytes
    }
    let files = view.text.ruleFiles.indices.map { index in
      SourceFile(path: view.files[FileID(index)].path, bytes: changed(FileID(index)))
    }
    let listFiles = view.fileIDs.dropFirst(files.count)
    let listed = Dictionary(
      listFiles.map { (view.files[$0].path, changed($0)) }, uniquingKeysWith: { first, _ in first })
    let text = PolicyText(ruleFiles: files) { path in
      listed[path].map { .success($0) } ?? .failure(.missing)
    }
    let syntax = read(text)
    let resolution = resolve(syntax, text, today: today, hashing: false)
    guard let after = resolution.policy else {
      let first = resolution.findings.first { $0.severity == .error }?.message
      throw .refused(
        "with the name `\(new)` the policy has an error: \(first ?? "it cannot be read")")
    }
    let namesAsOften = Occurrences(syntax, resolution).all.count == view.occurrences.all.count
    guard after.saysTheSame(as: before), namesAsOften else {
      throw .refused(
        "with the name `\(new)` some sentence would mean something else, so nothing was changed")
    }
  }
}

extension ResponseError {
  fileprivate static func refused(_ reason: String) -> ResponseError {
    ResponseError(.requestFailed, reason)
  }
}
