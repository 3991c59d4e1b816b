internal import Records

/// What a nightly audit says of the night as a whole: no more than what was read allows.
struct AuditClaims {
    /// How it was read, the first step of the method.
    let reading: String
    /// What it means that there is no finding to mend.
    let noFindings: String
    /// Whether that means that both systems say the same.
    let isWell: Bool
    /// What it means that no link is broken.
    let noBrokenLinks: String
    /// Why there is no earlier night to compare with.
    let noPrevious: String

    init(report: AuditReport, words: Words) {
        let doubtful = report.doubtfulEntities
        let accepted = report.counts.acceptedCount
        let links = report.entities.reduce(0) { $0 + ($1.linkCounts[.explicitID] ?? 0) }
        let values = [
            "count": words.number(doubtful.count), "entities": doubtful.joined(separator: ", "),
            "accepted": words.number(accepted), "links": words.number(links),
        ]
        let isCompared = !report.entities.isEmpty
        isWell = isCompared && doubtful.isEmpty && accepted == 0
        let meaning: String
        if !isCompared {
            meaning = "nothing_compared"
        } else if !doubtful.isEmpty {
            meaning = "all_well_doubtful"
        } else {
            meaning = accepted > 0 ? "all_well_accepted" : "all_well"
        }
        noFindings = words.text(meaning, values)
        reading = words.text(
            doubtful.isEmpty ? "method.step_1" : "method.step_1_doubtful", values)
        noBrokenLinks = words.text(
            doubtful.isEmpty ? "links_are_well" : "links_are_well_doubtful", values)
        noPrevious = words[isCompared ? "first_run" : "nothing_to_compare"]
    }
}

extension AuditReport {
    /// What was not read whole, or not at all: entities by their names in the report's language, each
    /// once; empty exactly when ``isCertified``.
    var doubtfulEntities: [String] {
        let unwhole = entities.filter { entity in
            Side.allCases.contains { !entity[$0].certificate.isCertified }
        }
        let unwholeCollected = collected.filter { entity in
            entity.snapshots.contains { !$0.snapshot.certificate.isCertified }
        }
        let titles =
            unwhole.map(\.definition.title) + unwholeCollected.map(\.definition.title)
            + failures.map(\.entity)
        var names: [String] = []
        for title in titles {
            let name = title[language.rawValue]
            if !names.contains(name) { names.append(name) }
        }
        return names
    }
}
