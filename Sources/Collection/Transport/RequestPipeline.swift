/// Sends the requests of one reading: politely, again where that may help, and counted.
///
/// What an answer means is for the collector to say: its `judge` gives a value or throws
/// ``RefusedAnswer``, which says whether to try again.
public actor RequestPipeline {
    private let transport: any HTTPTransport
    private let limiter: RateLimiter?
    private let policy: RetryPolicy
    private let clock: MonotonicClock
    private var generator: SeededGenerator

    /// What was sent and received so far.
    public private(set) var traffic = Traffic()

    /// Makes a pipeline for one reading.
    ///
    /// - Parameters:
    ///   - transport: Sends a single request.
    ///   - limiter: Holds requests back; `nil` sends at once.
    ///   - policy: How often to try again.
    ///   - clock: Tells and passes the time.
    ///   - seed: Of the random pauses.
    public init(
        transport: any HTTPTransport, limiter: RateLimiter?, policy: RetryPolicy = RetryPolicy(),
        clock: MonotonicClock = .system, seed: UInt64 = 1
    ) {
        self.transport = transport
        self.limiter = limiter
        self.policy = policy
        self.clock = clock
        self.generator = SeededGenerator(seed: seed)
    }

    /// Sends a request until its answer is accepted or refused for good.
    ///
    /// - Parameters:
    ///   - subject: What is read, for messages: `crm.company.list at portal.example`.
    ///   - unreachableTries: How many tries of a source out of reach are enough, where the caller
    ///     has a smaller request to try instead.
    ///   - request: Makes the request; told how many tries failed before, so that it can ask less.
    ///   - judge: Reads the answer; throws ``RefusedAnswer`` when it is none.
    /// - Returns: What `judge` made of the answer.
    /// - Throws: ``CollectionError`` of the last try; `CancellationError`.
    public func send<Value: Sendable>(
        _ subject: String, unreachableTries: Int? = nil,
        request: @Sendable (_ failures: Int) -> HTTPRequest,
        judge: @Sendable (HTTPResponse) throws -> Value
    ) async throws -> Value {
        let start = clock.elapsed
        // To stand in line behind others takes no try of its time.
        var queued = Duration.zero
        var failures = 0
        while true {
            do {
                return try await attempt(subject, request(failures), &queued, judge: judge)
            } catch let refusal as RefusedAnswer {
                failures += 1
                guard refusal.isTransient else { throw refusal.error }
                let tries = refusal.error.kind == .unreachable ? unreachableTries : nil
                let pause = policy.pause(
                    before: failures, atLeast: refusal.pause, using: &generator)
                let spent = clock.elapsed - start - queued
                guard failures < min(policy.attempts, tries ?? .max),
                    spent + pause <= policy.deadline
                else {
                    throw refusal.error.afterTries(failures)
                }
                traffic.retries += 1
                traffic.wait(pause)
                try await clock.sleep(for: pause)
            }
        }
    }

    /// Waits, and counts it.
    ///
    /// - Throws: `CancellationError` when the task is cancelled meanwhile.
    public func wait(for pause: Duration) async throws {
        traffic.wait(pause)
        try await clock.sleep(for: pause)
    }

    private func attempt<Value: Sendable>(
        _ subject: String, _ request: HTTPRequest, _ queued: inout Duration,
        judge: @Sendable (HTTPResponse) throws -> Value
    ) async throws -> Value {
        try Task.checkCancellation()
        if let limiter { traffic.wait(try await limiter.acquire()) }
        traffic.requests += 1
        let response: HTTPResponse
        do {
            response = try await transport.send(request)
        } catch {
            await limiter?.answered()
            guard let error = error as? HTTPTransportError else { throw error }
            queued += error.waited
            traffic.failures["connection", default: 0] += 1
            throw RefusedAnswer(error, subject: subject)
        }
        await limiter?.answered()
        queued += response.waited
        traffic.bytes += response.body.count
        do {
            return try judge(response)
        } catch {
            traffic.failures[String(response.status), default: 0] += 1
            if response.status == 503, let refusal = error as? RefusedAnswer,
                refusal.error.kind == .limited
            {
                await limiter?.slowDown()
            }
            throw error
        }
    }
}

/// What was sent and received in one reading.
public struct Traffic: Hashable, Sendable {
    /// Requests sent, repetitions included.
    public var requests = 0
    /// Requests sent again.
    public var retries = 0
    /// Answers that were refused, by status; `connection` where there was none.
    public var failures: [String: Int] = [:]
    /// How often it was waited for limits and before repetitions.
    public var waits = 0
    /// Time spent waiting for limits and before repetitions.
    public var waited = Duration.zero
    /// Bytes received, after decompression.
    public var bytes = 0

    /// Nothing sent yet.
    public init() {}

    /// Counts a pause.
    mutating func wait(_ pause: Duration) {
        guard pause > .zero else { return }
        waits += 1
        waited += pause
    }
}

/// An answer that is not what was asked for.
public struct RefusedAnswer: Error, Hashable, Sendable {
    /// What to tell when it stays that way.
    public var error: CollectionError
    /// Whether the same request may succeed later.
    public var isTransient: Bool
    /// How long to wait at least before trying again.
    public var pause: Duration

    /// Makes a refusal for good.
    public static func permanent(_ error: CollectionError) -> RefusedAnswer {
        RefusedAnswer(error: error, isTransient: false, pause: .zero)
    }

    /// Makes a refusal for now.
    public static func transient(
        _ error: CollectionError, pause: Duration = .zero
    ) -> RefusedAnswer {
        RefusedAnswer(error: error, isTransient: true, pause: pause)
    }
}

extension RefusedAnswer {
    /// What a failure of the connection means to a reading.
    init(_ failure: HTTPTransportError, subject: String) {
        let remedy: String
        switch failure.kind {
        case .notTrusted:
            remedy = "Name the file of your certificate authority in the source's settings."
        case .badAddress: remedy = "Mend the address in the source's settings."
        case .tooLarge: remedy = "Nothing was taken from it."
        default: remedy = "Check that the address is reachable from this machine."
        }
        let error = CollectionError(
            failure.kind == .badAddress ? .misconfigured : .unreachable,
            "\(subject): \(failure). \(remedy)")
        switch failure.kind {
        case .notConnected, .timedOut, .interrupted: self = .transient(error)
        case .tooLarge: self = .transient(error)
        case .notTrusted, .badAddress: self = .permanent(error)
        }
    }
}

extension CollectionError {
    /// The same error, saying how often it was tried.
    func afterTries(_ tries: Int) -> CollectionError {
        guard tries > 1 else { return self }
        return CollectionError(kind, "\(message) Tried \(tries) times.")
    }
}
