@testable import Alerting
import Foundation
import Records
import TestSupport
import Testing

@Suite("Letters about alerts")
struct LetterTests {
    @Test("are as approved", arguments: ["ru", "en"])
    func approved(_ language: String) throws {
        let words = try AlertWords(
            [
                String(
                    contentsOf: ProjectFolders.root.appending(
                        path: "templates/alerts/words/\(language).yaml"), encoding: .utf8)
            ],
            language: language, timeZone: moscow)
        let letter = AlertLetter(
            Self.message, details: Self.details, words: words, ceiling: 20)
        let text = ([letter.title, ""] + letter.lines).joined(separator: "\n") + "\n"
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Fixtures/letter.\(language).txt")
        if ProcessInfo.processInfo.environment["SVERKA_APPROVE"] == "1" {
            return try Data(text.utf8).write(to: file)
        }
        #expect(try text == String(contentsOf: file, encoding: .utf8))
    }

    @Test(
        "name the hour, the day, the night or the moment, never a day from midnight to midnight",
        arguments: [
            (AlertPeriod.hour, "26.11.2026 11:00 – 12:00: 50."), (.day, "26.11.2026: 50."),
            (.night, "26.11.2026, ночная сверка: 50."),
        ])
    func spans(_ period: AlertPeriod, _ line: String) throws {
        let words = try AlertWords(
            [
                String(
                    contentsOf: ProjectFolders.root.appending(
                        path: "templates/alerts/words/ru.yaml"), encoding: .utf8)
            ], language: "ru", timeZone: moscow)
        var rule = hourlyRule()
        rule.period = period
        let midnight = noon - 12 * hour
        var state = AlertState(rule: rule.name, labels: [:], at: noon)
        (state.phase, state.firedAt) = (.firing, noon)
        state.last = AlertMeasurement(
            value: 50, expected: 12, unusualTenths: 124,
            from: period == .hour ? noon - hour : midnight,
            to: period == .hour ? noon : midnight + 24 * hour)
        let letter = AlertLetter(
            AlertMessage(notices: [
                AlertNotice(state: state, rule: rule, occasion: .begins, repeatsAt: nil)
            ]), details: [:], words: words, ceiling: 20)

        #expect(letter.lines.first == line)
        #expect(!letter.lines.joined().contains("00:00"))
    }

    @Test("says that nothing was measured any more, where an alert ends for that")
    func lapsed() throws {
        let words = try AlertWords(
            [
                String(
                    contentsOf: ProjectFolders.root.appending(
                        path: "templates/alerts/words/en.yaml"), encoding: .utf8)
            ], language: "en", timeZone: moscow)
        let rule = hourlyRule()
        let machine = AlertMachine(rule)
        var state = AlertState(rule: rule.name, labels: [:], at: noon)
        _ = machine.take(verdict(true, hour: -1), &state, at: noon)
        _ = machine.lapse(&state, at: noon + 40 * hour)
        let letter = AlertLetter(
            AlertMessage(notices: [
                AlertNotice(state: state, rule: rule, occasion: .ends, repeatsAt: nil)
            ]), details: [:], words: words, ceiling: 20)
        #expect(
            letter.lines.last
                == "Began 2026-11-26 12:00. Nothing was measured since 2026-11-26 12:00: the alert "
                + "ends without having calmed down. See whether the integration runs and its journal "
                + "is read.")
    }

    private static var message: AlertMessage {
        let errors = hourlyRule()
        var begins = AlertState(rule: "errors", labels: [:], at: noon)
        _ = AlertMachine(errors).take(verdict(true, hour: -1, value: 84), &begins, at: noon)
        begins.told.isHeldBack = true
        let money = AlertRule(
            name: "money-at-risk",
            title: LocalizedText(["ru": "Деньги под угрозой", "en": "Money at stake"]),
            advice: LocalizedText(["ru": "Начните с примеров.", "en": "Begin with the examples."]),
            measure: .moneyAtRisk, period: .night, groupBy: ["currency"],
            condition: .spike(SpikeTest()))
        var goesOn = AlertState(
            rule: "money-at-risk", labels: ["currency": "RUB"], at: noon - 48 * hour)
        goesOn.phase = .firing
        goesOn.firedAt = noon - 48 * hour
        goesOn.last = AlertMeasurement(
            value: 123_456_700, expected: 41_000_000, unusualTenths: 71, from: noon - 12 * hour,
            to: noon + 12 * hour)
        goesOn.worst = AlertMeasurement(
            value: 200_000_000, expected: 41_000_000, unusualTenths: 140, from: noon - 36 * hour,
            to: noon - 12 * hour)
        let source = AlertRule(
            name: "collector-failed",
            title: LocalizedText(["ru": "Источник не прочитан", "en": "Source not read"]),
            advice: LocalizedText(["ru": "", "en": ""]), measure: .collectorFailures,
            period: .moment, groupBy: ["source", "entity"], condition: .atLeast(1))
        var ends = AlertState(
            rule: "collector-failed", labels: ["source": "crm", "entity": "order"], at: noon)
        ends.phase = .resolved
        ends.firedAt = noon - 24 * hour
        return AlertMessage(notices: [
            AlertNotice(
                state: begins, rule: errors, occasion: .begins, repeatsAt: noon + 4 * hour),
            AlertNotice(
                state: goesOn, rule: money, occasion: .goesOn, repeatsAt: noon + 96 * hour),
            AlertNotice(state: ends, rule: source, occasion: .ends, repeatsAt: nil),
        ])
    }

    private static var details: [[String]: AlertDetails] {
        let timeout = LocalizedText(["ru": "Превышено время ожидания", "en": "Timeout"])
        let order = LocalizedText(["ru": "Заказ", "en": "Order"])
        return [
            ["errors", ""]: AlertDetails(
                causes: [
                    .init(title: timeout, count: 60, money: Money(minorUnits: 12_345_600)),
                    .init(
                        title: LocalizedText(["en": "element # not found"]), count: 1_024,
                        money: nil),
                ],
                examples: [
                    .init(
                        object: "order", title: order, ids: ["УТ-000123"], error: timeout,
                        at: noon - 600, link: "https://portal.example.ru/crm/deal/details/17/"),
                    .init(object: "warranty", title: order, ids: ["5"], at: noon - 900),
                ]),
            ["money-at-risk", "currency=RUB"]: AlertDetails(
                causes: [
                    .init(
                        title: LocalizedText(["ru": "Заказ, Сумма", "en": "Order, Amount"]),
                        kind: "mismatch", count: 17, money: Money(minorUnits: 98_000_000))
                ],
                examples: [
                    .init(
                        object: "order", title: order, ids: ["УТ-000777", "42"], number: 815,
                        kind: "mismatch", money: Money(minorUnits: 50_000_000))
                ]),
        ]
    }
}
