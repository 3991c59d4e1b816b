import Foundation
import Records
import TestSupport
import Testing

@testable import Reporting
@testable import Spreadsheet

@Suite("A report laid out")
struct ReportDocumentTests {
    private let folder: TemporaryFolder
    private let file: URL

    init() throws {
        folder = try TemporaryFolder()
        file = folder.url.appending(path: "report.xlsx")
    }

    @Test("has the approved cells, page and texts", arguments: ReportLanguage.allCases)
    func approved(language: ReportLanguage) throws {
        let document = try ExchangeReport.document(language)
        try document.writeWorkbook(to: file)

        try expectApproved(WorkbookCells.dump(file), "exchange.\(language.rawValue).cells.txt")
        try expectApproved(document.page(), "exchange.\(language.rawValue).html")
        let texts = document.textTables().map { table in
            "== \(table.name)\n" + table.rows.map { $0.joined(separator: ";") + "\n" }.joined()
        }
        try expectApproved(texts.joined(), "exchange.\(language.rawValue).csv.txt")
    }

    @Test("says its numbers in the words' sentence")
    func sentence() throws {
        let document = try ExchangeReport.document()
        let texts = document.sheets[0].parts.compactMap { part in
            if case .text(let text, _) = part { text } else { nil }
        }

        #expect(
            texts.contains {
                $0.replacing("\u{A0}", with: " ")
                    == "Всего операций: 15 432 · Успешно: 15 201 (98,5 %) · "
                    + "Контрагенты: 3 245 (100,0 %) · Заказы: 12 000 (98,3 %) · "
                    + "=Цены: 187 (меньше трёх ночей)"
            }, "\(texts)")
    }

    @Test("has the same bytes for the same data")
    func deterministic() throws {
        try ExchangeReport.document().writeWorkbook(to: file)
        let first = try Data(contentsOf: file)
        try ExchangeReport.document().writeWorkbook(to: file)

        #expect(try Data(contentsOf: file) == first)
    }

    @Test("is refused when a control total that must agree does not")
    func refused() throws {
        let error = #expect(throws: ReportError.self) {
            _ = try ExchangeReport.document { tables in
                tables["kinds"] = ReportTable(
                    columns: ExchangeReport.kinds.columns, rows: [ExchangeReport.kinds.rows[0]])
            }
        }

        #expect(error?.description.contains("kinds_add_up: expected 15432, got 3245") == true)
    }

    @Test("says at its top when a control total only warns")
    func warned() throws {
        let document = try ExchangeReport.document { tables in
            var rows = ExchangeReport.kinds.rows
            rows[0][3] = .integer(7)
            tables["kinds"] = ReportTable(columns: ExchangeReport.kinds.columns, rows: rows)
        }
        try document.writeWorkbook(to: file)

        #expect(document.warnings.count == 1)
        let cells = try WorkbookCells.dump(file)
        #expect(cells.contains("Сумма ошибок: должно быть 231, получено 238"))
        #expect(document.page().contains("должно быть 231, получено 238"))
    }

    @Test("names the column that a query did not give")
    func missingColumn() throws {
        let error = #expect(throws: ReportError.self) {
            _ = try ExchangeReport.document { tables in
                tables["causes"] = ReportTable(
                    columns: ["cause", "amount"], rows: [[.text("a"), .integer(1)]])
            }
        }

        #expect(
            error?.description.contains("'causes' could not be made: it has no column 'change'")
                == true)
    }

    @Test("has a sheet for each owner, those with most rows first, and none without")
    func owners() throws {
        let document = try ExchangeReport.document { tables in
            var rows = ExchangeReport.kinds.rows
            for person in ["Я", "Б", "Б", "А", "Я", "Б"] {
                rows.append(rows[0])
                rows[rows.count - 1][7] = .text(person)
                rows[rows.count - 1][2] = .integer(0)
            }
            tables["kinds"] = ReportTable(columns: ExchangeReport.kinds.columns, rows: rows)
        }

        #expect(document.sheets.map(\.name) == ["Обзор", "Виды: [все]/*?", "Для Б", "Для Я"])
    }

    @Test("goes on in a further sheet where one is full, its head with it")
    func split() throws {
        let document = try ExchangeReport.document { tables in
            let rows = (0..<90).map { number -> [ReportValue] in
                var row = ExchangeReport.kinds.rows[0]
                row[2] = .integer(number == 0 ? 15_432 : 0)
                row[3] = .integer(number == 0 ? 231 : 0)
                return row
            }
            tables["kinds"] = ReportTable(columns: ExchangeReport.kinds.columns, rows: rows)
        }
        try document.writeWorkbook(to: file, rowsPerSheet: 60)

        let cells = try WorkbookCells.dump(file)
        let second = cells.split(separator: "\n").filter { $0.hasPrefix("Виды   все     (2)\t") }
        #expect(second.contains { $0.contains("A1") && $0.contains("Объект") })
        // 59 rows and the head fill the first; 31 rows, the head and the sum are left.
        #expect(second.contains { $0.contains("\tA33\t") && $0.contains("Итого") })
    }

    @Test("does not become a formula, lose control characters' neighbours, or run a script")
    func harmless() throws {
        let document = try ExchangeReport.document()
        try document.writeWorkbook(to: file)
        let cells = try WorkbookCells.dump(file)

        #expect(cells.contains("=1+1"))
        #expect(!cells.contains("formula"))
        #expect(!cells.contains("\u{1}"))
        #expect(!document.page().contains("javascript:"))
        #expect(!document.page().contains("\u{1}"))
        let texts = document.textTables().flatMap(\.rows).joined()
        #expect(texts.contains("'=1+1"))
        let hidden = try ExchangeReport.document { tables in
            var rows = ExchangeReport.kinds.rows
            rows[0][11] = .text("\t=1+1")
            rows[1][11] = .text("\r\n@x")
            tables["kinds"] = ReportTable(columns: ExchangeReport.kinds.columns, rows: rows)
        }.textTables().flatMap(\.rows).joined()
        #expect(hidden.contains("'\t=1+1") && hidden.contains("'\r\n@x"))
        #expect(texts.contains("'=Цены"))
    }

    @Test("cuts what no cell can hold, and replaces what no sheet's name can hold")
    func limits() throws {
        let document = try ExchangeReport.document { tables in
            var rows = ExchangeReport.kinds.rows
            rows[0][11] = .text(String(repeating: "ы", count: 40_000))
            tables["kinds"] = ReportTable(columns: ExchangeReport.kinds.columns, rows: rows)
        }
        try document.writeWorkbook(to: file)
        let cells = try WorkbookCells.dump(file)

        // The dump shortens what is long, and says how long it was.
        #expect(cells.contains("… (32767)"))
        #expect(!cells.contains("… (40000)"))
        #expect(cells.contains("Виды   все    "))
    }
}

@Suite("Values of a report")
struct ReportValueTests {
    private func shown(
        _ value: ReportValue, _ format: ColumnFormat?, _ language: ReportLanguage = .russian
    ) throws -> String {
        let words = try Words(
            report: "exchange", language: language, resources: ExchangeReport.resources)
        return ValueWriter(words: words, request: try ExchangeReport.data(language).request)
            .text(value, format, nil).replacing("\u{A0}", with: " ")
    }

    @Test(
        "are written by their format",
        arguments: [
            (ReportValue.decimal(units: 985, scale: 3), ColumnFormat.Kind.percent, "98,5 %"),
            (.integer(1), .percent, "100,0 %"),
            (.decimal(units: 73333, scale: 5), .percent, "73,3 %"),
            (.integer(-123_456_789), .money, "−1 234 567,89 ₽"), (.integer(5), .money, "0,05 ₽"),
            (.integer(12), .change, "+12"), (.integer(-12), .change, "−12"),
            (.decimal(units: 12_345, scale: 1), .number, "1 234,5"),
            (.integer(1_250), .duration, "1,3 с"), (.integer(200_000), .duration, "3 мин 20 с"),
            (.integer(18_720_000), .duration, "5 ч 12 мин"),
            (.integer(273_600_000), .duration, "3 д 4 ч"),
            (.notEnough("few_runs"), .money, "меньше трёх ночей"),
            (.notEnough("unknown"), .money, "мало данных"), (.empty, .money, ""),
            (.text("new"), .text, "new"),
        ])
    func formats(value: ReportValue, kind: ColumnFormat.Kind, text: String) throws {
        #expect(try shown(value, ColumnFormat(kind: kind)) == text)
    }

    @Test("that are absent are called what the column says")
    func absent() throws {
        var format = ColumnFormat(kind: .text)
        format.personal = .name
        #expect(try shown(.text(""), format) == "")
        format.empty = "no_one_has_it"
        #expect(try shown(.empty, format) == "no_one_has_it")
        #expect(try shown(.text(""), format) == "no_one_has_it")
        #expect(try shown(.text("Пётр"), format) == "Пётр")
    }

    @Test("are sentences on the two systems where words say so, by the values beside them")
    func sentences() throws {
        let words = try Words(
            report: "exchange", language: .russian, resources: ExchangeReport.resources)
        let writer = ValueWriter(words: words, request: try ExchangeReport.data().request)
        var format = ColumnFormat(kind: .word)
        format.words = "reasons.{kind}.{}"
        func sentence(_ kind: String, _ reason: String, _ side: ReportValue) -> String {
            writer.text(
                .text(reason), format,
                ReportRow(columns: ["kind", "side"], values: [.text(kind), side]))
        }
        let missing = sentence("missing", "no_counterpart", .text("right"))
        #expect(missing == "Такой записи нет: Битрикс24.")
        #expect(sentence("missing", "no_counterpart", .empty) == "Такой записи нет: обе стороны.")
        #expect(sentence("mismatch", "only_left", .empty) == "Заполнено только здесь: 1С.")
        #expect(sentence("mismatch", "of_a_later_version", .empty) == "of_a_later_version")
    }

    @Test("that are lists are lists of words")
    func lists() throws {
        var format = ColumnFormat(kind: .word)
        format.words = "severities.{}"
        #expect(try shown(.text("error, info"), format) == "ошибка, к сведению")
        #expect(try shown(.text("error, odd"), format) == "ошибка, odd")
    }

    @Test("leave out zeros of a share only where a sentence wants it")
    func trimmed() throws {
        var format = ColumnFormat(kind: .percent)
        format.isTrimmed = true
        let words = try Words(
            report: "exchange", language: .russian, resources: ExchangeReport.resources)
        var writer = ValueWriter(words: words, request: try ExchangeReport.data().request)
        #expect(writer.text(.integer(1), format, nil) == "100,0\u{A0}%")
        writer.isForSentences = true
        #expect(writer.text(.integer(1), format, nil) == "100\u{A0}%")
        #expect(writer.text(.decimal(units: 985, scale: 3), format, nil) == "98,5\u{A0}%")
        #expect(writer.text(.decimal(units: 9999, scale: 4), format, nil) == "100\u{A0}%")
    }

    @Test("add up exactly, and one that cannot be told spoils the sum")
    func sums() {
        #expect(
            ReportValue.sum([
                .decimal(units: 15, scale: 1), .integer(2), .empty, .decimal(units: 25, scale: 2),
            ])
                == .decimal(units: 375, scale: 2))
        #expect(ReportValue.sum([.integer(1), .notEnough("x")]) == .notEnough("x"))
        #expect(ReportValue.sum([]) == .integer(0))
        #expect(ReportValue.decimal(units: 100, scale: 2).agrees(with: .integer(1)))
    }

    @Test(
        "are rounded half away from zero, once",
        arguments: [
            (12_345, 3, 2, 1_235), (-12_345, 3, 2, -1_235), (12_344, 3, 1, 123), (149, 2, 0, 1),
        ])
    func rounding(units: Int64, scale: Int, digits: Int, rounded: Int64) {
        #expect(DecimalNumber(units: units, scale: scale).rounded(to: digits).units == rounded)
    }

    @Test("step up and down in a waterfall, also across zero")
    func waterfall() {
        let steps = WaterfallSteps([
            .integer(10), .integer(-4), .integer(-9), .integer(1), .empty,
            .decimal(units: 25, scale: 1),
        ])

        #expect(steps.scale == 1)
        #expect(steps.steps.map(\.base) == [0, 60, 0, -20, 0, 0])
        #expect(steps.steps.map(\.above) == [100, 40, 60, 0, 0, 5])
        #expect(steps.steps.map(\.below) == [0, 0, -30, -10, -20, -20])
        #expect(steps.steps.map(\.meaning) == [.rise, .fall, .fall, .rise, .total, .rise])
    }
}

@Suite("A report's letter")
struct ReportLetterTests {
    @Test("says figures and rows, with persons' names shortened")
    func letter() throws {
        let definition = try ExchangeReport.definition()
        let letter = try ReportLetter(
            definition, ExchangeReport.document(), file: .init(attached: ["a.xlsx"]),
            resources: ExchangeReport.resources)

        #expect(letter.subject == "Обмен: январь 2024")
        try expectApproved(letter.text, "exchange.ru.letter.txt")
        #expect(letter.text.contains("Светлова О. И."))
        #expect(!letter.text.contains("Ильинична"))
    }

    @Test(
        "is not written by a template that names something that there is not",
        arguments: [
            ("{{title}} {{figurs}}", 1, 11, "figurs"),
            ("{{#kinds}}\n  {{objekt}}{{/kinds}}", 2, 3, "objekt"),
            ("{{#figures}}{{label}}{{/figures}}{{label}}", 1, 34, "label"),
            ("{{texts.line}}", 1, 1, "texts.line"),
        ])
    func unknownName(template: String, line: Int, column: Int, name: String) throws {
        let folder = try TemporaryFolder()
        let source = SamplePlaces.fixtures.appending(path: "overrides")
        let copy = folder.url.appending(path: "overrides")
        try FileManager.default.copyItem(at: source, to: copy)
        let path = "templates/mail/exchange/ru/text.mustache"
        try Data(template.utf8).write(to: copy.appending(path: path))
        let resources = ReportResources(builtin: SamplePlaces.root, override: copy)

        let error = #expect(throws: ReportError.self) {
            _ = try ReportLetter(
                ExchangeReport.definition(),
                ExchangeReport.document { tables in
                    tables["trend"] = ReportTable(columns: ["day", "found", "resolved"])
                }, file: .init(), resources: resources)
        }

        #expect(
            error?.description.hasPrefix(
                "\(path):\(line):\(column): there is nothing called '\(name)'") == true,
            "\(String(describing: error))")
    }

    @Test("names every file that is attached", arguments: ReportLanguage.allCases)
    func files(language: ReportLanguage) throws {
        let definition = try ReportDefinition(
            report: "owner-digest", resources: SampleReport.resources)
        let document = try SampleTables.document("owner-digest", language)
        func letter(_ files: [String]) throws -> ReportLetter {
            try ReportLetter(
                definition, document,
                file: .init(attached: files, place: "/reports/2026-10"),
                resources: SampleReport.resources)
        }
        let (one, two) = (try letter(["a.xlsx"]), try letter(["a.csv", "b.csv"]))
        let isRussian = language == .russian

        #expect(
            one.text.contains(
                isRussian ? "в приложенном файле «a.xlsx»." : "in the attached file \"a.xlsx\"."))
        #expect(
            two.text.contains(
                isRussian
                    ? "в приложенных файлах a.csv, b.csv." : "in the attached files a.csv, b.csv."))
        #expect(two.html.contains("<b>a.csv, b.csv</b>"))
        #expect(two.text.contains(isRussian ? "Файлы с полными" : "The files with full"))
    }

    @Test("is left out when there is nothing to say")
    func skipped() throws {
        let definition = try ExchangeReport.definition()
        let empty = try ExchangeReport.data { tables in
            tables["kinds"] = ReportTable(columns: ExchangeReport.kinds.columns)
        }

        let full = try ExchangeReport.data()
        #expect(ReportLetter.isSkipped(definition, empty))
        #expect(!ReportLetter.isSkipped(definition, full))
    }

    @Test("has nothing to say when all tables are empty that its definition names for that")
    func empty() throws {
        let definition = try ExchangeReport.definition()
        let half = try ExchangeReport.data { tables in
            tables["kinds"] = ReportTable(columns: ExchangeReport.kinds.columns)
        }
        let empty = try ExchangeReport.data { tables in
            tables["kinds"] = ReportTable(columns: ExchangeReport.kinds.columns)
            tables["trend"] = nil
        }

        #expect(!ReportLetter.isEmpty(definition, half))
        #expect(ReportLetter.isEmpty(definition, empty))
        for name in ["monthly-management", "sync-report"] {
            let shipped = try ReportDefinition(
                report: name, resources: ReportResources(builtin: SamplePlaces.root))
            #expect(ReportLetter.isEmpty(shipped, empty), "\(name)")
        }
    }
}
