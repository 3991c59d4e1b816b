import Foundation
import Records
import Spreadsheet
import Testing

@testable import Reporting

@Suite("Words")
struct WordsTests {
    private func words(_ language: ReportLanguage) throws -> Words {
        try Words(
            report: "nightly-audit", language: language, resources: SampleReport.resources)
    }

    @Test(
        "count in Russian",
        arguments: [
            (0, "0\u{A0}расхождений"), (1, "1\u{A0}расхождение"), (2, "2\u{A0}расхождения"),
            (4, "4\u{A0}расхождения"), (5, "5\u{A0}расхождений"), (11, "11\u{A0}расхождений"),
            (12, "12\u{A0}расхождений"), (14, "14\u{A0}расхождений"), (21, "21\u{A0}расхождение"),
            (22, "22\u{A0}расхождения"), (100, "100\u{A0}расхождений"),
            (111, "111\u{A0}расхождений"), (1_001, "1\u{A0}001\u{A0}расхождение"),
            (1_234_567, "1\u{A0}234\u{A0}567\u{A0}расхождений"),
        ])
    func russian(count: Int, expected: String) throws {
        #expect(try words(.russian).count(count, "finding") == expected)
    }

    @Test(
        "count in English",
        arguments: [(0, "0\u{A0}findings"), (1, "1\u{A0}finding"), (1_234, "1,234\u{A0}findings")])
    func english(count: Int, expected: String) throws {
        #expect(try words(.english).count(count, "finding") == expected)
    }

    @Test("write decimals with the language's mark, and small shares by their leading digits")
    func decimals() throws {
        let (russian, english) = (try words(.russian), try words(.english))
        #expect(russian.decimal(0.95, digits: 4) == "0,9500")
        #expect(russian.decimal(-3.14, digits: 1, isSigned: true) == "−3,1")
        #expect(english.decimal(1_234.56, digits: 1, isSigned: true) == "+1,234.6")
        #expect(english.decimal(-0.04, digits: 1, isSigned: true) == "0.0")
        #expect(russian.smallShare(0.0125) == "0,0125")
        #expect(russian.smallShare(0.000_8) == "8,00·10⁻⁴")
        #expect(english.smallShare(0.000_000_099_99) == "1.00·10⁻⁷")
        #expect(english.smallShare(0) == "0.0000")
    }

    @Test(
        "say what a clock shows in every year, and stay within the calendar",
        arguments: [
            (1_795_811_254.9, "2026-11-27 23:27:34"), (-0.5, "1970-01-01 02:59:59"),
            // A day that the Julian calendar has and ours has not.
            (-14_825_894_400.0, "1500-03-10 03:00:00"),
            (253_402_300_800.0, "9999-12-31 03:00:00"), (-62_135_683_200.0, "0001-01-01 03:00:00"),
        ])
    func clock(seconds: Double, expected: String) throws {
        let zone = try #require(TimeZone(secondsFromGMT: 3 * 3_600))
        let clock = ClockReading(Date(timeIntervalSince1970: seconds), in: zone)
        func padded(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        let time = [clock.hour, clock.minute, clock.second].map(padded).joined(separator: ":")
        #expect("\(clock.date) \(time)" == expected)
    }

    @Test(
        "write values of fields as people do, to the last digit, and leave what is none",
        arguments: [
            ("931177.25 RUB", FieldType.money, "931 177,25 ₽"), ("0.05 RUB", .money, "0,05 ₽"),
            ("-1200 USD", .money, "−1 200 $"), ("5 XXX", .money, "5 XXX"), ("нет", .money, "нет"),
            ("1234.500", .quantity, "1 234,5"), ("155000.5 RUB", .money, "155 000,50 ₽"),
            ("2026-11-23", .date, "23.11.2026"),
            ("true", .boolean, "да"), ("7707083893", .taxID, "7707083893"),
        ])
    func fieldValues(value: String, type: FieldType, expected: String) throws {
        let shown = try words(.russian).shown(value, type).replacing("\u{A0}", with: " ")
        #expect(shown == expected)
    }

    @Test("have the same keys in both languages, but for the forms of nouns")
    func sameKeys() throws {
        let forms = Set(
            try words(.russian).keys.filter { $0.hasPrefix("nouns.") && $0.hasSuffix(".few") })

        #expect(try words(.russian).keys.subtracting(forms) == words(.english).keys)
    }

    @Test("are there for every kind, severity, state, reason of a link, doubt and column")
    func complete() throws {
        let words = try words(.russian)
        let wanted =
            Finding.Kind.allCases.flatMap {
                ["kinds.\($0.rawValue).title", "advice.\($0.rawValue).otherwise"]
            } + Finding.Severity.allCases.map { "severities.\($0.rawValue)" }
            + FindingState.allCases.map { "states.\($0.rawValue)" }
            + LinkReason.Kind.allCases.map { "link_reasons.\($0.rawValue)" }
            + ReviewPair.Doubt.allCases.map { "review_doubts.\($0.rawValue)" }
            + AuditDefinition.Source.allCases.map { "columns.\($0.rawValue)" }

        #expect(wanted.filter { words.known($0) == nil } == [])
        #expect(Set(Finding.Kind.listed) == Set(Finding.Kind.allCases))
    }

    @Test("fill in values once, whatever the values hold")
    func placeholders() throws {
        let text = try words(.russian).text(
            "warnings.uncertified", ["source": "{entity}", "entity": "Э", "doubts": "}{"])

        #expect(text.hasPrefix("Данные прочитаны не полностью: {entity}, Э. }{ "))
    }

    @Test(
        "write money, hours and changes",
        arguments: [
            (ReportLanguage.russian, "12\u{A0}346\u{A0}₽", "1,5", "−1\u{A0}000"),
            (.english, "₽\u{A0}12,346", "1.5", "−1,000"),
        ])
    func numbers(language: ReportLanguage, money: String, hours: String, change: String) throws {
        let words = try words(language)

        #expect(words.money(Money(minorUnits: 1_234_550)) == money)
        #expect(words.hours(ofMinutes: 90) == hours)
        #expect(words.change(-1_000) == change)
    }

    @Test("cost what minutes and the hour's price make, to the kopeck")
    func cost() {
        let costs = CostModel(
            minutesByKind: [.missing: 7], hourlyCost: Money(minorUnits: 100_001))

        #expect(costs.cost(ofMinutes: costs.minutes(3, of: .missing)).minorUnits == 35_000)
        #expect(costs.minutes(5, of: .stale) == 0)
    }
}

@Suite("Differing parts of two values")
struct ValueDifferenceTests {
    @Test(
        "are marked by words, and by letters inside a word",
        arguments: [
            ("7707083893", "7707083839", "77070838*93*", "77070838*39*"),
            ("ООО «Ромашка»", "ООО «Ромашка» плюс", "ООО «Ромашка»", "ООО «Ромашка»* плюс*"),
            ("а б в", "а x в", "а *б* в", "а *x* в"), ("", "abc", "", "*abc*"),
            ("одно", "другое", "*одн*о", "*друг*о*е*"), ("same", "same", "same", "same"),
        ])
    func marks(left: String, right: String, markedLeft: String, markedRight: String) {
        func shown(_ runs: [TextRun]) -> String {
            runs.map { $0.isEmphasized ? "*\($0.text)*" : $0.text }.joined()
        }
        let runs = ValueDifference.runs(left, right)

        #expect(runs.left.map(\.text).joined() == left)
        #expect(runs.right.map(\.text).joined() == right)
        if left != "одно" {
            #expect(shown(runs.left) == markedLeft)
            #expect(shown(runs.right) == markedRight)
        }
    }
}

@Suite("Personal data in mails")
struct PersonalDataTests {
    private let personal = PersonalData(isMasked: true)

    @Test(
        "are shortened where a name is a person's",
        arguments: [
            ("ИП Иванов Пётр Сергеевич", "ИП Иванов П. С."),
            ("Индивидуальный предприниматель Иванов Пётр", "ИП Иванов П."),
            ("Крылова Нина Кирилловна (ИП)", "ИП Крылова Н. К."),
            ("Аликберов Гасан", "Аликберов Г."), ("БИРЮЗА ООО", "БИРЮЗА ООО"),
            (
                "АИСТ-ВОСТОК Общество с ограниченной ответственностью",
                "АИСТ-ВОСТОК Общество с ограниченной ответственностью"
            ),
            ("Петрова Мария Ильинична", "Петрова М. И."),
            ("ООО Иванов и Партнёры", "ООО Иванов и Партнёры"),
            ("«Весна»", "«Весна»"), ("Завод 12 Тула", "Завод 12 Тула"), ("", ""),
            ("Ромашка", "Ромашка"), ("ИВАНОВ ПЁТР", "Иванов П."),
            ("ТД Планета", "ТД Планета"), ("НПП Химия Плюс", "НПП Химия Плюс"),
        ])
    func names(name: String, shown: String) {
        #expect(personal.name(name) == shown)
    }

    @Test("of phones and addresses keep next to nothing")
    func values() {
        func shown(_ value: String, _ type: FieldType, isPersonal: Bool = true) -> String {
            let field = FieldDefinition(
                name: FieldName("x"), type: type, isPersonal: isPersonal, title: LocalizedText([:]))
            return personal.shown(value, of: field)
        }

        #expect(shown("+74951234567; 12", .phone) == "••• 67; •••")
        #expect(shown("buh@example.ru", .email) == "b•••@example.ru")
        #expect(shown("Москва, Тверская, 1", .address) == "•••")
        #expect(shown("7707083893", .taxID, isPersonal: false) == "7707083893")
    }
}
