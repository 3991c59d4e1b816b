internal import Storage

extension NightlyAudit {
    /// Sends what the outbox holds, also of earlier runs.
    func deliver(store: Store) async throws -> Deliveries {
        let stage = ProgressStage("delivery")
        progress.begin(stage)
        let deliveries = try await Deliverer(configuration).drain(store)
        for message in deliveries.unsent { progress.warn(message) }
        progress.end(
            stage,
            result: "\(deliveries.sentCount) sent, \(deliveries.unsentCount) not sent")
        return deliveries
    }
}
