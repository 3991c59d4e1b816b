internal import Foundation
internal import Records

/// Puts one alert into words.
struct NoticeWriter {
    private let notice: AlertNotice
    private let words: AlertWords

    init(_ notice: AlertNotice, _ words: AlertWords) {
        self.notice = notice
        self.words = words
    }

    private var rule: AlertRule { notice.rule }
    private var state: AlertState { notice.state }
    private var measured: AlertMeasurement? {
        notice.isOver ? state.worst ?? state.last : state.last
    }

    var title: String {
        let expected = measured?.expected
        let isUsual = notice.occasion == .begins && expected != nil
        let form = isOccurrence ? "_plain" : isUsual ? "_usual" : ""
        return words.text(
            "title.\(notice.occasion.rawValue)" + (notice.occasion == .ends ? "" : form),
            [
                "title": rule.title[words.language], "where": place,
                "value": measured.map { value($0.value) } ?? "",
                "expected": expected.map(value) ?? "",
            ])
    }

    func lines(_ details: AlertDetails) -> [String] {
        var lines = measurement
        switch notice.occasion {
        case .begins, .goesOn:
            if let since = state.firedAt {
                lines.append(words.text("line.since", ["since": words.time(since)]))
            }
            if notice.occasion == .goesOn, let worst = state.worst,
                worst.value > state.last?.value ?? .min
            {
                lines.append(words.text("line.worst", span(worst)))
            }
            lines += causes(details) + examples(details)
            lines.append(words.text("line.advice", ["advice": rule.advice[words.language]]))
            if let at = notice.repeatsAt {
                lines.append(
                    words.text("line.repeats", ["at": words.time(at), "rule": rule.name]))
                lines.append(words.text("line.silence", ["rule": rule.name]))
            }
        case .ends, .passed:
            let isLapsed =
                rule.lapse.map { state.since.timeIntervalSince(state.judgedThrough) > $0 } ?? false
            lines.append(
                words.text(
                    isLapsed ? "line.lapsed" : "line.ended",
                    [
                        "since": words.time(state.firedAt ?? state.since),
                        "until": words.time(isLapsed ? state.judgedThrough : state.since),
                    ]))
        }
        return lines
    }

    /// Whether it is there or not, so that there is no number to tell.
    private var isOccurrence: Bool {
        switch rule.measure {
        case .collectorFailures, .uncertifiedSnapshots, .failedRuns: true
        default: false
        }
    }

    /// The number, what is usual, and how unusual it is.
    private var measurement: [String] {
        guard let measured, !isOccurrence else { return [] }
        let line = words.text("line.measured", span(measured))
        switch rule.condition {
        case .atLeast(let limit):
            let isPlain = limit <= 1
            return [
                isPlain ? line : line + " " + words.text("line.limit", ["limit": limitText(limit)])
            ]
        case .spike(let test):
            guard let expected = measured.expected, let unusual = measured.unusualTenths else {
                return [line]
            }
            // Ratios of amounts are shown in tenths and exact enough by whole numbers.
            let ratio = expected > 0 ? Self.tenths(measured.value, expected) : 0
            return [
                line,
                words.text(
                    expected > 0 ? "line.usual" : "line.usual_zero",
                    [
                        "expected": value(expected), "ratio": words.tenths(ratio),
                        "unusual": words.tenths(unusual),
                        "limit": words.tenths(test.deviationTenths),
                    ]),
            ]
        }
    }

    private func causes(_ details: AlertDetails) -> [String] {
        let causes = details.causes.prefix(AlertLetter.causeCount)
        guard !causes.isEmpty else { return [] }
        let lines = causes.enumerated().map { index, cause in
            let kind = cause.kind.map { ": " + words["kinds.\($0)"] } ?? ""
            return words.text(
                cause.count == nil ? "line.reason" : "line.cause",
                [
                    "number": String(index + 1), "text": cause.title[words.language] + kind,
                    "count": cause.count.map { words.number($0) } ?? "",
                    "money": money(cause.money),
                ])
        }
        // Examples end with an empty line of their own.
        return ["", words["line.causes"]] + lines + (details.examples.isEmpty ? [""] : [])
    }

    private func examples(_ details: AlertDetails) -> [String] {
        let examples = details.examples.prefix(AlertLetter.exampleCount)
        guard !examples.isEmpty else { return [] }
        return ["", words["line.examples"]]
            + examples.map { example in
                words.text(
                    "line.example",
                    [
                        "text": text(example), "money": money(example.money),
                        "link": example.link.map { words.text("link", ["address": $0]) } ?? "",
                    ])
            } + [""]
    }

    private func text(_ example: AlertDetails.Example) -> String {
        let key = "objects.\(example.object)"
        let object = words.keys.contains(key) ? words[key] : example.title[words.language]
        var values = ["object": object, "ids": example.ids.joined(separator: ", ")]
        guard let number = example.number else {
            values["kind"] = example.error?[words.language] ?? words["unknown_error"]
            values["time"] = example.at.map(words.time) ?? ""
            return words.text("example.operation", values)
        }
        values["number"] = String(number)
        values["kind"] = words["kinds.\(example.kind)"]
        return words.text("example.finding", values)
    }

    private func money(_ money: Money?) -> String {
        guard let money, money.minorUnits != 0 else { return "" }
        return words.text(
            "money", ["money": words.money(money.minorUnits, money.currency)])
    }

    private func span(_ measured: AlertMeasurement) -> [String: String] {
        // A day is named, not told from midnight to midnight.
        let form =
            switch rule.period {
            case .minute, .hour: "span.clock"
            case .day: "span.day"
            case .night: "span.night"
            case .moment: "span.moment"
            }
        let span = words.text(
            form,
            [
                "from": words.time(measured.from), "day": words.day(measured.from),
                "to": measured.from == measured.to
                    ? words.time(measured.to) : words.time(measured.to, after: measured.from),
            ])
        return ["span": span, "value": value(measured.value)]
    }

    /// The labels of the alert, in the words of people where there are any.
    private var place: String {
        guard !state.labels.isEmpty else { return "" }
        let texts = state.labels.sorted { $0.key < $1.key }.compactMap { name, value -> String? in
            let group =
                switch name {
                case "entity", "object_kind": "objects"
                case "kind": "kinds"
                case "job": "jobs"
                case "channel": "channels"
                case "currency": "currencies"
                default: ""
                }
            let text = words.keys.contains("\(group).\(value)") ? words["\(group).\(value)"] : value
            return text.isEmpty ? nil : words.text("label", ["name": name, "value": text])
        }
        return texts.isEmpty
            ? "" : words.text("where", ["labels": texts.joined(separator: ", ")])
    }

    private func value(_ value: Int64) -> String {
        switch rule.measure {
        case .journalErrorRate:
            words.text("value.share", ["number": words.tenths(value / 1_000)])
        case .moneyAtRisk: words.money(value, state.labels["currency"] ?? "RUB")
        case .lateRuns: words.text("value.minutes", ["number": words.number(value)])
        default: words.text("value.count", ["number": words.number(value)])
        }
    }

    /// A limit, which is no lateness itself.
    private func limitText(_ limit: Int64) -> String {
        rule.measure == .lateRuns
            ? words.text("value.minutes_limit", ["number": words.number(limit)]) : value(limit)
    }

    private static func tenths(_ value: Int64, _ divisor: Int64) -> Int64 {
        let (product, isTooBig) = value.multipliedReportingOverflow(by: 10)
        return isTooBig ? value / divisor * 10 : product / divisor
    }
}
