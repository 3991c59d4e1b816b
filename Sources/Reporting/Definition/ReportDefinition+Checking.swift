extension ReportDefinition {
    /// The statements that its tables are read by, each once.
    public var queries: [String] {
        var queries: [String] = []
        for table in data {
            if case .query(let name) = table.origin, !queries.contains(name) {
                queries.append(name)
            }
        }
        return queries
    }

    /// What is wrong with the words and the letter of a report.
    ///
    /// - Parameter resources: Where they are.
    /// - Returns: A line for each problem; empty when all is well.
    public func problems(in resources: ReportResources) -> [String] {
        var problems: [String] = []
        for language in ReportLanguage.allCases {
            do {
                let words = try Words(report: name, language: language, resources: resources)
                let missing = neededWords.filter { words.known($0) == nil }.sorted()
                problems += missing.map {
                    "reports/\(name)/words.\(language.rawValue).yaml: '\($0)' is missing"
                }
                guard mail != nil else { continue }
                _ = try MailTemplates(mail: name, language: language, resources: resources)
            } catch {
                problems.append(error.description)
            }
        }
        return problems
    }

    /// The keys without which a reader would meet a key instead of a word.
    private var neededWords: Set<String> {
        var keys: Set = ["title", "file_name"]
        for total in controlTotals { keys.insert("control_totals.\(total.name)") }
        for format in data.flatMap(\.columns.values) {
            if let empty = format.empty { keys.insert("texts.\(empty)") }
        }
        for sheet in sheets {
            keys.insert("sheets.\(sheet.title)")
            for block in sheet.blocks { keys.formUnion(block.neededWords) }
        }
        return keys
    }
}

extension Block {
    fileprivate var neededWords: Set<String> {
        switch self {
        case .text(let text): return Set(text.parts.map { "texts.\($0.words)" })
        case .figures(let block):
            return Set(block.figures.map { "figures.\($0.label)" })
                .union(block.title.map { ["texts.\($0)"] } ?? [])
        case .table(let block):
            let texts = [block.title, block.empty] + block.columns.map { $0.format?.empty }
            return Set(block.columns.map { "columns.\($0.title ?? $0.source)" })
                .union(texts.compactMap { $0.map { "texts.\($0)" } })
        case .chart(let chart):
            let series = chart.kind == .line || chart.kind == .column ? chart.values : []
            return Set(series.map { "columns.\($0)" }).union(["charts.\(chart.title)"])
        }
    }
}
