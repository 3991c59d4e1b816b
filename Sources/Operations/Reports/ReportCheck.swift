internal import Definitions
public import Foundation
internal import Records
internal import Reporting
internal import Storage

/// Looks a report through before anybody waits for it: definition, words, letter, queries, and whether
/// they fit together.
public struct ReportCheck: Sendable {
    /// What was found.
    public struct Outcome: Sendable {
        /// The report's name.
        public var name: String
        /// What is wrong, each with its file, line and column where there is one; empty when all is
        /// well.
        public var problems: [String]
        /// What was not looked at, and why.
        public var remarks: [String]
    }

    private let builtIn: URL
    private let configuration: Configuration?

    /// Makes a check.
    ///
    /// - Parameters:
    ///   - configuration: Says where the database is, to have it prepare the queries; `nil` to do
    ///     without.
    ///   - resources: The built-in words and templates, which a report stands on.
    public init(_ configuration: Configuration?, resources: ResourceFolders) {
        self.configuration = configuration
        builtIn = resources.builtIn
    }

    /// Checks a report.
    ///
    /// - Parameter folder: Its folder, `…/reports/NAME`.
    /// - Returns: What is wrong.
    /// - Throws: ``ConfigurationError`` when there is no such folder, or where no report is looked for.
    public func check(_ folder: URL) async throws -> Outcome {
        let file = folder.appending(path: "report.yaml")
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw ConfigurationError("\(file.path) is not there; name the folder of a report")
        }
        let name = folder.standardizedFileURL.lastPathComponent
        guard folder.standardizedFileURL.deletingLastPathComponent().lastPathComponent == "reports"
        else {
            throw ConfigurationError(
                "\(folder.path) is no place of a report: it is looked for in a folder 'reports', as "
                    + "overrides/reports/\(name). Move it there, and check it there")
        }
        // A folder …/reports/NAME stands beside …/sql and …/templates of its own.
        let overrides = folder.standardizedFileURL.deletingLastPathComponent()
            .deletingLastPathComponent()
        let resources = ReportResources(builtin: builtIn, override: overrides)
        var outcome = Outcome(name: name, problems: [], remarks: [])
        do {
            let summary = try ReportSummary(report: name, resources: resources)
            guard !summary.isDrawnByProgram else {
                outcome.problems += try NightlyAuditWorkbook(resources: resources).problems()
                outcome.remarks.append(
                    "the program draws it; its definition, its words and its letter were checked")
                return outcome
            }
            let definition = try ReportDefinition(report: name, resources: resources)
            outcome.problems += definition.problems(in: resources)
            try await checkQueries(definition, overrides, &outcome)
        } catch let error as ReportError {
            outcome.problems.append(error.description)
        }
        return outcome
    }

    private func checkQueries(
        _ definition: ReportDefinition, _ overrides: URL, _ outcome: inout Outcome
    ) async throws {
        let folders = ResourceFolders(overrides: overrides)
        let missing = definition.queries.filter {
            (try? folders.file("sql/queries/\($0).sql")) == nil
        }
        outcome.problems += missing.map { "sql/queries/\($0).sql is not there" }
        guard let configuration else {
            outcome.remarks.append("queries were not checked: no configuration names a database")
            return
        }
        let queries = definition.queries.filter { !missing.contains($0) }
        let isSound = outcome.problems.isEmpty
        let found = try await DatabaseSession(configuration, resources: folders)
            .withStore(progress: SilentProgress()) {
                store -> (problems: [String], remarks: [String]) in
                var problems: [String] = []
                for query in queries {
                    // A statement that the server refuses ends its transaction; each has its own.
                    do {
                        try await store.withReportReader { try await $0.check(query) }
                    } catch {
                        problems.append("sql/queries/\(query).sql: \(error)")
                    }
                }
                guard problems.isEmpty else { return (problems, []) }
                var configuration = configuration
                configuration.overrides = overrides
                return try await ReportTrial(
                    ReportJob(configuration, resources: folders, progress: SilentProgress()),
                    definition
                ).run(store, layingOut: isSound)
            }
        outcome.problems += found.problems
        outcome.remarks += found.remarks
    }
}
