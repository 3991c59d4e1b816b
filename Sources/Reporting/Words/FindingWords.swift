internal import Records

/// What findings mean and what to do about them, in a report's words.
///
/// There are few different sentences and very many findings, so each is put together once.
struct FindingWords {
    private let words: Words
    private let titles: [Side: String]
    private var reasons: [Key: String] = [:]
    private var advice: [Key: String] = [:]

    private struct Key: Hashable {
        let kind: Finding.Kind
        let reason: String
        let side: Side?
    }

    init(_ words: Words, report: AuditReport) {
        self.words = words
        titles = [.left: report.left.title, .right: report.right.title]
    }

    /// What is wrong, in a sentence; the reason's key where the words have none for it.
    mutating func reason(_ finding: Finding) -> String {
        let key = Key(kind: finding.kind, reason: finding.reason, side: finding.side)
        if let known = reasons[key] { return known }
        let path = "reasons.\(finding.kind.rawValue).\(finding.reason)"
        let sentence = words.text(path, values(finding.side))
        reasons[key] = sentence
        return sentence
    }

    /// What a person should do.
    mutating func advice(_ finding: Finding) -> String {
        let key = Key(kind: finding.kind, reason: finding.reason, side: finding.side)
        if let known = advice[key] { return known }
        let path = "advice.\(finding.kind.rawValue).\(finding.reason)"
        let found = words.known(path) == nil ? "advice.\(finding.kind.rawValue).otherwise" : path
        let sentence = words.text(found, values(finding.side))
        advice[key] = sentence
        return sentence
    }

    /// Where it is to be mended.
    func side(_ side: Side?) -> String {
        side.flatMap { titles[$0] } ?? words["both_sides"]
    }

    private func values(_ side: Side?) -> [String: String] {
        [
            "left": titles[.left] ?? "", "right": titles[.right] ?? "",
            "side": self.side(side),
        ]
    }
}
