internal import Records

extension NightlyAuditWorkbook {
    /// What is wrong with the words and the letter of the nightly audit.
    ///
    /// - Returns: A line for each problem; empty when all is well.
    public func problems() -> [String] {
        var problems: [String] = []
        for language in ReportLanguage.allCases {
            do {
                let words = try Words(
                    report: definition.name, language: language, resources: resources)
                let missing = neededWords.filter { words.known($0) == nil }.sorted()
                problems += missing.map {
                    "reports/\(definition.name)/words.\(language.rawValue).yaml: '\($0)' is missing"
                }
                _ = try NightlyAuditMail(resources: resources)
                    .letter(for: .nothing(language), workbookName: nil)
            } catch {
                problems.append(error.description)
            }
        }
        return problems
    }

    /// The keys of what the definition names, without which a reader would meet a key.
    private var neededWords: Set<String> {
        var keys: Set = ["title", "file_name", "subtitle"]
        for sheet in definition.layout.sheets {
            keys.insert(sheet == .owners ? "sheets.owner" : "sheets.\(sheet.rawValue)")
        }
        for column in definition.columns { keys.insert("columns.\(column.source.rawValue)") }
        for total in definition.controlTotals { keys.insert("control_totals.\(total.name)") }
        for kind in Finding.Kind.allCases { keys.insert("kinds.\(kind.rawValue).title") }
        for severity in Finding.Severity.allCases {
            keys.insert("severities.\(severity.rawValue)")
        }
        for doubt in ReviewPair.Doubt.allCases { keys.insert("review_doubts.\(doubt.rawValue)") }
        return keys
    }
}
