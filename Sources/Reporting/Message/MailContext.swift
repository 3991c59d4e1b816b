internal import Foundation
internal import Records

/// What the mail's templates may show.
///
/// Everything is worded here; templates choose and arrange.
struct MailContext {
    private let report: AuditReport
    private let words: Words
    private let totals: [ControlTotal]
    private let limit: Int
    /// Shortens personal data; `nil` where the reader may see them.
    private let masking: AuditMasking?
    private let fields: [EntityName: [FieldName: FieldDefinition]]
    private var entities: [EntityName: LocalizedText] = [:]
    private var sentences: FindingWords

    init(
        report: AuditReport, words: Words, definition: AuditDefinition, totals: [ControlTotal],
        limit: Int
    ) {
        self.report = report
        self.words = words
        self.totals = totals
        self.limit = limit
        masking = definition.masksPersonalData ? AuditMasking(report) : nil
        fields = report.fieldsByEntity
        for entity in report.entities { entities[entity.definition.name] = entity.definition.title }
        sentences = FindingWords(words, report: report)
    }

    /// The names in the rows of each list, so that a misspelt one is seen in a list that is empty, too.
    static let rowNames: [String: Set<String>] = [
        "warnings": ["text"],
        "severities": compared.union(Finding.Severity.allCases.map { "is_\($0.rawValue)" }),
        "kinds": compared.union(["cost"]),
        "sources": ["source", "entity", "records", "linked", "certified"],
        "worst": [
            "title", "entity", "has_entity", "kind", "severity", "is_error", "is_warning", "state",
            "is_new", "field", "has_field", "reason", "advice", "has_values", "left_value",
            "right_value", "since", "days", "has_at_stake", "at_stake", "has_left_address",
            "left_address", "has_right_address", "right_address",
        ],
    ]
    private static let compared: Set = [
        "title", "now", "before", "has_previous", "change", "worse", "better",
    ]

    /// The values by the names that templates use.
    mutating func values(name: String?, place: String?) -> [String: Any] {
        let (now, before) = (report.counts, report.previous)
        let minutes = report.costs.minutes(for: now)
        let worst = worstFindings()
        let claims = AuditClaims(report: report, words: words)
        let warnings = AuditWarnings(report: report, words: words, totals: totals).texts
        var values: [String: Any] = [
            "title": words.text(
                "title", ["left": report.left.title, "right": report.right.title]),
            "left": report.left.title, "right": report.right.title, "company": report.company,
            "has_company": !report.company.isEmpty,
            "run": String(report.runID.rawValue),
            "date": words.date(ClockReading(report.finishedAt, in: report.timeZone).date),
            "started": words.time(report.startedAt, in: report.timeZone),
            "finished": words.time(report.finishedAt, in: report.timeZone),
            "uncertified": !report.isCertified,
            "has_warnings": !warnings.isEmpty,
            "warnings": warnings.map { ["text": $0] },
            "clean": now.total == 0,
            "total": words.number(now.total),
            "total_words": words.count(now.total, "finding"),
            "total_change": before.map { words.change(now.total - $0.total) } ?? "",
            "has_previous": before != nil,
            "previous_time": report.previousRunAt.map { words.time($0, in: report.timeZone) } ?? "",
            "new": words.number(now.newCount), "reopened": words.number(now.reopenedCount),
            "resolved": words.number(now.resolvedCount),
            "accepted": words.number(now.acceptedCount),
            "has_cost": minutes > 0,
            "cost": words.money(report.costs.cost(ofMinutes: minutes)),
            "hours": words.hours(ofMinutes: minutes),
            "hour_cost": words.money(report.costs.hourlyCost),
            "severities": severities(), "kinds": kinds(), "sources": sources(),
            "worst": worst, "has_worst": !worst.isEmpty,
            "worst_count": words.count(worst.count, "finding"),
            "has_rest": now.total > worst.count,
            "rest_words": words.count(max(0, now.total - worst.count), "finding"),
        ]
        values["clean_words"] = claims.noFindings
        values["all_well"] = claims.isWell
        values["compared"] = !report.entities.isEmpty
        values["no_previous"] = claims.noPrevious
        values["workbook"] = name ?? ""
        values["has_workbook"] = name != nil
        values["place"] = place ?? ""
        values["has_place"] = place != nil
        values["masked"] = masking != nil
        values["address"] = report.webAddress ?? ""
        values["has_address"] = report.webAddress != nil
        return values
    }

    private func row(_ title: String, _ now: Int, _ before: Int?) -> [String: Any] {
        let difference = before.map { now - $0 } ?? 0
        return [
            "title": title, "now": words.number(now),
            "before": before.map(words.number) ?? "", "has_previous": before != nil,
            "change": before == nil ? "" : words.change(difference),
            "worse": difference > 0, "better": difference < 0,
        ]
    }

    private func severities() -> [[String: Any]] {
        Finding.Severity.allCases.sorted(by: >).map { severity in
            var row = row(
                words["severities.\(severity.rawValue)"],
                report.counts.bySeverity[severity] ?? 0,
                report.previous.map { $0.bySeverity[severity] ?? 0 })
            row["is_\(severity.rawValue)"] = true
            return row
        }
    }

    private func kinds() -> [[String: Any]] {
        Finding.Kind.listed.compactMap { kind in
            let now = report.counts.byKind[kind] ?? 0
            let before = report.previous.map { $0.byKind[kind] ?? 0 }
            guard now > 0 || (before ?? 0) > 0 else { return nil }
            var row = row(words["kinds.\(kind.rawValue).title"], now, before)
            let minutes = report.costs.minutes(of: kind, in: report.counts)
            row["cost"] = words.money(report.costs.cost(ofMinutes: minutes))
            return row
        }
    }

    private func sources() -> [[String: Any]] {
        report.entities.flatMap { entity in
            Side.allCases.map { side in
                let snapshot = entity[side]
                return [
                    "source": report[side].title,
                    "entity": entity.definition.title[report.language.rawValue],
                    "records": words.number(snapshot.recordCount),
                    "linked": words.number(snapshot.linkedCount),
                    "certified": snapshot.certificate.isCertified,
                ]
            }
        }
    }

    /// The findings that a person should look at first.
    private mutating func worstFindings() -> [[String: Any]] {
        var worst: [ReportedFinding] = []
        // A selection of ten out of a hundred thousand, without sorting them all.
        for reported in report.findings where reported.stands && limit > 0 {
            if worst.count == limit, let last = worst.last,
                !ReportedFinding.comesBefore(reported, last)
            {
                continue
            }
            let place =
                worst.firstIndex { ReportedFinding.comesBefore(reported, $0) } ?? worst.count
            worst.insert(reported, at: place)
            if worst.count > limit { worst.removeLast() }
        }
        var rows: [[String: Any]] = []
        for reported in worst { rows.append(row(of: reported)) }
        return rows
    }

    private mutating func row(of original: ReportedFinding) -> [String: Any] {
        let reported = masking?.masked(original) ?? original
        let finding = reported.finding
        let field = finding.field.flatMap { fields[finding.entity]?[$0] }
        let left = finding.leftValue.map { cut(words.shown($0, field?.type), 60) }
        let right = finding.rightValue.map { cut(words.shown($0, field?.type), 60) }
        let leftAddress = webAddress(reported.leftAddresses)
        let rightAddress = webAddress(reported.rightAddresses)
        return [
            "title": cut(finding.title, 90),
            "entity": entities[finding.entity]?[report.language.rawValue] ?? "",
            "has_entity": entities.count > 1,
            "kind": words["kinds.\(finding.kind.rawValue).title"],
            "severity": words["severities.\(finding.severity.rawValue)"],
            "is_error": finding.severity == .error, "is_warning": finding.severity == .warning,
            "state": words["states.\(reported.state.rawValue)"],
            "is_new": reported.state != .open,
            "field": field?.title[report.language.rawValue] ?? finding.field?.rawValue ?? "",
            "has_field": finding.field != nil,
            "reason": sentences.reason(finding), "advice": sentences.advice(finding),
            "has_values": left != nil || right != nil,
            "left_value": left ?? words["none"], "right_value": right ?? words["none"],
            "since": words.date(reported.firstSeenOn),
            "days": words.count(reported.daysOpen, "day"),
            "has_at_stake": finding.atStake != nil,
            "at_stake": finding.atStake.map(words.money) ?? "",
            "has_left_address": leftAddress != nil, "left_address": leftAddress ?? "",
            "has_right_address": rightAddress != nil, "right_address": rightAddress ?? "",
        ]
    }

    /// An address that a mail may link to; others could run something in the reader's program.
    private func webAddress(_ addresses: [String?]) -> String? {
        guard let address = addresses.first.flatMap({ $0 }),
            address.hasPrefix("https://") || address.hasPrefix("http://"),
            address.utf8.count <= 1000
        else { return nil }
        return address
    }

    private func cut(_ text: String, _ length: Int) -> String {
        OneLine.text(text, lengthMax: length)
    }
}
