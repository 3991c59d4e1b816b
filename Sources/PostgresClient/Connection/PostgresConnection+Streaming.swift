extension PostgresConnection {
    /// Does a step of a stream; the connection is free again when the stream is over or has failed.
    func performStreaming<Value: Sendable>(
        _ statement: Statement, _ step: (Session) throws -> (Value, isOver: Bool)
    ) async throws -> Value {
        do {
            return try await perform(during: statement) { session in
                let (value, isOver) = try step(session)
                if isOver { streaming = nil }
                return value
            }
        } catch {
            await endStreaming(of: statement)
            throw error
        }
    }

    /// Gives up what is left of a stream, if anything.
    func endStreaming(of statement: Statement) async {
        guard streaming == statement else { return }
        _ = try? await perform(cleaningUp: true, during: statement) { try $0.drain(statement) }
        streaming = nil
        dropSessionIfBroken()
    }
}
