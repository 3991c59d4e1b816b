internal import Collection
public import Foundation
internal import Synchronization

/// What everything that reads one infobase as one user shares: how many requests are sent at a time,
/// and that user or password is wrong.
///
/// 1C locks accounts that go on guessing. Credentials that were refused are therefore not sent again
/// before a person has acted: has written others into the configuration, or has asked for a new try
/// (``forgetRefusal()``). With a file that holds for other processes and later ones too.
public final class InfobaseAccess: Sendable {
    private struct State {
        var refusal: CollectionError?
        /// Whether the refusal stands in the file, so that it is over when the file is gone.
        var isKept = false
        /// Whether the infobase has answered these credentials with what was asked for.
        var isLetIn = false
    }

    private let gate: RequestGate
    /// Lets the requests of other processes in between; `nil` where nothing is shared with them.
    private let processes: ProcessGate?
    /// Lets one try credentials of which nobody knows whether they are right.
    private let entrance = RequestGate()
    private let address: InfobaseAddress
    private let file: RefusalFile?
    private let state = Mutex(State())

    /// Makes the access of one reader.
    ///
    /// - Parameters:
    ///   - address: The infobase and the credentials.
    ///   - folder: Where to keep that the credentials were refused; `nil` to keep it in memory only.
    ///   - neighbour: Another access to the same infobase, with which this one shares the requests that
    ///     are sent at a time.
    ///   - requestsAtOnce: How many requests may be sent at a time; where a neighbour allows more, those.
    ///   - locks: A folder that it shares with other processes of the machine, so that the infobase gets no
    ///     more requests at a time from all of them; `nil` to look at this process only.
    ///   - tell: Told when a request waits long for another process.
    public init(
        to address: InfobaseAddress, refusalsIn folder: URL? = nil,
        beside neighbour: InfobaseAccess? = nil, requestsAtOnce: Int = 1, locksIn locks: URL? = nil,
        tell: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.address = address
        gate = neighbour?.gate ?? RequestGate()
        processes = locks.map { ProcessGate(to: address, in: $0, tell: tell) }
        file = folder.map { RefusalFile(of: address, in: $0) }
        allow(requestsAtOnce: requestsAtOnce)
    }

    /// How many requests may be sent at a time, by all who share the infobase together.
    public var requestsAtOnce: Int { gate.places }

    /// Allows so many requests at a time; where more are allowed already, those.
    public func allow(requestsAtOnce count: Int) { gate.widen(to: count) }

    /// Allows one request at a time, until somebody allows more.
    public func allowOneRequest() { gate.narrow() }

    /// Tries the credentials again at the next request: a person has asked for it.
    public func forgetRefusal() {
        state.withLock { state in
            state = State()
            file?.remove()
        }
    }

    /// How many requests wait to be sent.
    var waitingCount: Int { entrance.waitingCount + gate.waitingCount }

    /// Sends a request when its turn has come.
    ///
    /// - Parameters:
    ///   - patience: How long it waits for other processes.
    ///   - send: Sends it.
    /// - Returns: What `send` returns.
    /// - Throws: ``CollectionError`` when other processes let nobody in; `CancellationError` when the task
    ///   is cancelled while it waits; what `send` throws.
    func pass<Value: Sendable>(
        _ patience: ProcessGate.Patience, _ send: () async throws -> Value
    ) async throws -> Value {
        guard !state.withLock({ $0.isLetIn }) else { return try await enter(patience, send) }
        return try await entrance.pass { try await enter(patience, send) }
    }

    private func enter<Value: Sendable>(
        _ patience: ProcessGate.Patience, _ send: () async throws -> Value
    ) async throws -> Value {
        try await gate.pass {
            guard let processes else { return try await send() }
            return try await processes.pass(places: gate.places, patience: patience, send)
        }
    }

    /// Remembers whether user and password are right or wrong, if an answer says so.
    func learn(from response: HTTPResponse) {
        if (200...299).contains(response.status) { state.withLock { $0.isLetIn = true } }
        guard response.status == 401 else { return }
        let fault = InfobaseFault(status: response.status, body: response.body)
        guard fault.isWrongPassword else { return }
        let error = fault.answer(to: "the user", at: address.label).error
        state.withLock { state in
            state.isLetIn = false
            guard state.refusal == nil else { return }
            state.refusal = error
            state.isKept = file?.write(error, of: address) ?? false
        }
    }

    /// Throws what the infobase said to these credentials before.
    func checkCredentials() throws(CollectionError) {
        let refusal = state.withLock { state -> CollectionError? in
            // Inside the lock: what was read before a refusal was written would undo it.
            let kept = file?.read(for: address)
            // Somebody has asked for a new try, in this process or another.
            if kept == nil, state.isKept { state = State() }
            return state.refusal ?? kept
        }
        if let refusal { throw refusal }
    }
}
