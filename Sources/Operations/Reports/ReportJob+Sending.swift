internal import Channels
public import Foundation
internal import Records
internal import Reporting
internal import Storage

extension ReportJob {
    /// What came of sending a report.
    public struct Sent: Sendable {
        /// Messages that are on their way, by now sent or to be tried again.
        public var messageCount: Int
        /// Messages that were there before: of this period these people have the report, or soon will.
        public var knownCount: Int
        /// What could not be sent, and why somebody got nothing.
        public var remarks: [String]
    }

    /// Makes a report and sends it to those who subscribed, or to each owner their part.
    ///
    /// What was sent for a period is not sent again for it. Where neither period nor run is named it is
    /// the report that is due, whoever keeps the schedule: the sending is a run of its own, by which
    /// alerts see that it took place, and people are told when it fails.
    ///
    /// - Parameter order: What is asked for; the subscribers say in which language.
    /// - Returns: What was sent.
    /// - Throws: ``ConfigurationError`` when the order does not fit the report; `StorageError` when
    ///   another run sends it this moment; `ReportError`, also when a query fails or control totals
    ///   differ, and then nothing is sent.
    public func send(_ order: Order) async throws -> Sent {
        try requireMakeable(order)
        guard order.period != nil || order.run != nil else {
            return try await send(order, due: nil)
        }
        return try await DatabaseSession(configuration, resources: resources)
            .withStore(progress: progress) { store in
                let sent = try await enqueue(order, store: store)
                var remarks = sent.remarks
                remarks += try await Deliverer(configuration).drain(store).unsent
                return Sent(
                    messageCount: sent.messageCount, knownCount: sent.knownCount,
                    remarks: remarks)
            }
    }

    /// Makes a report and puts its messages into the outbox.
    private func enqueue(_ order: Order, store: Store) async throws -> Sent {
        guard try !summary(of: order).isDrawnByProgram else {
            return try await enqueueNight(order, store: store)
        }
        let definition = try ReportDefinition(report: order.name, resources: reportResources)
        let data = try await gather(definition, order, store)
        let made = try await messages(definition, data, severity: .info)
        let added = try await store.enqueue(made.messages)
        return Sent(
            messageCount: added, knownCount: made.messages.count - added, remarks: made.remarks)
    }

    /// Puts the messages of a night into the outbox: who subscribed since, or was forgotten, gets them.
    private func enqueueNight(_ order: Order, store: Store) async throws -> Sent {
        let announcement = try await night(order, store).announcement()
        let messages = try Dispatch(configuration, resources: resources, now: now)
            .messages(for: announcement)
        let added = try await store.enqueue(messages)
        return Sent(
            messageCount: added, knownCount: messages.count - added,
            remarks: messages.isEmpty
                ? [
                    "nobody subscribed to \(order.name), or it has nothing to say and they want no "
                        + "empty one: see 'subscriptions' in the configuration"
                ] : [])
    }

    /// The messages of a report for the outbox, and what a person should know of those that there are
    /// not.
    func messages(
        _ definition: ReportDefinition, _ data: ReportData, severity: Notice.Severity
    ) async throws -> (messages: [OutboxMessage], remarks: [String]) {
        try await ReportSending(
            configuration: configuration, resources: resources, definition: definition, data: data,
            occasion: Self.occasion(data.request), severity: severity
        ).messages(Dispatch(configuration, resources: resources, now: now))
    }

    /// Sends a report that the schedule wants, in a run of its own.
    ///
    /// - Parameters:
    ///   - name: The report.
    ///   - due: When it was wanted; one that was started since is not sent again.
    /// - Throws: ``AlreadyRun``; as ``send(_:)``.
    public func send(scheduled name: String, due: Date) async throws {
        for remark in try await send(Order(name), due: due).remarks { progress.warn(remark) }
    }

    /// Sends a report in a run of its own.
    private func send(_ order: Order, due: Date?) async throws -> Sent {
        let job = JobRun(
            Self.job(of: order.name), configuration, resources, progress, now: now)
        var unsent: [String] = []
        var sent = try await job.execute(
            due: due,
            then: { _, store, _ in unsent = try await Deliverer(configuration).drain(store).unsent }
        ) { _, store, _ in try await enqueue(order, store: store) }
        sent.remarks += unsent
        return sent
    }

    /// The job's name in the database and in the schedule.
    static func job(of report: String) -> String { "report \(report)" }

    /// The report that a job of the schedule sends; `nil` for another job.
    static func report(of job: String) -> String? {
        job.hasPrefix("report ") ? String(job.dropFirst("report ".count)) : nil
    }

    /// What of a period a sending is of.
    private static func occasion(_ request: ReportRequest) -> String {
        if let run = request.period.run { return "run-\(run.rawValue)" }
        guard request.period.end > request.period.start else {
            return String(Int64(request.madeAt.timeIntervalSince1970))
        }
        let first = Int64(request.period.start.timeIntervalSince1970)
        let period = "\(first)-\(Int64(request.period.end.timeIntervalSince1970))"
        // One that was sent before the period's end must not pass for the period's own report.
        guard request.period.end > request.madeAt else { return period }
        return "\(period)-until-\(Int64(request.madeAt.timeIntervalSince1970))"
    }
}
