extension CodeHelp {
  /// A few lines of a policy, to show a finding or its cure. `rulec help CODE` prints them, and the tests check them.
  ///
  /// They stand beside `CodeHelp.words`, unless they are a whole policy. `⟨U+200B⟩` stands for a character that could
  /// not be seen, and `⟨92⟩` for a byte that is no text.
  package struct Example: ExpressibleByStringLiteral, Sendable {
    package enum ListFile: Sendable {
      case text(String)
      case tooLarge
    }

    package let rules: String
    package let isWhole: Bool
    /// The list files in the folder, by name.
    package let lists: [String: ListFile]
    /// The steps that one question may take; nil for the usual bound.
    package let workLimit: Int?

    package init(stringLiteral rules: String) {
      self.init(rules)
    }

    init(_ rules: String, lists: [String: ListFile] = [:], workLimit: Int? = nil) {
      (self.rules, self.lists, self.workLimit) = (rules, lists, workLimit)
      isWhole = false
    }

    init(whole rules: String) {
      self.rules = rules
      (isWhole, lists, workLimit) = (true, [:], nil)
    }
  }

  /// The words that the examples use.
  package static let words = """
    fact purpose is: one of SEN-tribunal, council-tax, complaint
    fact recipient prefers: one of plain, encrypted, post, if recorded
    fact message contains: any of personal-data, health-data
    fact attachment size is: number of MB from 0
    fact deadline is: date, if recorded
    fact email address is: text, if recorded

    outcome send plain
    outcome send encrypted
    outcome send by post
    outcome hold for review

    note consent note: "You asked us to write to you without encryption."

    otherwise hold for review

    when unsure hold for review
    """
}
