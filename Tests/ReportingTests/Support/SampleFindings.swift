import Records

@testable import Reporting
import TestSupport

extension SampleReport {
    /// One finding of every kind and reason that shows a value.
    static var smallFindings: [ReportedFinding] {
        [
            make(
                1, .conflict, .error, nil, "tax_id", "ООО «Ромашка»", "7707083893", "7707083839",
                "other_taxpayer", state: .reopened, atStake: 184_500_00),
            make(
                2, .missing, .error, .right, nil, "АО \"Заря & Ко\" <Москва>", nil, nil,
                "no_counterpart", leftOnly: true, state: .new),
            make(
                3, .missing, .warning, .left, nil, "ИП Кузнецова Анна Петровна", nil, nil,
                "no_counterpart", rightOnly: true),
            make(
                4, .mismatch, .warning, nil, "phone", "ООО «Вектор-Плюс»", "+74951234567",
                "+74951234576", "differs", state: .new),
            make(
                5, .mismatch, .warning, .right, "email", "=HYPERLINK(\"http://evil\")",
                "buh@example.ru", nil, "only_left"),
            make(
                6, .mismatch, .info, nil, "name", "ООО «Тихий океан»",
                "ООО «Тихий океан»", "ООО «Тихий Океан» (не использовать!!!)", "differs"),
            make(
                7, .mismatch, .info, nil, "credit", "+7 (Плюс семь), ООО", "150000 RUB",
                "155000.50 RUB", "differs"),
            make(
                8, .mismatch, .info, nil, "since", "-Минус и сыновья", "2024-02-29", "2024-03-01",
                "differs"),
            make(
                9, .mismatch, .info, .left, "is_deleted", "@собака", "true", "false", "differs"),
            make(
                10, .duplicate, .warning, .right, nil, "ООО «Ромашка»", nil, nil, "same_thing",
                rightOnly: true, rightCount: 3),
            make(
                11, .brokenLink, .error, .right, "name", "Кафе \u{1}\u{0}«Уют»\u{FFFE}", nil, nil,
                "points_nowhere", rightOnly: true, state: .new),
            make(
                12, .invalid, .error, .left, "tax_id", "Ёлки-палки 🎄 ООО", "7707083894", nil,
                "check_digit", leftOnly: true),
            make(
                13, .stale, .info, .right, nil, String(repeating: "Длинное имя ", count: 900), nil,
                nil, "not_updated", rightOnly: true),
            make(
                14, .invalid, .info, .left, "phone", "ООО «Новая причина»", "12", nil,
                "reason_of_a_later_version", leftOnly: true),
        ]
    }

    static func make(
        _ number: Int, _ kind: Finding.Kind, _ severity: Finding.Severity, _ side: Side?,
        _ field: String?, _ title: String, _ left: String?, _ right: String?, _ reason: String,
        leftOnly: Bool = false, rightOnly: Bool = false, rightCount: Int = 1,
        state: FindingState = .open, atStake: Int64? = nil
    ) -> ReportedFinding {
        let hex = String(number, radix: 16)
        let padded = String(repeating: "0", count: 8 - hex.count) + hex
        let fingerprint = padded + "a1b2c3d4e5f60718293a4b5c"
        let leftIDs = rightOnly ? [] : [RecordID("\(padded)-0000-11ee-9c1a-00155d000001")]
        let rightIDs = leftOnly ? [] : (0..<rightCount).map { RecordID(String(number * 7 + $0)) }
        let base = "https://1c.example/base/#e1cib/data/Справочник.Контрагенты?ref="
        var reported = ReportedFinding(
            Finding(
                fingerprint: FindingFingerprint(fingerprint), entity: EntityName("counterparty"),
                kind: kind, severity: severity, side: side, field: field.map { FieldName($0) },
                leftIDs: leftIDs, rightIDs: rightIDs, title: title, leftValue: left,
                rightValue: right, reason: reason,
                evidence: number % 3 == 0 ? "tax_id+kpp" : "origin_id",
                atStake: atStake.map { Money(minorUnits: $0) }),
            state: state, firstSeenRun: RunID(state == .new ? 58 : Int64(58 - number % 20)),
            firstSeenOn: state == .new ? day(23) : day(1 + number % 20),
            daysOpen: state == .new ? 0 : 22 - number % 20,
            leftAddresses: leftIDs.map { number % 4 == 0 ? nil : base + $0.rawValue },
            rightAddresses: rightIDs.map {
                "https://b24.example/crm/company/details/\($0.rawValue)/"
            })
        reported.number = Int64(1_000 + number)
        return reported
    }

    private static func day(_ day: Int) -> CalendarDate {
        guard let date = CalendarDate(year: 2026, month: 11, day: day) else {
            preconditionFailure("November has thirty days")
        }
        return date
    }

    /// The n-th of many findings.
    static func finding(_ number: Int, random: inout SeededNumbers) -> ReportedFinding {
        let names = [
            "ООО «Северсталь-Инвест»", "ИП Иванов Пётр Сергеевич", "АО «НПО „Энергия“»",
            "ООО \"ТОРГОВЫЙ ДОМ \"\"РУБИН\"\"\"", "Петрова Мария Ильинична",
            "МБОУ СОШ № 12 г. Нижний Новгород", "=СУММ(A1:A9)", "ООО   «Пробелы   внутри»",
            "Общество с ограниченной ответственностью «Дальневосточная транспортно-экспедиционная "
                + "компания „Тихий океан“», Хабаровский филиал",
        ]
        let name = names[Int(random.next() % UInt64(names.count))]
        let severity = Finding.Severity.allCases[Int(random.next() % 3)]
        let state: FindingState = [.new, .open, .open, .open, .reopened][Int(random.next() % 5)]
        let digits = String(7_700_000_000 + Int(random.next() % 99_999_999))
        let swapped = String(digits.dropLast(2)) + String(digits.suffix(2).reversed())
        switch random.next() % 9 {
        case 0:
            return make(
                number, .missing, severity, .right, nil, name, nil, nil, "no_counterpart",
                leftOnly: true, state: state)
        case 1:
            return make(
                number, .missing, severity, .left, nil, name, nil, nil, "no_counterpart",
                rightOnly: true, state: state)
        case 2:
            return make(
                number, .duplicate, .warning, .right, nil, name, nil, nil, "same_thing",
                rightOnly: true, rightCount: 2, state: state)
        case 3:
            return make(
                number, .invalid, severity, .left, "tax_id", name, digits, nil, "check_digit",
                leftOnly: true, state: state)
        case 4:
            return make(
                number, .conflict, .error, nil, "tax_id", name, digits, swapped, "other_taxpayer",
                state: state, atStake: Int64(random.next() % 90_000_000))
        case 5:
            return make(
                number, .mismatch, severity, nil, "address", name,
                "115035, г. Москва, ул. Садовническая, д. 82, стр. 2, помещ. 4",
                "Москва, Садовническая ул., 82 стр.2", "differs", state: state)
        case 6:
            return make(
                number, .mismatch, severity, .right, "email", name, "buh@example.ru", nil,
                "only_left", state: state)
        default:
            return make(
                number, .mismatch, severity, nil, "phone", name, "+7\(digits)", "+7\(swapped)",
                "differs", state: state)
        }
    }
}
