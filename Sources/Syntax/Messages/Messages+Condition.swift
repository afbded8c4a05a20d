import Findings

/// The words for conditions: how sentences are joined.
extension Finding {
  static func conditionMissing(after what: String, _ span: Span) -> Finding {
    Finding(
      .syntax, "a sentence is missing after \(what)", at: span,
      help: "write a sentence about a fact, for example `recipient prefers plain`")
  }

  static func sentenceExpected(_ found: String, _ span: Span) -> Finding {
    Finding(
      .syntax, "a sentence about a fact should begin here, not `\(found)`", at: span,
      help: "write a sentence such as `recipient prefers plain`, or delete what stands too much")
  }

  static func mixedAndOr(
    _ operands: [ConditionSyntax], _ connectives: [(Connective, Span)], _ span: Span,
    _ parser: Parser
  ) -> Finding {
    let texts = operands.map { parser.wholeText(of: $0) }
    let andFirst = grouped(texts, connectives.map(\.0), inner: .and)
    let orFirst = grouped(texts, connectives.map(\.0), inner: .or)
    return Finding(
      .mixedAndOr, "`and` and `or` stand side by side, which can be read in two ways", at: span,
      reason: "people disagree on which words belong together",
      help: "use brackets. Either `\(andFirst)`, or `\(orFirst)`",
      fixes: [
        .replace(span, with: andFirst, "read it as: \(andFirst)"),
        .replace(span, with: orFirst, "read it as: \(orFirst)"),
      ])
  }

  /// The operands with brackets around the runs that one connective joins.
  private static func grouped(_ texts: [String], _ connectives: [Connective], inner: Connective)
    -> String
  {
    var groups: [[String]] = [[texts[0]]]
    for (text, connective) in zip(texts.dropFirst(), connectives) {
      if connective == inner {
        groups[groups.count - 1].append(text)
      } else {
        groups.append([text])
      }
    }
    let word = inner == .and ? " and " : " or "
    let parts = groups.map { $0.count > 1 ? "(" + $0.joined(separator: word) + ")" : $0[0] }
    return parts.joined(separator: inner == .and ? " or " : " and ")
  }

  static func orBeforeUnless(
    _ left: ConditionSyntax, _ unless: Span, _ right: ConditionSyntax, _ parser: Parser
  ) -> Finding {
    let text = parser.source.text(left.span).tidied
    var last = "…"
    var fixes = [
      Fix(
        "the exception is about the whole",
        [Edit(left.span.before, "("), Edit(left.span.after, ")")])
    ]
    if case .junction(let junction) = left, let operand = junction.operands.last {
      last = parser.source.text(operand.span).tidied
      fixes.append(
        Fix(
          "the exception is about `\(last)` alone",
          [Edit(operand.span.before, "("), Edit(right.span.after, ")")]))
    }
    return Finding(
      .mixedAndOr, "`unless` after `or` can be read in two ways", at: unless,
      help: "use brackets: `(\(text)) unless …` takes the exception from the whole; "
        + "`… or (\(last) unless …)` takes it from the last sentence",
      fixes: fixes)
  }

  static func secondUnless(_ span: Span, first: Span) -> Finding {
    Finding(
      .mixedAndOr, "there are two `unless` here, and the second can be read in two ways", at: span,
      related: [RelatedPlace("the first `unless`", at: first)],
      reason: "does it take something from the exception, or from the rule?",
      help: "put each exception in a line of its own that begins with `unless`, or use brackets")
  }

  static func butNotValue(_ negative: String, _ value: String, _ span: Span) -> Finding {
    let words = "and \(negative) \(value)"
    return Finding(
      .syntax, "`but not` needs a whole sentence", at: span, help: "write `\(words)`",
      fixes: [.replace(span, with: words, "write `\(words)`")])
  }

  static func butBetweenSentences(_ span: Span) -> Finding {
    Finding(
      .syntax, "`but` between two sentences may mean `and` or `unless`", at: span,
      help: "write `and`, or `unless`",
      fixes: [
        .replace(span, with: "and", "write `and`"),
        .replace(span, with: "unless", "write `unless`"),
      ])
  }

  static func andSlashOr(_ span: Span) -> Finding {
    Finding(
      .mixedAndOr, "`and/or` is not clear", at: span, help: "write `or`: it already allows both",
      fixes: [.replace(span, with: "or", "write `or`", isSafe: true)])
  }

  static func commaBetweenSentences(_ span: Span) -> Finding {
    Finding(
      .syntax, "a comma alone does not say how two sentences are joined", at: span,
      help: "write `and` or `or`",
      fixes: [
        .replace(span, with: " and", "write `and`"), .replace(span, with: " or", "write `or`"),
      ])
  }

  static func connectiveMissing(_ span: Span) -> Finding {
    Finding(
      .syntax, "another sentence begins here, and nothing joins it to the one before", at: span,
      help: "write `and` or `or` before it",
      fixes: [
        .replace(span.before, with: "and ", "write `and`"),
        .replace(span.before, with: "or ", "write `or`"),
      ])
  }

  static func openWithoutClose(_ span: Span) -> Finding {
    Finding(
      .syntax, "this bracket is never closed", at: span,
      help: "write `)` where the sentences that belong together end")
  }

  static func squareBrackets(_ open: Span, _ close: Span) -> Finding {
    Finding(
      .syntax, "brackets around sentences are round", at: open,
      related: [RelatedPlace("its other half", at: close)], help: "write `(` and `)`",
      fixes: [Fix("write `(` and `)`", [Edit(open, "("), Edit(close, ")")], isSafe: true)])
  }

  static func closeWithoutOpen(_ span: Span) -> Finding {
    Finding(
      .syntax, "this bracket closes nothing", at: span, help: "delete it, or write `(` before it",
      fixes: [.replace(span, with: "", "delete it")])
  }

  static func tooDeep(_ span: Span) -> Finding {
    Finding(
      .tooDeep, "brackets and bullets nest more than 32 deep here", at: span,
      help: "give the inner part a name with `define`")
  }

  static func strayColon(_ span: Span) -> Finding {
    Finding(
      .syntax, "a colon has no place here", at: span,
      help: "a list of bullets begins with `all of:`, `any of:` or `none of:`")
  }

  // MARK: Groups

  static func groupWithOneMember(_ kind: GroupSyntax.Kind, _ keyword: Span, _ whole: Span)
    -> Finding
  {
    let (word, own) = kind.words
    return Finding(
      .syntax, "`\(word)` has no `\(own)`", at: keyword,
      help: "write `\(word) … \(own) …`, or leave `\(word)` out")
  }

  static func groupGoesOn(_ kind: GroupSyntax.Kind, _ next: Keyword, _ span: Span, whole: Span)
    -> Finding
  {
    let (word, _) = kind.words
    return Finding(
      .mixedAndOr, "it is not clear whether `\(word)` reaches beyond this `\(next.text)`", at: span,
      related: [RelatedPlace("the sentences that it joins", at: whole)],
      help: "put brackets around what belongs together",
      fixes: [
        Fix("it ends before", [Edit(whole.before, "("), Edit(whole.after, ")")])
      ])
  }

  // MARK: Blocks

  static func blockHeadUnclear(_ text: String, _ span: Span) -> Finding {
    let right = text.lowercased().hasPrefix("both") ? "all of:" : "none of:"
    return Finding(
      .syntax, "`\(text)` cannot head a list of bullets", at: span, help: "write `\(right)`",
      fixes: [.replace(span, with: String(right.dropLast()), "write `\(right)`")])
  }

  static func blockHeadMissing(_ bullet: Span, _ place: Span, hasColon: Bool) -> Finding {
    let heads = ["all of:", "any of:"]
    return Finding(
      .syntax, "nothing says how these bullets are joined", at: bullet,
      help: "write `all of:` above them if all must be true, `any of:` if one is enough",
      fixes: hasColon ? [] : heads.map { .replace(place, with: " " + $0, "write `\($0)`") })
  }

  static func ifInCondition(_ span: Span) -> Finding {
    Finding(
      .syntax, "`if` has no place inside a condition", at: span,
      help: "leave this `if` out",
      fixes: [.replace(span, with: "", "leave it out", isSafe: true)])
  }

  static func oneOfBlock(_ span: Span) -> Finding {
    Finding(
      .ambiguous, "`one of` may mean exactly one, or at least one", at: span,
      help: "write `any of:` for at least one",
      fixes: [.replace(span, with: "any of:", "write `any of:`")])
  }

  static func bulletsMissing(_ span: Span) -> Finding {
    Finding(
      .syntax, "no bullets stand after this colon", at: span,
      help: "write each sentence on a line of its own that begins with `-`")
  }

  static func bulletOnNoLevel(_ span: Span) -> Finding {
    Finding(
      .syntax,
      "this bullet belongs to none of the lists: it is indented more than one and less than the next",
      at: span,
      help: "put it exactly under the bullets that it belongs to")
  }

  static func bulletWithoutHead(_ span: Span) -> Finding {
    Finding(
      .syntax, "this bullet belongs to no list", at: span,
      help: "write `all of:`, `any of:` or `none of:` above the bullets")
  }

  static func emptyBullet(_ span: Span) -> Finding {
    Finding(
      .syntax, "there is nothing after this bullet", at: span,
      help: "write a sentence, or delete it")
  }

  static func bulletBeginsWith(_ keyword: Keyword, _ span: Span) -> Finding {
    Finding(
      .syntax, "the first bullet may not begin with `\(keyword.text)`", at: span,
      help: "delete `\(keyword.text)`", fixes: [.replace(span, with: "", "delete it")])
  }

  static func andAfterOtherThan(_ and: Span) -> Finding {
    Finding(
      .syntax, "the values after `other than` are joined by `or`, not by `and`", at: and,
      help: "write `or`: it then means neither of them",
      fixes: [.replace(and, with: "or", "write `or`", isSafe: true)])
  }

  static func orInAllOf(_ values: String, _ span: Span) -> Finding {
    let listed = values.listedAfterQuantifier
    return Finding(
      .mixedAndOr, "`all of` and `or` contradict each other", at: span,
      help: "write `all of` and commas if every one must be there, `any of` if one is enough",
      fixes: [
        .replace(span, with: "all of \(listed)", "every one: `all of \(listed)`"),
        .replace(span, with: "any of \(listed)", "one is enough: `any of \(listed)`"),
      ])
  }

  static func bulletConnective(_ keyword: Keyword, fitting: Keyword, _ span: Span) -> Finding {
    let head = fitting == .and ? "all of:" : "any of:"
    return Finding(
      .mixedAndOr,
      "`\(keyword.text)` does not fit these bullets: `\(head)` joins them by "
        + "`\(fitting.text)`", at: span,
      help: "delete `\(keyword.text)`, or change the words above the bullets",
      fixes: [.replace(span, with: "", "delete `\(keyword.text)`")])
  }

  // MARK: Characters

  static func unclosedString(_ span: Span) -> Finding {
    Finding(
      .syntax, "this quotation mark is never closed", at: span,
      help: "write the closing quotation mark where the text ends, on the same line")
  }

  static func badEscape(_ span: Span) -> Finding {
    Finding(
      .syntax, "a backslash in quotes stands only before a quotation mark or another backslash",
      at: span, help: "write `\\\\` for a backslash")
  }

  static func strayCharacter(_ text: String, _ span: Span) -> Finding {
    switch text {
    case "…":
      Finding(
        .syntax, "`…` is not part of a rule", at: span,
        help: "is something left out here? write it, or delete the dots")
    case "—", "―":
      Finding(
        .syntax, "a long dash is not part of a sentence", at: span,
        help: "write a comma, `and`, or begin a new sentence")
    case "–", "‒", "−":
      Finding(
        .syntax, "a dash alone is not part of a sentence", at: span,
        help: "write a comma, `and`, or begin a new sentence")
    default:
      Finding(
        .syntax, "`\(text)` has no place here", at: span,
        help: "delete it; a value that holds it stands in quotes")
    }
  }

  static func comparisonSign(_ sign: String, _ span: Span, hasIs: Bool) -> Finding {
    let words =
      switch sign {
      case ">": "more than"
      case ">=", "=>": "at least"
      case "<": "less than"
      case "<=", "=<": "at most"
      case "=", "==": ""
      case "!=", "<>": "not"
      default: ""
      }
    let verb = hasIs ? "" : "is"
    let text = [verb, words].filter { !$0.isEmpty }.joined(separator: " ")
    return Finding(
      .syntax, "a comparison is written in words, not as `\(sign)`", at: span,
      help: text.isEmpty ? "leave the sign out" : "write `\(text)`",
      fixes: [.replace(span, with: text, text.isEmpty ? "leave it out" : "write `\(text)`")])
  }
}

extension Parser {
  /// The words of a sentence, with its phrase where it goes on from the sentence before.
  fileprivate func wholeText(of condition: ConditionSyntax) -> String {
    let text = source.text(condition.span).tidied
    guard case .test(let test) = condition, case .fact(let fact) = test.subject,
      test.phrase.start == test.phrase.end
    else { return text }
    return "\(lexicon[fact].phrase.text) \(text)"
  }
}

extension GroupSyntax.Kind {
  var words: (String, String) {
    switch self {
    case .either: ("either", "or")
    case .both: ("both", "and")
    case .neither: ("neither", "nor")
    }
  }
}

extension String {
  /// The names of `all of A, B or C`, parted by commas alone.
  fileprivate var listedAfterQuantifier: String {
    let words = split(separator: " ").dropFirst(2)
    let names = words.split { $0.lowercased() == "or" || $0.lowercased() == "and" }
    return names.map { $0.joined(separator: " ") }.joined(separator: ", ")
      .replacingDoubledCommas
  }

  private var replacingDoubledCommas: String {
    var result = ""
    for character in self where !(character == "," && result.hasSuffix(",")) {
      result.append(character)
    }
    return result
  }
}
