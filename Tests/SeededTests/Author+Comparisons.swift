extension Author {
  // MARK: Numbers

  mutating func numberEnding(_ unit: String?, isNegated: Bool) -> Ending {
    let (a, b) = (number(0...12), number(13...40))
    let low = amount(a, unit)
    let high = amount(b, unit)
    switch number(0...6) {
    case 0:
      return Ending(text: low, isPlainValue: true)
    case 1:
      return Ending(
        text: say("one of \(low), \(high)", "\(low) or \(high)", "one of \(low) or \(high)"),
        isPlainValue: true)
    case 2:
      return Ending(
        text: comparison(low, ["more than", "over", "greater than", "bigger than", "above"]))
    case 3: return Ending(text: comparison(low, ["less than", "fewer than", "under", "below"]))
    case 4:
      let forms = [
        "at least \(low)", "greater than or equal to \(low)", "\(low) or more", "\(low) or over",
      ]
      return Ending(text: isNegated ? forms[0] : say(forms + ["no less than \(low)"]))
    case 5:
      let forms = [
        "at most \(low)", "up to \(low)", "less than or equal to \(low)", "\(low) or less",
      ]
      return Ending(
        text: isNegated ? forms[0] : say(forms + ["\(low) or fewer", "no more than \(low)"]))
    default:
      let forms = ["between \(low) and \(high)", "\(low) to \(high)", "from \(low) to \(high)"]
      return Ending(text: isNegated ? forms[0] : say(forms))
    }
  }

  private mutating func comparison(_ amount: String, _ words: [String]) -> String {
    "\(say(words)) \(amount)"
  }

  private mutating func amount(_ value: Int, _ unit: String?) -> String {
    let words = [
      "zero", "1", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
      "twelve",
    ]
    let digits = chance(10) ? "\(value).5" : "\(value)"
    let spelled =
      value < words.count && !digits.contains(".") ? say(digits, words[value]) : say(digits)
    guard let unit else { return spelled }
    if unit == "£" { return say("£\(digits)", "\(digits) £", digits) }
    return say("\(digits) \(unit)", spelled, unit == "MB" ? "\(digits)MB" : "\(digits) \(unit)s")
  }

  // MARK: Dates

  mutating func dateEnding(_ fact: AuthoredFact, isNegated: Bool) -> Ending {
    let day = day()
    let duration = duration()
    switch number(0...15) {
    case 0: return Ending(text: say(day, "on \(day)"), isPlainValue: true)
    case 1: return Ending(text: "before \(say(day))")
    case 2: return Ending(text: "after \(day)")
    case 3:
      return Ending(
        text: isNegated
          ? "on or before \(day)" : say("on or before \(day)", "no later than \(day)", "by \(day)"))
    case 4:
      return Ending(
        text: isNegated
          ? "on or after \(day)"
          : say("on or after \(day)", "no earlier than \(day)", "since \(day)"))
    case 5: return Ending(text: "between 1 January 2026 and \(number(2...28)) February 2026")
    case 6:
      return chance(40)
        ? Ending(text: "today", isPlainValue: true)
        : Ending(text: pick(["before today", "on or after today"]))
    case 7: return Ending(text: pick(["in the past", "in the future"]), isPlainValue: true)
    case 8 where !fact.isWas:
      let forms = [
        "within \(duration)", "within the next \(duration)", "in the next \(duration)",
        "at most \(duration) away",
      ]
      return Ending(text: isNegated ? forms[0] : say(forms))
    case 9 where !fact.isWas:
      let forms = [
        "within \(duration) or past", "no later than \(duration) from today",
        "within \(duration) or overdue",
      ]
      return Ending(text: isNegated ? forms[0] : say(forms))
    case 10:
      let forms = [
        "within the last \(duration)", "in the last \(duration)", "at most \(duration) ago",
        "\(duration) or less ago",
      ]
      return Ending(text: isNegated ? forms[0] : say(forms))
    case 11: return agoOrAway(["at least \(duration)", "\(duration) or more"])
    case 12: return agoOrAway(["more than \(duration)", "over \(duration)"])
    case 13: return agoOrAway(["less than \(duration)", "under \(duration)"])
    case 14 where lists.contains { if case .days = $0.kind { true } else { false } }:
      return Ending(text: say("one of holidays", "on the list holidays"))
    default:
      let other = self.day()
      return Ending(text: say("one of \(day), \(other)", "\(day) or \(other)"), isPlainValue: true)
    }
  }

  private mutating func agoOrAway(_ forms: [String]) -> Ending {
    Ending(text: "\(say(forms)) \(pick(["ago", "away"]))", mayBeNegated: false)
  }

  private mutating func duration() -> String {
    let count = number(1...20)
    let unit = pick(["day", "week", "month", "year", "working day"])
    if count == 1 { return say("1 \(unit)", unit == "day" ? "a day" : "one \(unit)") }
    return unit == "day" ? say("\(count) days", "\(count) calendar days") : "\(count) \(unit)s"
  }
}
