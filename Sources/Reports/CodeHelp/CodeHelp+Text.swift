import Findings

// Pages about files and the characters in them.
extension CodeHelp {
  static let encoding = CodeHelp(
    .encoding, "a file that is not plain text in UTF-8",
    meaning: """
      Rule files and list files are plain text in UTF-8, which every text editor and word \
      processor can write. This file is something else: a Word document under another name, \
      text that was saved as "Unicode" (UTF-16), or text that was saved as "ANSI" (Windows-1252).
      """,
    example: """
      letters.docx, renamed to letters.rules
      letters.rules, saved from Notepad with the encoding UTF-16 LE
      """,
    cure: """
      Save the file once more as plain text in UTF-8. In Notepad choose Save as, and UTF-8 as the \
      encoding. In Word choose Save as, Plain Text, and then Unicode (UTF-8).
      """)

  static let invisibleCharacter = CodeHelp(
    .invisibleCharacter, "a character that nobody can see",
    meaning: """
      Text that is copied from emails, web pages and PDF files may hold characters that take no \
      room on the screen: zero-width spaces, or marks that turn the direction of writing. What a \
      reader sees must be what the policy says, so they are not allowed.
      """,
    example: """
      if recipient prefers pla⟨U+200B⟩in then send plain
      """,
    cure: """
      Delete the word that the character stands in and type it again. `rulec check --fix` removes \
      the character for you.
      """)

  static let mixedScripts = CodeHelp(
    .mixedScripts, "a word with letters of two alphabets",
    meaning: """
      Some letters of the Cyrillic and Greek alphabets look just like Latin ones. A word that mixes \
      them looks right and is another word all the same: the rule would never apply, and nobody \
      would see why.
      """,
    example: """
      if recipient prefers pl\u{430}in then send plain

      The third letter of the first `pl\u{430}in` is a Cyrillic \u{430}.
      """,
    cure: "Type the word again on your own keyboard, and do not paste it.")

  static let tooLarge = CodeHelp(
    .tooLarge, "a file that is too large to be read",
    meaning: """
      A rule file or list file may hold up to 64 MB, which is more than a thousand long reports. A \
      larger one is hardly meant to be read here.
      """,
    example: """
      list known addresses from "everyone-in-the-county.txt"
      """,
    cure: """
      If the file really belongs to the policy, divide it into several. Data about single people \
      belongs in a register that the sending system asks, and reaches the policy as a fact.
      """)

  static let listFile = CodeHelp(
    .listFile, "a list's file that cannot be used",
    meaning: """
      A list may take its values from a file: one value a line. The file must lie in the policy's \
      folder, or in a folder below it; its path begins at the rule file that names it. This one is \
      not there, lies outside the policy's folder, or has a line that cannot be used.
      """,
    example: """
      list partner domains from "../shared/partners.txt"
      """,
    cure: """
      Copy the file into the policy's folder and write its name as it is on the disk: \
      `list partner domains from "partners.txt"`. Capitals count.
      """)

  static let tidiedCharacter = CodeHelp(
    .tidiedCharacter, "typographic characters that were read as plain ones",
    meaning: """
      Word processors turn straight quotes into curly ones and hyphens into long dashes. They are \
      read as the plain characters, so nothing is wrong; the file is only a little harder to \
      search and to compare.
      """,
    example: """
      if subject contains “[secure]” and purpose is SEN–tribunal then send encrypted
      """,
    cure: "Nothing needs to be done. `rulec fmt` writes the plain characters.")
}
