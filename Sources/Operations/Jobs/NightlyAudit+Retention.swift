internal import Foundation
internal import Records
internal import Storage

extension NightlyAudit {
    /// Deletes personal data whose time is over; where that fails, the next night tries again.
    func forgetWhatIsOver(_ store: Store) async throws {
        let days = configuration.retention.personalDataDays
        do {
            try await store.purgePersonalData(olderThan: .seconds(days * 86_400))
        } catch let error as CancellationError {
            throw error
        } catch {
            progress.warn(
                "personal data of more than \(days) days ago was not deleted: "
                    + error.explained)
        }
    }

    /// Makes sure that what stood at the end of a day has not been deleted in part.
    ///
    /// - Throws: ``ConfigurationError`` for a day that retention has reached.
    func requireKept(_ day: CalendarDate, until end: Date) throws {
        let days = configuration.retention.personalDataDays
        guard end < now().addingTimeInterval(-Double(days) * 86_400) else { return }
        throw ConfigurationError(
            "\(day) is more than \(days) days ago: what has changed since is no longer kept whole "
                + "(retention: personal_data_days)")
    }
}
