internal import Synchronization

/// Lets requests through one at a time, in the order in which they come.
///
/// Each request that an infobase answers takes a session of 1C and as a rule a licence; whoever asks
/// while another is answered waits for a session, or takes one from the people who work there.
final class RequestGate: Sendable {
    private struct Waiter {
        var ticket: UInt64
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var isTaken = false
        var lastTicket: UInt64 = 0
        var waiting: [Waiter] = []
    }

    private let state = Mutex(State())

    /// How many wait to be let through.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Runs something while nothing else is let through.
    ///
    /// - Returns: What `body` returns.
    /// - Throws: `CancellationError` when the task is cancelled while it waits; what `body` throws.
    func pass<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        try await enter()
        defer { leave() }
        return try await body()
    }

    private func enter() async throws {
        let ticket = state.withLock { state -> UInt64 in
            state.lastTicket += 1
            return state.lastTicket
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation {
                (continuation: CheckedContinuation<Void, any Error>) in
                let outcome = state.withLock { state -> Result<Void, any Error>? in
                    // Whoever was cancelled before this found nobody to wake.
                    if Task.isCancelled { return .failure(CancellationError()) }
                    guard state.isTaken else {
                        state.isTaken = true
                        return .success(())
                    }
                    state.waiting.append(Waiter(ticket: ticket, continuation: continuation))
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            let cancelled = state.withLock { state -> Waiter? in
                guard let place = state.waiting.firstIndex(where: { $0.ticket == ticket }) else {
                    return nil
                }
                return state.waiting.remove(at: place)
            }
            cancelled?.continuation.resume(throwing: CancellationError())
        }
    }

    private func leave() {
        let next = state.withLock { state -> Waiter? in
            guard !state.waiting.isEmpty else {
                state.isTaken = false
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.continuation.resume()
    }
}
