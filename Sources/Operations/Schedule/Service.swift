public import Foundation
internal import Storage
internal import Synchronization

/// `sverka serve`: keeps the schedule, with the database open as long as it runs.
public final class Service: Sendable {
    private let file: URL
    private let current: Mutex<Current>
    private let progress: any ProgressDisplay
    /// The journal is read while a night is, and a system counts both together.
    private let systems: SystemRegistry

    /// The configuration in force, and what was made of it.
    private struct Current {
        var configuration: Configuration
        var deliverer: Deliverer

        init(_ configuration: Configuration) {
            self.configuration = configuration
            deliverer = Deliverer(configuration)
        }
    }

    /// Reads the configuration.
    ///
    /// - Parameters:
    ///   - file: `sverka.yaml`, read again by ``reload()``.
    ///   - progress: Told what happens.
    /// - Throws: ``ConfigurationError``, also when nothing is scheduled.
    public init(file: URL, progress: any ProgressDisplay) throws {
        let configuration = try ConfigurationFile.read(file)
        guard !configuration.schedule.isEmpty else {
            throw ConfigurationError(
                "\(file.path) schedules nothing. Add for example:\nschedule:\n  nightly: \"30 2 * * *\""
            )
        }
        self.file = file
        current = Mutex(Current(configuration))
        systems = SystemRegistry(configuration) { progress.warn($0) }
        self.progress = progress
    }

    /// The configuration in force.
    public var configuration: Configuration { current.withLock(\.configuration) }

    /// Reads the configuration again; one that is not right changes nothing.
    ///
    /// A job that runs goes on with the old one. Credentials that a system has refused are tried
    /// again. Database, data folder and address of the service are taken at its start only.
    public func reload() {
        do {
            let configuration = try ConfigurationFile.read(file)
            let limits = PortalLimits(configuration)
            let limitsChanged = current.withLock { current in
                let isChanged = PortalLimits(current.configuration) != limits
                current = Current(configuration)
                return isChanged
            }
            systems.renew(limitsChanged: limitsChanged)
            progress.inform("the configuration was read again")
        } catch {
            progress.warn(
                "the configuration was not taken, the old one stays in force: "
                    + error.explained)
        }
    }

    /// Keeps the schedule until it is cancelled.
    ///
    /// - Parameter beside: Begins what else the service does, given a way to ask how it stands, and
    ///   gives a way to end it.
    /// - Throws: `CancellationError`; why the database could not be opened; what `beside` throws.
    public func run(
        beside: (_ status: @escaping @Sendable () async throws -> ServiceStatus) async throws
            -> (@Sendable () async -> Void)
    ) async throws {
        let begun = configuration
        try await DatabaseSession(begun, resources: ResourceFolders(overrides: begun.overrides))
            .withStore(progress: progress) { store in
                let end = try await beside { [self] in
                    try await ServiceStatus.read(configuration.schedule, store: store)
                }
                do {
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for isSmall in [false, true] {
                            group.addTask { [self] in
                                try await ScheduleKeeper(
                                    surroundings(store, isSmall: isSmall),
                                    machine: ProcessInfo.processInfo.hostName
                                ).run()
                            }
                        }
                        group.addTask { [self] in try await outbox(store).run() }
                        // All go on until they are cancelled.
                        try await group.waitForAll()
                    }
                } catch {
                    await end()
                    throw error
                }
            }
    }

    /// Jobs that take seconds and run every few minutes; a night must not keep them waiting.
    private static let smallJobs: Set = [JournalIngest.job, AlertJob.job]

    private func surroundings(_ store: Store, isSmall: Bool) -> ScheduleKeeper.Surroundings {
        ScheduleKeeper.Surroundings(
            jobs: {
                self.configuration.schedule.filter { Self.smallJobs.contains($0.job) == isSmall }
            },
            pause: { try await Task.sleep(for: $0) },
            lastStart: { job in
                try await store.runs(job: job, limit: 1).first.map {
                    ScheduleKeeper.LastStart(
                        at: $0.startedAt, isUnfinished: $0.state == .running)
                }
            },
            start: { job, due in try await self.start(job, due) },
            log: { message in
                // What happens every few minutes is in the database and in the metrics.
                if !isSmall { self.progress.inform(message) }
            })
    }

    private func outbox(_ store: Store) -> OutboxKeeper {
        OutboxKeeper(
            store, deliverer: { self.current.withLock(\.deliverer) },
            pause: { try await Task.sleep(for: $0) }, log: { self.progress.warn($0) })
    }

    /// - Returns: Whether it ran; not when somebody else ran it, or is about it.
    private func start(_ job: String, _ due: Date) async throws -> Bool {
        do {
            try await run(job, due)
            return true
        } catch let error as AlreadyRun {
            progress.inform(error.explanation)
            return false
        } catch StorageError.jobIsRunning {
            return false
        } catch let error where Self.smallJobs.contains(job) && !(error is CancellationError) {
            progress.warn("\(job) failed: \(error.explained)")
            return false
        }
    }

    private func run(_ job: String, _ due: Date) async throws {
        let configuration = configuration
        let resources = ResourceFolders(overrides: configuration.overrides)
        let quiet = WarningProgress(progress)
        switch job {
        case JournalIngest.job:
            _ = try await JournalIngest(
                configuration, resources: resources, progress: quiet, systems: systems
            ).run(due: due)
        case AlertJob.job:
            _ = try await AlertJob(
                configuration, resources: resources, progress: quiet
            ).run(due: due)
        default:
            if let report = ReportJob.report(of: job) {
                try await ReportJob(
                    configuration, resources: resources, progress: progress
                ).send(scheduled: report, due: due)
            } else {
                let outcome = try await NightlyAudit(
                    configuration, resources: resources, progress: progress, systems: systems
                ).run(due: due)
                for problem in outcome.incomplete { progress.warn(problem) }
            }
        }
    }
}
