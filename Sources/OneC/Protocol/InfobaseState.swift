/// What all readings through one source share for as long as it lives.
actor InfobaseState {
    private var metadata: InfobaseMetadata?

    /// What the infobase publishes, asked once: the document is large and takes 1C half a minute.
    func metadata(
        _ load: @Sendable () async throws -> InfobaseMetadata
    ) async throws -> InfobaseMetadata {
        if let metadata { return metadata }
        let loaded = try await load()
        metadata = loaded
        return loaded
    }
}
