extension PublishedTable {
  static let all = [rectangles, quarters, plane, cube, flags, signs]

  private static let numbers = """
    fact width is: number

    fact height is: number
    """

  static let rectangles = PublishedTable(
    name: "four rectangles",
    source: """
      Tests of the decision table analysis of Apache KIE, GapsAndOverlaps1.dmn: four rectangles, of
      the shape of the example in D. Calvanese and others, Semantics and Analysis of DMN Decision
      Tables, BPM 2016. The first and the third overlap; most of the plane is not covered.
      """,
    vocabulary: numbers, headings: ["width is", "height is"],
    rows: [
      ["between 0 and 4", "between 0 and 2"],
      ["between 1 and 3", "between 5 and 6"],
      ["between 2 and 5", "between 1 and 4"],
      ["between 6 and 7", "between 0 and 3"],
    ],
    overlaps: [Pair(1, 3)],
    gaps: [
      ["less than 0", "any"],
      ["at least 0 and less than 1", "less than 0 or more than 2"],
      ["at least 1 and less than 2", "less than 0 or more than 6"],
      ["at least 1 and less than 2", "more than 2 and less than 5"],
      ["between 2 and 3", "less than 0 or more than 6"],
      ["between 2 and 3", "more than 4 and less than 5"],
      ["more than 3 and at most 4", "less than 0 or more than 4"],
      ["more than 4 and at most 5", "less than 1 or more than 4"],
      ["more than 5 and less than 6", "any"],
      ["between 6 and 7", "less than 0 or more than 3"],
      ["more than 7", "any"],
    ])

  static let quarters = PublishedTable(
    name: "the quarters of 2019",
    source: """
      Tests of Apache KIE, complexDTdates.dmn: four quarters with slips at their ends. Listed are
      two gaps, 31 March and 31 December 2019, and one overlap, of the second and third row on
      30 June 2019. There the year has an end; here a fifth row is about what comes after it.
      """,
    vocabulary: "fact day is: date", headings: ["day is"],
    rows: [
      ["before 31 March 2019"],
      ["after 31 March 2019 and on or before 30 June 2019"],
      ["between 30 June 2019 and 30 September 2019"],
      ["after 30 September 2019 and before 31 December 2019"],
      ["after 31 December 2019"],
    ],
    overlaps: [Pair(2, 3)],
    gaps: [["31 March 2019"], ["31 December 2019"]])

  static let plane = PublishedTable(
    name: "half of the plane",
    source: """
      Tests of Apache KIE, GapsXY.dmn: three rows around the origin. Listed are three gaps and no
      overlap.
      """,
    vocabulary: numbers, headings: ["width is", "height is"],
    rows: [
      ["less than 0", "at most 0"],
      ["0", "less than 0"],
      ["more than 0", "at least 0"],
    ],
    overlaps: [],
    gaps: [
      ["less than 0", "more than 0"],
      ["0", "at least 0"],
      ["more than 0", "less than 0"],
    ])

  static let cube = PublishedTable(
    name: "two boxes in a cube",
    source: """
      Tests of Apache KIE, GapsCube3.dmn: two boxes in a cube whose edges go from 0 to 3. Listed are
      four gaps.
      """,
    vocabulary: """
      fact width is: number from 0 to 3

      fact height is: number from 0 to 3

      fact depth is: number from 0 to 3
      """,
    headings: ["width is", "height is", "depth is"],
    rows: [
      ["between 0 and 1", "between 0 and 2", "between 0 and 3"],
      ["between 2 and 3", "between 1 and 3", "between 1 and 3"],
    ],
    overlaps: [],
    gaps: [
      ["between 0 and 1", "more than 2 and at most 3", "any"],
      ["more than 1 and less than 2", "any", "any"],
      ["between 2 and 3", "at least 0 and less than 1", "any"],
      ["between 2 and 3", "between 1 and 3", "at least 0 and less than 1"],
    ])

  static let flags = PublishedTable(
    name: "two flags",
    source: """
      Tests of Apache KIE, GapsOverlapsBoolean.dmn: three rows about two truth values. Listed are
      one overlap, of the first two rows where both are false, and one gap, where both are true.
      """,
    vocabulary: """
      fact first flag is up: yes or no

      fact second flag is up: yes or no
      """,
    headings: ["first flag is up", "second flag is up"],
    rows: [["no", "no"], ["no", "any"], ["yes", "no"]],
    overlaps: [Pair(1, 2)],
    gaps: [["yes", "yes"]])

  static let signs = PublishedTable(
    name: "two signs",
    source: """
      Tests of Apache KIE, weirdPosNeg.dmn: one row for negative and one for positive numbers.
      Listed are the gap at 0, and no overlap.
      """,
    vocabulary: "fact number found is: number", headings: ["number found is"],
    rows: [["less than 0"], ["more than 0"]],
    overlaps: [],
    gaps: [["0"]])
}
