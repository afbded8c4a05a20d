import Findings
package import Syntax
import Values

/// What the values of a list are taken for where it is used.
package enum ListUse: Hashable, Sendable {
  case values(ListID, FactID)
  case days(ListID)
  case texts(ListID)
  case outcomes(ListID)

  package var list: ListID {
    switch self {
    case .values(let list, _), .days(let list), .texts(let list), .outcomes(let list): list
    }
  }

  /// The same use of another list.
  func of(_ list: ListID) -> ListUse {
    switch self {
    case .values(_, let fact): .values(list, fact)
    case .days: .days(list)
    case .texts: .texts(list)
    case .outcomes: .outcomes(list)
    }
  }
}

extension Resolver {
  // MARK: Files

  mutating func readListFiles() {
    for (index, list) in lexicon.declaredLists.enumerated() {
      let id = ListID(index)
      guard let path = list.path else {
        listItems[id] = list.items
        if list.items.isEmpty, list.hasBody {
          report(.emptyList(list.name.text, list.name.span))
        }
        continue
      }
      listItems[id] = readListFile(path, of: list)
    }
  }

  private mutating func readListFile(_ path: NameSyntax, of list: ListSyntax) -> [ListItemSyntax] {
    let ruleFile = sources[Int(list.name.span.file.index)].path
    guard let full = ListFile.location(of: path.text, namedIn: ruleFile) else {
      report(.listFileProblem(.outside, path.text, path.span))
      return []
    }
    switch text.listFile(full) {
    case .failure(let problem):
      report(.listFileProblem(problem, path.text, path.span))
      return []
    case .success(let bytes):
      let file = listFiles[full] ?? FileID(sources.count)
      let source = SourceFile(path: full, bytes: bytes)
      let isNew = listFiles[full] == nil
      if isNew {
        listFiles[full] = file
        sources.append(source)
      }
      let (items, problems) = ListFile.items(of: source, file: file)
      if isNew { findings += problems }
      if items.isEmpty, problems.isEmpty { report(.emptyListFile(path.text, path.span)) }
      return items
    }
  }

  // MARK: Values

  /// The items of a list with the lists that it names taken apart, checked against their use.
  mutating func items(_ use: ListUse, at span: Span) -> [ListItemSyntax] {
    usage.lists.insert(use.list)
    if let known = expandedLists[use] { return known }
    var path: [ListID] = []
    var seen: Set<ListID> = []
    let all = expand(use, &path, &seen)
    let fitting = all.filter { fits($0, use) }
    if fitting.isEmpty, !all.isEmpty {
      report(.listOfWrongKind(lexicon.name(use.list), description(use), span))
    } else {
      for item in all where !fits(item, use) && reportedItems.insert(item.name.span).inserted {
        reportItem(item, use)
      }
    }
    expandedLists[use] = fitting
    return fitting
  }

  private mutating func expand(_ use: ListUse, _ path: inout [ListID], _ seen: inout Set<ListID>)
    -> [ListItemSyntax]
  {
    if path.contains(use.list) {
      let names = (path + [use.list]).map { lexicon.name($0) }
      report(.listCircle(names, lexicon[use.list].name.span))
      return []
    }
    guard seen.insert(use.list).inserted, path.count < 100 else { return [] }
    listUses.insert(use)
    path.append(use.list)
    defer { path.removeLast() }
    var result: [ListItemSyntax] = []
    let isFile = lexicon[use.list].path != nil
    for item in listItems[use.list] ?? [] {
      if !isFile, !item.name.isQuoted, item.day == nil, !fits(item, use),
        let other = lexicon.lists.number(of: item.name.text)
      {
        usage.lists.insert(ListID(other))
        result += expand(use.of(ListID(other)), &path, &seen)
      } else {
        result.append(item)
      }
    }
    return result
  }

  private func fits(_ item: ListItemSyntax, _ use: ListUse) -> Bool {
    switch use {
    case .values(_, let fact): lexicon[fact].values.number(of: item.name.text) != nil
    case .days: item.day != nil
    case .texts: (item.name.isQuoted || item.looksLikeText) && !item.name.text.isEmpty
    case .outcomes: lexicon.outcomes.number(of: item.name.text) != nil
    }
  }

  private func description(_ use: ListUse) -> String {
    switch use {
    case .values(_, let fact): "values of `\(lexicon[fact].phrase.text)`"
    case .days: "dates"
    case .texts: "texts"
    case .outcomes: "outcomes"
    }
  }

  private mutating func reportItem(_ item: ListItemSyntax, _ use: ListUse) {
    let text = item.name.text
    switch use {
    case .values(_, let fact):
      let nearest = Spelling.nearest(text, in: lexicon[fact].values.names + lexicon.lists.names)
      report(.unknownListItem(text, description(use), nearest: nearest, item.name.span))
    case .days, .outcomes:
      let nearest = Spelling.nearest(
        text, in: (use == .outcomes(use.list) ? lexicon.outcomes.names : []) + lexicon.lists.names)
      report(.unknownListItem(text, description(use), nearest: nearest, item.name.span))
    case .texts:
      report(.listTextNeedsQuotes(text, item.name.span))
    }
  }

  func valueID(_ item: ListItemSyntax, of fact: FactID) -> ValueID? {
    lexicon[fact].values.number(of: item.name.text).map { ValueID($0) }
  }

  mutating func resolveHolidays() {
    guard let number = lexicon.lists.number(of: "holidays") else { return }
    let list = ListID(number)
    holidays = Set(items(.days(list), at: lexicon[list].name.span).compactMap(\.day))
  }
}
