import Classes
import Model
import Testing
import Values

@Suite struct `A moment` {
  @Test func `has the bound that it was made from, or one that is the same day`() {
    let calendar = WorkingCalendar(holidays: [])
    let may = Day(year: 2026, month: 5, day: 1) ?? .first
    var anchors: [DayBound.Anchor] = [.day(may), .day(.last), .today]
    for unit in DayDuration.Unit.allCases {
      for count in [0, 1, 5, 12, 24, 30] {
        let duration = DayDuration(count: count, unit: unit)
        anchors += [.todayPlus(duration), .todayMinus(duration)]
      }
    }
    for anchor in anchors {
      for offset in [-1, 0, 1] {
        let bound = DayBound(anchor, offset: offset)
        let other = Moment(bound, calendar: 0).bound
        for today in [may, Day.firstProved, Day.lastProved] {
          #expect(bound.number(today: today, calendar) == other.number(today: today, calendar))
        }
      }
    }
  }
}
