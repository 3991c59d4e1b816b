import Records
import Testing

@Suite("Calendar dates")
struct CalendarDateTests {
    @Test(
        "a date is read in both orders, and what follows it is ignored",
        arguments: [
            ("2026-01-31", "2026-01-31"), ("31.01.2026", "2026-01-31"),
            ("2026-01-31T10:00:00", "2026-01-31"), ("31.01.2026 0:00:00", "2026-01-31"),
            ("1.2.2026", "2026-02-01"), ("1.2.2026 10:00", "2026-02-01"),
            ("2026-2-1", "2026-02-01"), ("0001-01-01T00:00:00", "0001-01-01"),
            ("2024-02-29", "2024-02-29"), ("29.02.2000", "2000-02-29"),
            ("9999-12-31", "9999-12-31"),
        ])
    func reading(text: String, date: String) {
        #expect(CalendarDate(text)?.description == date)
    }

    @Test(
        "a date is read as people and other programs write it",
        arguments: [
            ("05.03.21", "2021-03-05"), ("5.3.21", "2021-03-05"), ("05.03.21 10:00", "2021-03-05"),
            ("31.12.39", "2039-12-31"), ("01.01.40", "1940-01-01"), ("5.3.99г.", "1999-03-05"),
            ("05/03/2021", "2021-03-05"), ("3/5/1990", "1990-05-03"), ("05/03/21", "2021-03-05"),
            ("01/31/2026", "2026-01-31"), ("31/01/2026", "2026-01-31"),
            ("05/03/2021, 10:00:00", "2021-03-05"), ("2021/03/05", "2021-03-05"),
            ("20210305", "2021-03-05"), ("20210305T100000", "2021-03-05"),
            ("5 марта 2021 г.", "2021-03-05"), ("5 МАРТА 2021г.", "2021-03-05"),
            ("«05» марта 2021 года", "2021-03-05"), ("5 мар. 2021 10:00", "2021-03-05"),
            ("5 мая 2021", "2021-05-05"), ("1 сент 2021", "2021-09-01"),
            ("5 Mar 2021", "2021-03-05"), ("March 5, 2021", "2021-03-05"),
            ("Sept. 1, 2021", "2021-09-01"), ("2021-Mar-05", "2021-03-05"),
            ("05-MAR-21", "2021-03-05"), ("5.мар.99", "1999-03-05"),
        ])
    func written(text: String, date: String) {
        #expect(CalendarDate(text)?.description == date)
    }

    @Test(
        "between slashes the day comes first, but where only the second number can be one",
        arguments: [
            ("05/03/2021", "2021-03-05"), ("3/5/90", "1990-05-03"), ("31/01/2026", "2026-01-31"),
            ("01/31/2026", "2026-01-31"), ("2021/03/05", "2021-03-05"),
        ])
    func order(text: String, date: String) { #expect(CalendarDate(text)?.description == date) }

    @Test(
        "what is no date is none, and never another day",
        arguments: [
            "", "нет", "-", "2026", "2026-01", "2026-13-01", "2026-00-10", "2026-01-00",
            "2026-02-29", "1900-02-29", "31.04.2026", "32.01.2026", "01.31.2026", "20261301",
            "26-01-31", "2026-+1-05", "+1.02.2026", "2026--1-01", "10000-01-01",
            "0000-01-01", "2026.01", "..", "--", "1.2.", "२०२६-०१-३१", " 2026-01-31",
            "2026-01-311", "131.01.2026", "31.01.20261", "31.01.261", "1.2.3", "01.02.03.04",
            "31/04/2026", "13/13/2026", "1/2.2026", "1/2", "1/2/", "18500131", "202601311",
            "2026013", "5 марта", "5 марта 10:00", "8 Марта 12", "5 мартобря 2026", "5 ма 2026",
            "32 мая 2026", "марта 2026", "№ 5 мая 2026", "5 мая 20261", "22-33-44",
        ])
    func none(text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test("every day of four hundred years reads back as itself, in order")
    func everyDay() {
        var previous: CalendarDate?
        var count = 0
        for year in 1800..<2200 {
            for month in 1...12 {
                for day in 1...31 {
                    guard let date = CalendarDate(year: year, month: month, day: day) else {
                        continue
                    }
                    count += 1
                    if CalendarDate(date.description) != date { Issue.record("\(date)") }
                    if let previous, !(previous < date) { Issue.record("\(previous) \(date)") }
                    if let previous, date.daysSinceEpoch != previous.daysSinceEpoch + 1 {
                        Issue.record("\(previous) \(date)")
                    }
                    let again = CalendarDate(daysSinceEpoch: date.daysSinceEpoch)
                    if again != date { Issue.record("\(date) \(again)") }
                    if day > date.lengthOfMonth { Issue.record("\(date)") }
                    previous = date
                }
            }
        }
        // A cycle of the Gregorian calendar.
        #expect(count == 146_097)
    }

    @Test("days are counted from 1970, and before the first and after the last there is none")
    func days() {
        #expect(CalendarDate.epoch.daysSinceEpoch == 0)
        #expect(CalendarDate(daysSinceEpoch: 11_016).description == "2000-02-29")
        #expect(CalendarDate(daysSinceEpoch: -719_163).description == "0001-01-01")
        #expect(CalendarDate(daysSinceEpoch: -719_162).description == "0001-01-01")
        #expect(CalendarDate(daysSinceEpoch: 2_932_896).description == "9999-12-31")
        #expect(CalendarDate(daysSinceEpoch: .max).description == "9999-12-31")
    }
}
