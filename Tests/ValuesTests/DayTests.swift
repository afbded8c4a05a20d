import Testing
import Values

@Suite struct `Days` {
  @Test(
    arguments: [
      ("1970-01-01", 0, 3), ("1969-12-31", -1, 2), ("2000-02-29", 11_016, 1),
      ("2022-09-01", 19_236, 3), ("0001-01-01", -719_162, 0), ("9999-12-31", 2_932_896, 4),
      ("1900-03-01", -25_508, 3), ("2000-01-01", 10_957, 5), ("2099-12-31", 47_481, 3),
    ] as [(String, Int32, Int)])
  func `have a number and a day of the week`(date: String, number: Int32, weekday: Int) throws {
    let day = try #require(Day.parseISO(date.utf8))
    #expect(day.number == number)
    #expect(day.weekday == weekday)
    #expect(day.isWeekend == (weekday >= 5))
    #expect(day.description == date)
  }

  @Test(arguments: [
    "", "2022-9-1", "2022-09-1", "2022-9-01", "22-09-01", "2022/09/01", "2022-09-01 ", "+022-09-01",
    " 022-09-01", "2022-09-01T00:00", "20220901", "2022-00-01", "2022-13-01", "2022-09-00",
    "2022-09-31", "2023-02-29", "1900-02-29", "0000-01-01", "-001-01-01", "2022-09-0a",
    "２０２２", "2022-09-0١", "12022-09-01",
  ])
  func `that do not exist, or are not written as YYYY-MM-DD, are not read`(text: String) {
    #expect(Day.parseISO(text.utf8) == nil)
  }

  @Test func `follow each other through four centuries, month by month`() throws {
    var number = try #require(Day(year: 1799, month: 1, day: 1)).number
    for year in 1799...2201 {
      for month in 1...12 {
        let length = Day.count(ofMonth: month, year: year)
        for dayOfMonth in 1...length {
          let day = try #require(Day(year: year, month: month, day: dayOfMonth))
          #expect(day.number == number)
          #expect(day.date == (year, month, dayOfMonth))
          number += 1
        }
        #expect(Day(year: year, month: month, day: length + 1) == nil)
      }
    }
  }

  @Test func `come back from their date over the whole calendar`() throws {
    for number in stride(from: Int(Day.first.number), through: Int(Day.last.number), by: 97) {
      let day = try #require(Day(number: number))
      #expect(Day(year: day.year, month: day.month, day: day.day) == day)
      #expect(Day.parseISO(day.description.utf8) == day)
    }
  }

  @Test func `end where the calendar ends`() {
    #expect(Day(number: Int(Day.first.number) - 1) == nil)
    #expect(Day(number: Int(Day.last.number) + 1) == nil)
    #expect(Day(clamping: Int.min) == Day.first)
    #expect(Day(clamping: Int.max) == Day.last)
    #expect(Day(clamping: 5).number == 5)
    #expect(Day(year: Int.max, month: Int.min, day: Int.max) == nil)
    #expect(Day(year: 10_000, month: 1, day: 1) == nil)
    #expect(Day.first.description == "0001-01-01")
    #expect(Day.last.description == "9999-12-31")
    #expect(Day.firstProved.description == "2000-01-01")
    #expect(Day.lastProved.description == "2099-12-31")
    #expect(Day.first < Day.firstProved)
  }

  @Test(
    arguments: [
      ("2022-09-01", "1 September 2022"), ("0001-12-31", "31 December 1"),
      ("2026-05-10", "10 May 2026"),
    ])
  func `are said as people say them`(date: String, words: String) {
    #expect(Day.parseISO(date.utf8)?.words == words)
  }

  @Test func `are read from a part of a longer text`() {
    let line = Array("\"2026-05-01\"".utf8)
    #expect(Day.parseISO(line[1..<11])?.words == "1 May 2026")
  }
}

@Suite struct `Months` {
  @Test(
    arguments: [
      ("january", .january), ("jan", .january), ("may", .may), ("sep", .september),
      ("september", .september), ("december", .december), ("dec", .december), ("mar", .march),
    ] as [(String, Month)])
  func `are known by their names and by three letters`(name: String, month: Month) {
    #expect(Month(lowercased: name) == month)
    #expect(Month(lowercased: Array(name.utf8)[...]) == month)
  }

  @Test(arguments: ["", "j", "ja", "janu", "sept", "January", "MAY", "januaryy", "jän", "septembe"])
  func `are not known by other words`(word: String) {
    #expect(Month(lowercased: word) == nil)
  }

  @Test func `are numbered from one to twelve`() {
    #expect(Month.allCases.map(\.rawValue) == Array(1...12))
    #expect(Month.september.name == "September")
    #expect(Month.september.shortName == "Sep")
  }
}
