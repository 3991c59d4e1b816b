internal import Definitions
internal import Foundation

/// What a list of reports says of one.
public struct ReportSummary: Hashable, Sendable {
    /// The name of its folder.
    public let name: String
    /// The question that it answers, by language code.
    public let question: [String: String]
    /// What it covers.
    public let period: ReportDefinition.PeriodKind
    /// Whether the program draws it, and the definition only says how: the nightly audit.
    public let isDrawnByProgram: Bool

    /// Reads what a definition says of itself.
    ///
    /// - Parameters:
    ///   - report: The name of its folder in `reports`.
    ///   - resources: Where `reports` is.
    /// - Throws: ``ReportError`` with line and column.
    public init(report: String, resources: ReportResources) throws(ReportError) {
        let path = "reports/\(report)/report.yaml"
        let text = try resources.text(of: path)
        do {
            let root = try YAMLNode(parsing: text, file: path)
            name = try root.required("report").text()
            question = try ReportDefinition.question(of: root)
            period = try root.required("period").choice(of: ReportDefinition.PeriodKind.self)
            isDrawnByProgram = try root.optional("sheets") == nil
        } catch {
            throw ReportError(error)
        }
    }

    /// The names of all reports, a company's own included, in order.
    ///
    /// - Parameter resources: Where `reports` is.
    /// - Returns: The names of the folders.
    public static func names(resources: ReportResources) -> [String] {
        var names: Set<String> = []
        for folder in [resources.builtin, resources.override].compactMap(\.self) {
            let reports = folder.appending(path: "reports")
            let found = (try? FileManager.default.contentsOfDirectory(atPath: reports.path)) ?? []
            for name in found {
                let file = reports.appending(path: "\(name)/report.yaml")
                if FileManager.default.fileExists(atPath: file.path) { names.insert(name) }
            }
        }
        return names.sorted()
    }
}
