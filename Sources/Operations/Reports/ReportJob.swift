internal import Collection
internal import Definitions
public import Foundation
public import Records
public import Reporting
internal import Storage

/// Makes one report on demand: gathers its tables, writes its file, and has it sent where asked.
public struct ReportJob: Sendable {
    /// What is asked for.
    public struct Order: Sendable {
        /// The report.
        public var name: String
        /// The period as a person writes it; `nil` for the last one that is over.
        public var period: String?
        /// The run, of reports on one; `nil` for the last.
        public var run: RunID?
        /// The language; `nil` for the company's.
        public var language: ReportLanguage?
        /// The form.
        public var format: ReportFormat
        /// Parameters with another value than the definition's.
        public var parameters: [String: String]
        /// Where it is written; `nil` for the data folder.
        public var file: URL?

        /// Makes an order of what was written on a command line.
        ///
        /// - Throws: ``ConfigurationError`` when there is no such language or form.
        public init(
            _ name: String, period: String? = nil, run: RunID? = nil, language: String? = nil,
            format: String, parameters: [String: String] = [:], file: URL? = nil
        ) throws {
            func choice<Choice: RawRepresentable & CaseIterable>(
                _ text: String
            ) throws -> Choice where Choice.RawValue == String {
                guard let choice = Choice(rawValue: text) else {
                    let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
                    throw ConfigurationError("'\(text)' is not one of: \(known)")
                }
                return choice
            }
            self.init(
                name, period: period, run: run,
                language: try language.map { try choice($0) as ReportLanguage },
                format: try choice(format) as ReportFormat, parameters: parameters, file: file)
        }

        /// Makes an order.
        public init(
            _ name: String, period: String? = nil, run: RunID? = nil,
            language: ReportLanguage? = nil, format: ReportFormat = .xlsx,
            parameters: [String: String] = [:], file: URL? = nil
        ) {
            self.name = name
            self.period = period
            self.run = run
            self.language = language
            self.format = format
            self.parameters = parameters
            self.file = file
        }
    }

    let configuration: Configuration
    let resources: ResourceFolders
    let progress: any ProgressDisplay
    let now: @Sendable () -> Date

    /// Makes the job.
    ///
    /// - Parameters:
    ///   - configuration: The company, its sources, its data folder.
    ///   - resources: Definitions, words, templates.
    ///   - progress: Told how far it has come.
    ///   - now: The time.
    public init(
        _ configuration: Configuration, resources: ResourceFolders,
        progress: any ProgressDisplay, now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.configuration = configuration
        self.resources = resources
        self.progress = progress
        self.now = now
    }

    var reportResources: ReportResources {
        ReportResources(builtin: resources.builtIn, override: configuration.overrides)
    }

    var engine: ReportEngine {
        ReportEngine(
            resources: reportResources,
            computations: ReportComputations(configuration, resources: resources).byName)
    }

    /// Makes a report and writes its file.
    ///
    /// - Parameter order: What is asked for.
    /// - Returns: The files that were written; several where it is written as texts.
    /// - Throws: `ReportError`, also when a query fails or control totals differ, and then there is no
    ///   file; ``ConfigurationError`` when the order does not fit the report.
    public func make(_ order: Order) async throws -> [URL] {
        let summary = try summary(of: order)
        guard !summary.isDrawnByProgram else { return try await kept(order) }
        let definition = try ReportDefinition(report: order.name, resources: reportResources)
        let data = try await DatabaseSession(configuration, resources: resources)
            .withStore(progress: progress) { store in
                try await gather(definition, order, store)
            }
        let document = try ReportDocument(definition, data, resources: reportResources)
        for warning in document.warnings { progress.warn(warning) }
        return try await ReportFile(document, format: order.format)
            .write(to: order.file ?? usualFile(of: document, order))
    }

    /// What the definition of the report that is ordered says of itself.
    ///
    /// - Throws: ``ConfigurationError`` when there is no such report; `ReportError`.
    func summary(of order: Order) throws -> ReportSummary {
        try requireReport(order.name)
        return try ReportSummary(report: order.name, resources: reportResources)
    }

    /// The tables of a report.
    func gather(
        _ definition: ReportDefinition, _ order: Order, _ store: Store
    ) async throws -> ReportData {
        let request = try await request(definition, order, store)
        let engine = engine
        return try await store.withReportReader { reader in
            try await engine.gather(definition, request, from: reader)
        }
    }

    /// What a report is asked for: its period, language and names.
    func request(
        _ definition: ReportDefinition, _ order: Order, _ store: Store
    ) async throws -> ReportRequest {
        try requireParameters(order, definition)
        let moment = now()
        let periods = try await ReportPeriods(store, zone: configuration.company.timeZone)
            .periods(for: definition.period, order, now: moment)
        var request = ReportRequest(
            period: periods.now, timeZone: configuration.company.timeZone,
            language: order.language ?? configuration.company.language,
            company: configuration.company.name, names: try names(), parameters: order.parameters,
            madeAt: moment)
        request.earlier = periods.earlier
        return request
    }

    /// What entities, fields and the two systems are called.
    func names() throws -> ReportNames {
        let catalog = EntityCatalog(resources)
        return ReportNames(
            try catalog.names.map { try catalog.entity($0) },
            sides: configuration.sources.mapValues(\.shownTitle),
            errorTypes: try ErrorTypesFile.read(
                resources.file("templates/journal/error-types.yaml")))
    }

    private func usualFile(of document: ReportDocument, _ order: Order) throws -> URL {
        let folder = configuration.dataFolder.appending(path: "reports/\(order.name)")
        // Reports hold personal data, so that only their owner may enter.
        try PrivateFolder.make(folder, in: configuration.dataFolder)
        return folder.appending(path: "\(document.fileName).\(order.format.rawValue)")
    }

    /// The workbook of a night: written when it ran, with what was in memory then; other forms are read
    /// from it.
    private func kept(_ order: Order) async throws -> [URL] {
        let kept = try await DatabaseSession(configuration, resources: resources)
            .withStore(progress: progress) { try await night(order, $0) }
        let workbook = try kept.workbook(order.language)
        if let language = order.language, language != configuration.company.language,
            workbook.deletingLastPathComponent().lastPathComponent != language.rawValue
        {
            progress.warn(
                "the night wrote no workbook in '\(language.rawValue)', since nobody subscribed to one; "
                    + "this is the company's")
        }
        let file =
            order.file
            ?? workbook.deletingPathExtension().appendingPathExtension(order.format.rawValue)
        switch order.format {
        case .xlsx:
            guard order.file != nil else { return [workbook] }
            try Data(contentsOf: workbook).write(to: file, options: .atomic)
            return [file]
        case .pdf:
            try await OfficeConverter.convert(workbook, to: file)
            return [file]
        case .html:
            let page = try KeptWorkbook(workbook).page(
                title: workbook.deletingPathExtension().lastPathComponent,
                language: order.language ?? configuration.company.language,
                resources: reportResources)
            try Data(page.utf8).write(to: file, options: .atomic)
            return [file]
        case .csv:
            return try ReportFile.write(KeptWorkbook(workbook).textTables(), to: file)
        }
    }

    /// The night that is ordered; the last that ended when none is named.
    func night(_ order: Order, _ store: Store) async throws -> KeptNight {
        let run = try await ReportPeriods(store, zone: configuration.company.timeZone).run(order)
        return KeptNight(run, configuration)
    }
}
