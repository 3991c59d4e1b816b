internal import Synchronization

/// Lets requests through, so many at a time, in the order in which they come.
///
/// Each request that an infobase answers takes a session of 1C and as a rule a licence; whoever asks
/// while others are answered waits for a session, or takes one from the people who work there.
final class RequestGate: Sendable {
    private struct Waiter {
        var ticket: UInt64
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var places: Int
        var taken = 0
        var lastTicket: UInt64 = 0
        var waiting: [Waiter] = []

        /// Gives free places to those who have waited longest.
        mutating func admit() -> [Waiter] {
            let count = min(max(0, places - taken), waiting.count)
            let admitted = Array(waiting.prefix(count))
            waiting.removeFirst(count)
            taken += count
            return admitted
        }
    }

    private let state: Mutex<State>

    /// Makes a gate.
    ///
    /// - Parameter places: How many are let through at a time, at least one.
    init(places: Int = 1) { state = Mutex(State(places: max(1, places))) }

    /// How many wait to be let through.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// How many are let through at a time.
    var places: Int { state.withLock { $0.places } }

    /// Lets so many through at a time, unless that would be fewer than now.
    func widen(to places: Int) {
        let admitted = state.withLock { state in
            state.places = max(places, state.places)
            return state.admit()
        }
        for waiter in admitted { waiter.continuation.resume() }
    }

    /// Lets one through at a time from now on; those who are through stay.
    func narrow() { state.withLock { $0.places = 1 } }

    /// Runs something on a place of its own.
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
                    guard state.taken >= state.places else {
                        state.taken += 1
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
        let admitted = state.withLock { state in
            state.taken -= 1
            return state.admit()
        }
        for waiter in admitted { waiter.continuation.resume() }
    }
}
