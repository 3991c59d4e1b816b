import Foundation
import TestSupport
import Testing

@testable import Reporting

@Suite("Messages of the program")
struct MessageCatalogTests {
    private let catalog: MessageCatalog

    init() throws {
        catalog = try MessageCatalog(
            language: .russian, resources: ReportResources(builtin: ProjectFolders.root))
    }

    @Test(
        "are told in the reader's language, whatever of the systems they quote",
        arguments: [
            (
                "Сверка.xlsx was not written: the disk is full (rows could not be kept in the "
                    + "temporary folder); free some space and start again",
                "Сверка.xlsx не записан: диск заполнен (строки не поместились во временную "
                    + "папку); освободите место и запустите ещё раз"
            ),
            (
                "b24.example.ru refused crm.company.list (ACCESS_DENIED: No access. Ask. (x)). "
                    + "The portal's plan or the owner's rights do not allow it. Tried 3 times.",
                "b24.example.ru отказал в crm.company.list (ACCESS_DENIED: No access. Ask. (x)). "
                    + "Этого не позволяет тариф портала или права владельца. Попыток: 3."
            ),
            (
                "crm.company.list of b24.example.ru: no answer in time. Check that the address is "
                    + "reachable from this machine. Shown as of 2026-11-23T02:00:07Z.",
                "crm.company.list of b24.example.ru: ответ не пришёл вовремя. Проверьте, что адрес "
                    + "доступен с этой машины. Показано по состоянию на 23.11.2026 02:00 UTC."
            ),
            (
                "1c: it could not be read: the disk is full (quota); free some space and start again",
                "1c: не удалось прочитать: диск заполнен (quota); освободите место и запустите ещё раз"
            ),
            (
                "Catalog_Контрагенты: it had 5 rows before and 7 after",
                "Catalog_Контрагенты: до чтения было строк 5, после стало 7"
            ),
            ("changes only: import0_1.xml", "только изменения: import0_1.xml"),
            (
                "2 records were left out because another one before them has the same id ('7', for "
                    + "one). Give each record an id of its own",
                "пропущено записей с кодом, который уже был у другой записи: 2 (один из таких "
                    + "кодов: «7»). Дайте каждой записи свой код"
            ),
            (
                "b24.example.ru has not granted sale.payment.list: crm.item.payment.list was read "
                    + "instead.",
                "b24.example.ru не дал права на sale.payment.list: вместо него прочитано "
                    + "crm.item.payment.list."
            ),
            (
                "b24.example.ru gives in another way than asked crm.orderentity.list: "
                    + "crm.item.payment.list was read instead.",
                "b24.example.ru отдаёт crm.orderentity.list не так, как его просят: вместо него "
                    + "прочитано crm.item.payment.list."
            ),
            (
                "srv/base is read by another process of this machine; waited 1860 s for its turn. "
                    + "Run again when that one is done; 'requests_at_once' allows more than one "
                    + "request at a time.",
                "srv/base читает другой процесс этой машины; очереди ждали 1860 с. Запустите ещё "
                    + "раз, когда он закончит; 'requests_at_once' разрешает больше одного запроса "
                    + "сразу."
            ),
            (
                "Nobody translated this one. Run later.",
                "Nobody translated this one. Запустите позже."
            ),
            (
                "Бухгалтерия does not publish Document_Счет (59 sets are published). Tick it in the "
                    + "infobase's OData settings, or mend the mapping. Shown as of "
                    + "2026-11-23T02:00:07Z.",
                "Бухгалтерия не публикует Document_Счет (опубликовано наборов: 59). Отметьте его в "
                    + "настройках OData базы или исправьте сопоставление. Показано по состоянию на "
                    + "23.11.2026 02:00 UTC."
            ),
            (
                "Сверка 1. Январь.xlsx was not written: no answer in time",
                "Сверка 1. Январь.xlsx не записан: ответ не пришёл вовремя"
            ),
            ("1c: nobody translated this", "1c: nobody translated this"),
            ("", ""),
        ])
    func translated(message: String, russian: String) {
        #expect(catalog.translated(message) == russian)
    }

    @Test("stay as they are in English")
    func english() throws {
        let english = try MessageCatalog(
            language: .english, resources: ReportResources(builtin: ProjectFolders.root))
        let message = "no answer in time"

        #expect(english.translated(message) == message)
    }

    @Test("that are translated are those that the program has")
    func written() throws {
        // Texts are broken over lines, and hold expressions where a sentence has names.
        let sources = try FileManager.default.subpathsOfDirectory(
            atPath: ProjectFolders.root.appending(path: "Sources").path
        ).filter { $0.hasSuffix(".swift") }.map {
            try String(
                contentsOf: ProjectFolders.root.appending(path: "Sources/\($0)"), encoding: .utf8)
        }.joined().replacing(/"\s*\+\s*"/, with: "")
        for pattern in catalog.patterns {
            for literal in pattern.literals where literal.count > 3 {
                // What stands before is put together with it.
                let own = literal.trimmingPrefix(/\ (?:and|with) (?=an? |broken )/)
                #expect(sources.contains(own), "\(pattern.text): \(literal)")
            }
        }
    }

    @Test("say the same after one another as alone, whatever names they end with")
    func paired() throws {
        let all = catalog.patterns.map { told($0) }
        for (message, russian) in all {
            #expect(catalog.translated(message) == russian)
        }
        // A tenth of all pairs, in which each is met as the first and as the second.
        for (place, first) in all.enumerated() {
            for other in stride(from: place % 10, to: all.count, by: 10) {
                let second = all[other]
                // Others never begin a sentence.
                guard second.message.first?.isUppercase == true || second.message.first == "'"
                else { continue }
                #expect(
                    catalog.translated("\(first.message) \(second.message)")
                        == "\(first.russian) \(second.russian)")
            }
        }
    }

    /// A message as the program may say it, and what a reader is told.
    private func told(_ pattern: MessagePattern) -> (message: String, russian: String) {
        func filled(_ text: String, _ special: [String: String]) -> String {
            Words.filled(text) { special[$0] ?? "Имя_\($0)" } + "."
        }
        let time = "2026-11-23T02:00:07Z"
        let shown = "23.11.2026 02:00 UTC"
        return (
            filled(pattern.text, ["message": "no answer in time", "time": time, "day": time]),
            filled(
                pattern.translation,
                ["message": "ответ не пришёл вовремя", "time": shown, "day": shown])
        )
    }

    @Test("have the same names in both languages")
    func names() throws {
        for pattern in catalog.patterns {
            let names = { (text: String) in
                Set(text.matches(of: /\{(\w+)\}/).map { String($0.output.1) })
            }
            #expect(names(pattern.text) == names(pattern.translation), "\(pattern.text)")
        }
    }
}
