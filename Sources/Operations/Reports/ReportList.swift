internal import Reporting

/// The reports that there are, a company's own included, with the question that each answers.
public struct ReportList: Sendable {
    /// One report.
    public struct Entry: Hashable, Sendable {
        /// Its name.
        public var name: String
        /// The question that it answers.
        public var question: String
        /// What it covers: `month`, `run`.
        public var period: String
    }

    /// The reports by name.
    public private(set) var reports: [Entry] = []
    /// Definitions that cannot be read, with line and column.
    public private(set) var problems: [String] = []

    /// Looks into the folders.
    ///
    /// - Parameters:
    ///   - folders: Where `reports` is.
    ///   - company: Whose language is taken where none is named; `nil` for English.
    ///   - language: The language of the questions: `ru`, `en`.
    public init(
        _ folders: ResourceFolders, of company: Configuration.Company? = nil,
        language: String? = nil
    ) {
        let language = language ?? company?.language.rawValue ?? "en"
        let resources = ReportResources(
            builtin: folders.builtIn, override: folders.folders.first { $0 != folders.builtIn })
        for name in ReportSummary.names(resources: resources) {
            do {
                let summary = try ReportSummary(report: name, resources: resources)
                reports.append(
                    Entry(
                        name: name,
                        question: summary.question[language] ?? summary.question["en"] ?? "",
                        period: summary.period.rawValue))
            } catch {
                problems.append(error.description)
            }
        }
    }
}
