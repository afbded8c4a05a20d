import Findings
import Model
import Syntax

/// A question that was given up.
enum OpenQuestion {
  case conflict(Rule, Rule)
  case gap(at: Span)
  case neverApplies(Rule)
  case neverTrue(Definition)
  case alwaysSetAside(Rule)
  case noEffect(Rule)
  case needlessOverride(Span)
  case needlessCondition(Span, Rule)
  case promise(Promise)

  var words: String {
    switch self {
    case .conflict(let rule, let other): "whether `\(rule.name)` and `\(other.name)` disagree"
    case .gap: "whether the rules decide every message"
    case .neverApplies(let rule): "whether `\(rule.name)` ever applies"
    case .neverTrue(let definition): "whether `\(definition.phrase)` is ever true"
    case .alwaysSetAside(let rule): "whether `\(rule.name)` is always set aside"
    case .noEffect(let rule): "whether `\(rule.name)` has any effect"
    case .needlessOverride: "whether this line ever matters"
    case .needlessCondition(_, let rule): "whether this part of `\(rule.name)` can be left out"
    case .promise(let promise): "whether the promise `\(promise.name)` is kept"
    }
  }

  var span: Span {
    switch self {
    case .conflict(let rule, _), .neverApplies(let rule), .alwaysSetAside(let rule),
      .noEffect(let rule):
      rule.span
    case .gap(let span), .needlessOverride(let span), .needlessCondition(let span, _): span
    case .neverTrue(let definition): definition.span
    case .promise(let promise): promise.span
    }
  }
}
