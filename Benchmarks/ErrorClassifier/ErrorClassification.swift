import Definitions
import Foundation
import Journal
import Resources

/// Times the classification of the journal's errors: a million lines of seven kinds of message, each
/// with other numbers, ids and names, on one core.
///
///     classifier-benchmark [LINES]
@main
struct ErrorClassification {
    /// Messages as 1C, Bitrix24 and an integration write them; the last is known to no rule.
    private static let messages: [(code: String, text: @Sendable (Int) -> String)] = [
        ("", { "Контрагент с ИНН \(7_700_000_000 + $0) не найден в базе" }),
        ("QUERY_LIMIT_EXCEEDED", { _ in "Too many requests" }),
        ("", { "Поле \"ИНН\" контрагента 00-\(100_000 + $0) (ООО «Ромашка \($0)») не заполнено" }),
        ("-1", { "Конфликт блокировок при выполнении транзакции: ожидание \($0) с" }),
        (
            "",
            { "POST https://a.bitrix24.ru/rest/1/abc\($0)/crm.deal.add timed out after \($0) ms" }
        ),
        (
            "9",
            { "Экземпляр сущности \"Заказ\($0)\" не найден по ключу 5f2b3c4d-0000-11ee-abcd-\($0)" }
        ),
        ("", { "Странный сбой узла \($0) при обработке пакета \($0 * 7)" }),
    ]

    static func main() throws {
        let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1_000_000
        let types = try ErrorTypesFile.read(
            Resources.directory.appending(path: "templates/journal/error-types.yaml"))
        let lines = (0..<min(count, 200_000)).map { number in
            let message = messages[number % messages.count]
            return (code: Array(message.code.utf8), text: Array(message.text(number).utf8))
        }
        var classifier = ErrorClassifier(types)
        var seconds: [Double] = []
        var unknown = 0
        for _ in 0..<5 {
            let start = Self.processorSeconds()
            unknown = 0
            for number in 0..<count {
                let line = lines[number % lines.count]
                let answer = line.code.withUnsafeBufferPointer { code in
                    line.text.withUnsafeBufferPointer { text in
                        classifier.classify(code: code, message: text)
                    }
                }
                if answer.type == "unknown" { unknown += 1 }
            }
            seconds.append(Self.processorSeconds() - start)
        }
        let median = seconds.sorted()[2]
        print("\(count) lines, \(unknown) of them unknown, medians of 5 on one core")
        print(String(format: "%.2f processor seconds, ", median), terminator: "")
        print("\(Int(Double(count) / median)) lines a second")
    }

    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
