internal import Definitions

/// Which sheets the nightly workbook has, and what stands on the first two, each in its order.
struct AuditLayout: Sendable {
    /// A sheet, or the sheets of owners.
    enum Sheet: String, CaseIterable, Sendable {
        case summary, compared, groups, findings, owners, links, review, duplicates, certificates,
            method
    }

    /// A part of the summary.
    enum SummaryPart: String, CaseIterable, Sendable {
        case brief
        case kinds = "by_kind"
        case severities = "by_severity"
        case sides = "by_side"
        case entities = "by_entity"
        /// The kinds once more, drawn; only beside their table.
        case chart
    }

    /// A part of the sheet of what was compared.
    enum ComparedPart: String, CaseIterable, Sendable {
        case sources, links, planted
        case totals = "control_totals"
    }

    let sheets: [Sheet]
    let summary: [SummaryPart]
    let compared: [ComparedPart]

    /// Reads `workbook`, `summary` and `compared` of a definition; what it does not say is everything.
    init(_ root: YAMLNode) throws(DefinitionError) {
        let workbook = try root.optional("workbook")
        sheets = try Self.parts(workbook)
        if let workbook, sheets.isEmpty {
            throw workbook.error("a workbook has one sheet at least")
        }
        summary = try Self.parts(root.optional("summary"))
        compared = try Self.parts(root.optional("compared"))
    }

    private static func parts<Part: RawRepresentable & CaseIterable & Equatable>(
        _ node: YAMLNode?
    ) throws(DefinitionError) -> [Part] where Part.RawValue == String {
        guard let node else { return Array(Part.allCases) }
        var parts: [Part] = []
        for item in try node.items() {
            let part = try item.choice(of: Part.self)
            guard !parts.contains(part) else {
                throw item.error("'\(part.rawValue)' is there twice")
            }
            parts.append(part)
        }
        return parts
    }
}
