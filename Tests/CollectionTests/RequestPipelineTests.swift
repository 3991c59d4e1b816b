import Collection
import TestSupport
import Testing

@Suite("Request pipeline")
struct RequestPipelineTests {
    private static let error = CollectionError(.unreachable, "The source failed.")

    private func send(
        _ transport: any HTTPTransport, clock: ManualClock = ManualClock(),
        policy: RetryPolicy = RetryPolicy(), limiter: RateLimiter? = nil
    ) async throws -> (text: String, traffic: Traffic) {
        let pipeline = RequestPipeline(
            transport: transport, limiter: limiter, policy: policy, clock: MonotonicClock(clock))
        let text = try await pipeline.send(
            "list of source", request: { HTTPRequest(url: "http://x/\($0)") }
        ) { response in
            switch response.status {
            case 200: return String(decoding: response.body, as: UTF8.self)
            case 503: throw RefusedAnswer.transient(Self.error, pause: .seconds(3))
            default: throw RefusedAnswer.permanent(Self.error)
            }
        }
        return (text, await pipeline.traffic)
    }

    @Test("a refusal for now and a lost connection are tried again")
    func retries() async throws {
        let clock = ManualClock()
        let transport = ScriptedTransport([
            .answer(503, "busy"), .failure(.interrupted), .answer(200, "fine"),
        ])
        let (text, traffic) = try await send(transport, clock: clock)
        #expect(text == "fine")
        #expect(traffic.requests == 3 && traffic.retries == 2)
        #expect(traffic.bytes == "busy".utf8.count + "fine".utf8.count)
        #expect(traffic.waited == clock.slept.reduce(.zero, +))
        #expect(clock.slept.first ?? .zero >= .seconds(3))
        // The request is made anew each time and told how often it failed.
        #expect(transport.sent.map(\.url) == ["http://x/0", "http://x/1", "http://x/2"])
    }

    @Test("a refusal for good is not tried again")
    func permanent() async throws {
        let transport = ScriptedTransport([.answer(401, ""), .answer(200, "fine")])
        await #expect(throws: Self.error) { _ = try await send(transport) }
        #expect(transport.sent.count == 1)
    }

    @Test("tries are bounded and the message says how many there were")
    func bounded() async throws {
        let transport = ScriptedTransport(Array(repeating: .answer(503, ""), count: 20))
        await #expect(throws: CollectionError(.unreachable, "The source failed. Tried 4 times.")) {
            _ = try await send(transport, policy: RetryPolicy(attempts: 4))
        }
        #expect(transport.sent.count == 4)
    }

    @Test("the time for one request is bounded")
    func deadline() async throws {
        let clock = ManualClock()
        let transport = ScriptedTransport(Array(repeating: .answer(503, ""), count: 20))
        await #expect(throws: CollectionError.self) {
            _ = try await send(
                transport, clock: clock, policy: RetryPolicy(attempts: 20, deadline: .seconds(10)))
        }
        #expect(clock.now.offset <= .seconds(10))
        #expect(transport.sent.count < 20)
    }

    /// Stands in line for longer than a request may take, each time.
    private struct Queue: HTTPTransport {
        let inner: ScriptedTransport
        let clock: ManualClock

        func send(_ request: HTTPRequest) async throws -> HTTPResponse {
            let wait = Duration.seconds(900)
            try await clock.sleep(for: wait)
            do {
                var response = try await inner.send(request)
                response.waited = wait
                return response
            } catch let failure as HTTPTransportError {
                var failure = failure
                failure.waited = wait
                throw failure
            }
        }
    }

    @Test("to stand in line takes nothing of that time")
    func inLine() async throws {
        let clock = ManualClock()
        let transport = ScriptedTransport([
            .answer(503, "busy"), .failure(.interrupted), .answer(200, "fine"),
        ])
        let (text, traffic) = try await send(
            Queue(inner: transport, clock: clock), clock: clock,
            policy: RetryPolicy(deadline: .seconds(60)))
        #expect(text == "fine" && traffic.retries == 2)
    }

    @Test("cancellation is passed on and nothing more is sent")
    func cancellation() async throws {
        let transport = ScriptedTransport([.answer(200, "fine")])
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await send(transport).text
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(transport.sent.isEmpty)
    }

    @Test("pauses are random parts of a doubling bound, the same for the same seed")
    func jitter() {
        let policy = RetryPolicy(base: .seconds(1), longest: .seconds(10))
        var first = SeededGenerator(seed: 7)
        var second = SeededGenerator(seed: 7)
        var pauses: Set<Duration> = []
        for repetition in 1...12 {
            let pause = policy.pause(before: repetition, atLeast: .zero, using: &first)
            #expect(pause <= min(.seconds(10), .seconds(1 << (repetition - 1))))
            #expect(pause == policy.pause(before: repetition, atLeast: .zero, using: &second))
            pauses.insert(pause)
        }
        #expect(pauses.count > 8)
    }

    @Test("the bucket lets a burst pass and then two a second")
    func bucket() async throws {
        let clock = ManualClock()
        let limiter = RateLimiter(perSecond: 2, burst: 50, clock: MonotonicClock(clock))
        func pause() async throws -> Duration {
            let pause = try await limiter.acquire()
            await limiter.answered()
            return pause
        }
        for _ in 0..<48 { #expect(try await pause() == .zero) }
        #expect(try await pause() == .milliseconds(500))
        #expect(try await pause() == .milliseconds(500))
        try await clock.sleep(until: clock.now.advanced(by: .seconds(30)), tolerance: nil)
        #expect(try await pause() == .zero)
    }
}
