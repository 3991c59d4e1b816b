internal import Collection

/// What all readings of one infobase share for as long as its source lives.
actor InfobaseState {
    private var metadata: InfobaseMetadata?
    private var refusal: CollectionError?

    /// What the infobase publishes, asked once: the document is large and takes 1C half a minute.
    func metadata(
        _ load: @Sendable () async throws -> InfobaseMetadata
    ) async throws -> InfobaseMetadata {
        if let metadata { return metadata }
        let loaded = try await load()
        metadata = loaded
        return loaded
    }

    /// Remembers that user or password is wrong.
    func refuse(_ error: CollectionError) { refusal = refusal ?? error }

    /// Throws what the infobase said to these credentials before: 1C locks accounts that go on
    /// guessing, so it is not asked again.
    func checkCredentials() throws(CollectionError) {
        if let refusal { throw refusal }
    }
}
