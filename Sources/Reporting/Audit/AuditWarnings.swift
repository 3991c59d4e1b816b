internal import Records

/// What a reader must know before the numbers: snapshots that are not whole, totals that differ.
struct AuditWarnings {
    let texts: [String]

    init(report: AuditReport, words: Words, totals: [ControlTotal]) {
        var texts: [String] = []
        for entity in report.entities {
            for side in Side.allCases where !entity[side].certificate.isCertified {
                let doubts = entity[side].certificate.doubts.map(words.doubt)
                texts.append(
                    words.text(
                        "warnings.uncertified",
                        [
                            "source": report[side].title,
                            "entity": entity.definition.title[report.language.rawValue],
                            "doubts": doubts.joined(separator: " "),
                        ]))
            }
        }
        for total in totals where !total.agrees {
            texts.append(
                words.text(
                    "warnings.control_total",
                    [
                        "control": words["control_totals.\(total.name)"],
                        "subject": total.subject, "expected": words.number(total.expected),
                        "actual": words.number(total.actual),
                    ]))
        }
        self.texts = texts
    }
}
