internal import Foundation
internal import Reporting
internal import Storage

/// Makes a report of the last period that is over, without writing it, to see whether its queries have
/// the columns that its sheets, words and letters name.
struct ReportTrial {
    private let job: ReportJob
    private let definition: ReportDefinition

    init(_ job: ReportJob, _ definition: ReportDefinition) {
        self.job = job
        self.definition = definition
    }

    /// What is wrong, and what could not be looked at.
    ///
    /// - Parameters:
    ///   - store: The database.
    ///   - layingOut: Whether sheets and letters are tried too; not when words are known to be missing.
    /// - Returns: A line for each problem, and for what was left out.
    /// - Throws: `PostgresError`.
    func run(
        _ store: Store, layingOut: Bool
    ) async throws -> (problems: [String], remarks: [String]) {
        let data: ReportData
        do {
            data = try await job.gather(definition, ReportJob.Order(definition.name), store)
        } catch let error as ConfigurationError {
            return ([], ["columns were not compared: \(error.description)"])
        } catch let error as ReportError {
            return ([error.description], [])
        }
        let problems = try definition.columnProblems(in: data, resources: job.reportResources)
        guard problems.isEmpty, layingOut else { return (problems, []) }
        return try layOut(data)
    }

    private func layOut(_ data: ReportData) throws -> (problems: [String], remarks: [String]) {
        var problems: [String] = []
        for language in ReportLanguage.allCases {
            do throws(ReportError) {
                let document = try ReportDocument(
                    definition, data.written(in: language), resources: job.reportResources)
                guard definition.isMailed else { continue }
                _ = try ReportLetter(
                    definition, document, file: ReportLetter.File(),
                    resources: job.reportResources)
            } catch .controlTotalsDiffer(_, let names) {
                // Of the numbers, not of the definition.
                return (
                    problems,
                    ["control totals of the last period: " + names.joined(separator: "; ")]
                )
            } catch {
                problems.append(error.description)
            }
        }
        return (problems, [])
    }
}
