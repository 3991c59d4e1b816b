internal import PostgresClient

extension Store {
    /// Deletes personal data that is no longer needed.
    ///
    /// Versions of records that ended long ago go; findings that were resolved long ago lose names and
    /// values, but stay to be counted; messages that were sent long ago and operations of the journal
    /// lose their content. What stands is not touched.
    ///
    /// - Parameter age: How long personal data is kept after its end.
    /// - Returns: How many versions were deleted.
    /// - Throws: `PostgresError`.
    @discardableResult
    public nonisolated(nonsending) func purgePersonalData(
        olderThan age: Duration
    ) async throws -> Int {
        let seconds = PostgresValue.double(Double(age.components.seconds))
        try await execute("retention/blank_findings", [seconds])
        try await execute("retention/blank_outbox", [seconds])
        try await execute("retention/blank_journal", [seconds])
        try await execute("retention/delete_outbox_contents")
        return try await execute("retention/delete_record_versions", [seconds])
    }
}
