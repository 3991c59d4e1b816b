public import Records

/// What the program says in English, and what it doubts, in every language that people read: for what
/// is told outside of reports.
public struct SpokenMessages: Sendable {
    private let words: [Words]

    /// Reads the words of the nightly audit, which are those of doubts.
    ///
    /// - Parameter resources: Where words and `templates/messages` are.
    /// - Throws: ``ReportError`` with the place of what is not right.
    public init(resources: ReportResources) throws(ReportError) {
        var words: [Words] = []
        for language in ReportLanguage.allCases {
            words.append(
                try Words(report: "nightly-audit", language: language, resources: resources))
        }
        self.words = words
    }

    /// A message of the program; English where its sentence is not known.
    public func text(_ message: String) -> LocalizedText { text { $0.message(message) } }

    /// What speaks against a snapshot's completeness.
    public func text(_ doubts: [Certificate.Doubt]) -> LocalizedText {
        text { words in doubts.map(words.doubt).joined(separator: " ") }
    }

    private func text(_ say: (Words) -> String) -> LocalizedText {
        LocalizedText(
            Dictionary(words.map { ($0.language.rawValue, say($0)) }) { first, _ in first })
    }
}
