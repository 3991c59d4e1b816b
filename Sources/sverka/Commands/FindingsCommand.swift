import ArgumentParser
import Foundation
import Operations
import Records
import Storage

struct FindingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "findings",
        abstract: "Lists what is wrong, as of the last run.",
        discussion: """
            EXAMPLES
              sverka findings
              sverka findings --kind mismatch --since 2026-11-01
              sverka findings --format csv > findings.csv
              sverka findings --state resolved --format json

            CSV is for a spreadsheet: an apostrophe stands before a value that it would take for a
            formula. For a program, take JSON.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, csv, json }

    @OptionGroup var options: ConfigurationOption

    @Option(
        name: .long,
        help: "Only this kind: \(Finding.Kind.allCases.map(\.rawValue).joined(separator: ", ")).")
    var kind: [String] = []

    @Option(
        name: .long,
        help: "Only in this state: new, open, accepted, resolved, reopened (default: what stands).")
    var state: [String] = []

    @Option(name: .long, help: "Only of this entity.")
    var entity: String?

    @Option(
        name: .long,
        help: "Only what changed on this day or later, YYYY-MM-DD; what was resolved, with --state."
    )
    var since: String?

    @Option(name: .long, help: "How to write them: table, csv, json.")
    var format = Format.table

    @Option(name: .long, help: "How many at most.")
    var limit = 100_000

    func run() async throws {
        let configuration = try options.read()
        let filter = FindingFilter(
            entity: entity.map { EntityName($0) },
            kinds: try Set(kind.map { try Self.value($0, "--kind", of: Finding.Kind.self) }),
            states: state.isEmpty
                ? [.new, .open, .reopened]
                : try Set(state.map { try Self.value($0, "--state", of: FindingState.self) }),
            since: try since.map { try Self.day($0, in: configuration.company.timeZone) },
            limit: limit)
        let findings = try await StoredAudits(
            configuration, resources: ResourceFolders(overrides: configuration.overrides)
        ).findings(filter)
        let list = FindingList(findings, time: LocalTime(configuration))
        switch format {
        case .table: list.printTable()
        case .csv: list.printCSV()
        case .json: try list.printJSON()
        }
        StandardError.say(
            findings.count < limit
                ? "\(findings.count) findings"
                : "the first \(findings.count) findings; --limit shows more")
    }

    private static func value<Value: RawRepresentable & CaseIterable>(
        _ text: String, _ option: String, of type: Value.Type
    ) throws -> Value where Value.RawValue == String {
        guard let value = Value(rawValue: text) else {
            let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("\(option) is one of: \(known)")
        }
        return value
    }

    /// The beginning of a day that is given as `--since`.
    static func day(_ text: String, in zone: TimeZone) throws -> Date {
        guard let day = CalendarDate(text), day.description == text else {
            throw ValidationError("--since takes a day as YYYY-MM-DD, not '\(text)'")
        }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let parts = DateComponents(year: day.year, month: day.month, day: day.day)
        return calendar.date(from: parts) ?? .distantPast
    }
}
