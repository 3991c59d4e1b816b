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
        for entity in report.collected {
            let title = entity.definition.title[report.language.rawValue]
            for snapshot in entity.snapshots where !snapshot.snapshot.certificate.isCertified {
                let doubts = snapshot.snapshot.certificate.doubts.map(words.doubt)
                texts.append(
                    words.text(
                        "warnings.uncertified_collected",
                        [
                            "source": snapshot.source.title, "entity": title,
                            "doubts": doubts.joined(separator: " "),
                        ]))
            }
        }
        for failure in report.failures {
            texts.append(
                words.text(
                    failure.source.isEmpty ? "warnings.kept_nowhere" : "warnings.not_read",
                    [
                        "source": failure.source,
                        "entity": failure.entity[report.language.rawValue],
                        "message": words.message(failure.message),
                    ]))
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
