import Findings

// Pages about files and the characters in them.
extension CodeHelp {
  static let encoding = CodeHelp(
    .encoding, "a file that is not plain text in UTF-8",
    meaning: """
      Rule files and list files are plain text in UTF-8, which every text editor and word \
      processor can write. This file is something else: a Word document under another name, \
      text that was saved as "Unicode" (UTF-16), or text that was saved as "ANSI" (Windows-1252). In \
      the example `⟨92⟩` stands for the byte that Windows writes for an apostrophe.
      """,
    bad: """
      rule Health stays private
        if the message contains health-data
        then send encrypted
        because it is nobody else⟨92⟩s business
      """,
    cure: """
      Save the file once more as plain text in UTF-8. In Notepad choose Save as, and UTF-8 as the \
      encoding. In Word choose Save as, Plain Text, and then Unicode (UTF-8).
      """,
    cured: """
      rule Health stays private
        if the message contains health-data
        then send encrypted
        because it is nobody else's business
      """)

  static let invisibleCharacter = CodeHelp(
    .invisibleCharacter, "a character that nobody can see",
    meaning: """
      Text that is copied from emails, web pages and PDF files may hold characters that take no \
      room on the screen: zero-width spaces, or marks that turn the direction of writing. What a \
      reader sees must be what the policy says, so they are not allowed. In the example `⟨U+200B⟩` \
      stands for a space that has no width.
      """,
    bad: """
      rule Families choose
        if the recipient prefers pla⟨U+200B⟩in
        then send plain
      """,
    cure: """
      Delete the word that the character stands in and type it again. `rulec check --fix` removes \
      the character for you.
      """,
    cured: """
      rule Families choose
        if the recipient prefers plain
        then send plain
      """)

  static let mixedScripts = CodeHelp(
    .mixedScripts, "a word with letters of two alphabets",
    meaning: """
      Some letters of the Cyrillic and Greek alphabets look just like Latin ones. A word that mixes \
      them looks right and is another word all the same: the rule would never apply, and nobody \
      would see why. In the example `⟨U+0430⟩` stands for a Cyrillic letter that looks like an a.
      """,
    bad: """
      rule Families choose
        if the recipient prefers pl⟨U+0430⟩in
        then send plain
      """,
    cure: "Type the word again on your own keyboard, and do not paste it.",
    cured: """
      rule Families choose
        if the recipient prefers plain
        then send plain
      """)

  static let tooLarge = CodeHelp(
    .tooLarge, "a file that is too large to be read",
    meaning: """
      A rule file or list file may hold up to 64 MB, which is more than a thousand long reports. A \
      larger one is hardly meant to be read here.
      """,
    bad: Example(
      """
      # everyone.txt holds 70 MB.
      list known addresses from "everyone.txt"

      rule Known addresses get plain email
        if the email address is one of known addresses
        then send plain
      """, lists: ["everyone.txt": .tooLarge]),
    cure: """
      If the file really belongs to the policy, divide it into several. Data about single people \
      belongs in a register that the sending system asks, and reaches the policy as a fact.
      """,
    cured: """
      fact address is on the register: yes or no

      rule Known addresses get plain email
        if the address is on the register
        then send plain
      """)

  static let listFile = CodeHelp(
    .listFile, "a list's file that cannot be used",
    meaning: """
      A list may take its values from a file: one value a line. The file must lie in the policy's \
      folder, or in a folder below it; its path begins at the rule file that names it. This one is \
      not there, lies outside the policy's folder, or has a line that cannot be used.
      """,
    bad: Example(
      """
      # The file in the folder is called partners.txt.
      list partner domains from "partner.txt"

      rule Partners get plain email
        if the email address is in one of the domains partner domains
        then send plain
      """, lists: ["partners.txt": .text("essex.gov.uk")]),
    cure: """
      Copy the file into the policy's folder and write its name as it is on the disk: \
      `list partner domains from "partners.txt"`. Capitals count.
      """,
    cured: Example(
      """
      # The file in the folder is called partners.txt.
      list partner domains from "partners.txt"

      rule Partners get plain email
        if the email address is in one of the domains partner domains
        then send plain
      """, lists: ["partners.txt": .text("essex.gov.uk")]))

  static let tidiedCharacter = CodeHelp(
    .tidiedCharacter, "typographic characters that were read as plain ones",
    meaning: """
      Word processors turn straight quotes into curly ones and hyphens into long dashes. They are \
      read as the plain characters, so nothing is wrong; the file is only a little harder to \
      search and to compare.
      """,
    bad: """
      rule Tribunal letters to public bodies
        if the purpose is SEN–tribunal and the email address is in the domain “gov.uk”
        then send plain
      """,
    cure: "Nothing needs to be done. `rulec fmt` writes the plain characters.",
    cured: """
      rule Tribunal letters to public bodies
        if the purpose is SEN-tribunal and the email address is in the domain "gov.uk"
        then send plain
      """)
}
