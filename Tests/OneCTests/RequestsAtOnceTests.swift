import Collection
import Foundation
@testable import OneC
import Records
import Synchronization
import Testing

@Suite("Several requests of 1C at once")
struct RequestsAtOnceTests {
    private let fixture: InfobaseFixture

    init() throws { fixture = try InfobaseFixture() }

    /// Waits for company before it answers, not for ever, and counts how many ask at once.
    private final class Crowd: HTTPTransport {
        private let inner: InfobaseDouble
        private let expected: Int
        private let counts = Mutex((now: 0, most: 0))

        init(_ inner: InfobaseDouble, waitingFor expected: Int) {
            self.inner = inner
            self.expected = expected
        }

        var most: Int { counts.withLock { $0.most } }

        func send(_ request: HTTPRequest) async throws -> HTTPResponse {
            counts.withLock { counts in
                counts.now += 1
                counts.most = max(counts.most, counts.now)
            }
            defer { counts.withLock { $0.now -= 1 } }
            for _ in 0..<2_000 {
                if counts.withLock({ $0.now }) >= expected { break }
                await Task.yield()
            }
            return try await inner.send(request)
        }
    }

    private func settings(_ requestsAtOnce: Int, usesSession: Bool = false) -> OneCSource.Settings {
        var settings = OneCSource.Settings(usesSession: usesSession, pageBytes: 10_000)
        settings.requestsAtOnce = requestsAtOnce
        return settings
    }

    private func infobase(_ count: Int = 1_500) -> InfobaseDouble {
        InfobaseDouble((0..<count).map { InfobaseDouble.entity($0) })
    }

    @Test("pages of a list are asked for one after another unless told otherwise")
    func oneAtATime() async throws {
        let crowd = Crowd(infobase(), waitingFor: 2)
        #expect(OneCSource.Settings().requestsAtOnce == 1)
        let records = try await fixture.read(crowd, settings: settings(1)).records
        #expect(records.count == 1_500)
        #expect(crowd.most == 1)
    }

    @Test("as many as allowed are under way and never one more, however many readers there are")
    func asAllowed() async throws {
        let crowd = Crowd(infobase(), waitingFor: 4)
        let access = InfobaseAccess(to: try InfobaseFixture.address(), requestsAtOnce: 3)
        @Sendable func reading() async throws -> Int {
            let source = try fixture.source(crowd, settings: settings(3), access: access)
            return try await source.collect(fixture.entity, progress: { _, _ in }) { _ in }
                .deliveredCount
        }
        async let first = reading()
        async let second = reading()
        let counts = try await [first, second]
        #expect(counts == [1_500, 1_500])
        #expect(crowd.most == 3)
    }

    @Test(
        "every entity comes once and in its order all the same",
        arguments: [0, 1, 49, 50, 51, 149, 1_500, 3_007])
    func whole(count: Int) async throws {
        let infobase = self.infobase(count)
        let (records, certificate) = try await fixture.read(infobase, settings: settings(4))
        #expect(records.map(\.id.rawValue) == (0..<count).map(InfobaseDouble.key))
        #expect(certificate.isCertified && certificate.repeatedCount == 0)
        #expect(certificate.requests == infobase.paths.count)
        let positions = infobase.paths.compactMap { path in
            path.components(separatedBy: "$skip=").dropFirst().first
                .flatMap { Int($0.prefix { $0.isNumber }) }
        }
        #expect(!positions.isEmpty && positions.allSatisfy { $0 < max(1, count) })
    }

    @Test("a page that came shorter than asked for leaves none of the rows behind it out")
    func shorter() async throws {
        let isBroken = Mutex(0)
        let infobase = InfobaseDouble((0..<1_500).map { InfobaseDouble.entity($0) }) { _, url in
            guard url.contains("$skip=49&") else { return nil }
            let tries = isBroken.withLock { tries in
                tries += 1
                return tries
            }
            // After two failures the third try asks for a quarter of the page.
            return tries <= 2 ? HTTPResponse(status: 502, body: []) : nil
        }
        let (records, certificate) = try await fixture.read(infobase, settings: settings(4))
        #expect(records.map(\.id.rawValue) == (0..<1_500).map(InfobaseDouble.key))
        #expect(certificate.isCertified && certificate.retries == 2)
    }

    /// Starts sessions, and sees whether two requests under way are in the same.
    private final class Sessions: HTTPTransport {
        struct State {
            var started = 0
            var busy: Set<String> = []
            var finished: Set<String> = []
            var lost: Set<String> = []
            var counts = 0
            var isShared = false
        }

        private let inner: InfobaseDouble
        /// Whether the session is gone in which the list is counted at the end.
        private let losesOne: Bool
        private let state = Mutex(State())

        init(_ inner: InfobaseDouble, losesOne: Bool = false) {
            self.inner = inner
            self.losesOne = losesOne
        }

        var seen: State { state.withLock { $0 } }

        func send(_ request: HTTPRequest) async throws -> HTTPResponse {
            let session = request.headers.first { $0.name == "Cookie" }?.value
            let wish = request.headers.first { $0.name == "IBSession" }?.value
            if let session {
                state.withLock { state in
                    if !state.busy.insert(session).inserted { state.isShared = true }
                    if wish == "finish" { state.finished.insert(session) }
                }
            }
            defer {
                if let session { state.withLock { state in _ = state.busy.remove(session) } }
            }
            if losesOne, let session, isLost(session, request) {
                return HTTPResponse(status: 404, body: [])
            }
            for _ in 0..<200 { await Task.yield() }
            var response = try await inner.send(request)
            guard wish == "start" else { return response }
            let number = state.withLock { state in
                state.started += 1
                return state.started
            }
            response.headers = [("Set-Cookie", "ibsession=\(number); Path=/")]
            return response
        }

        private func isLost(_ session: String, _ request: HTTPRequest) -> Bool {
            guard request.url.removingPercentEncoding?.contains("/$count") == true else {
                return false
            }
            return state.withLock { state in
                state.counts += 1
                if state.counts == 2 { state.lost.insert(session) }
                return state.lost.contains(session)
            }
        }
    }

    @Test("each request under way has a session of its own, and all are given back")
    func sessions() async throws {
        let sessions = Sessions(infobase())
        let settings = settings(3, usesSession: true)
        let records = try await fixture.read(sessions, settings: settings).records
        let seen = sessions.seen
        #expect(records.count == 1_500)
        #expect(!seen.isShared)
        #expect((2...3).contains(seen.started))
        #expect(seen.finished.count == seen.started)
    }

    @Test("of several sessions one that is lost is not given back, and the others are")
    func lostSession() async throws {
        let sessions = Sessions(infobase(), losesOne: true)
        let settings = settings(3, usesSession: true)
        let (records, certificate) = try await fixture.read(sessions, settings: settings)
        let seen = sessions.seen
        #expect(records.count == 1_500 && certificate.isCertified)
        #expect((2...3).contains(seen.started))
        #expect(seen.lost.count == 1 && seen.finished.isDisjoint(with: seen.lost))
        #expect(seen.finished.count == seen.started - 1)
    }

    @Test("credentials that nobody knows to be right are tried by one reader alone")
    func wrongPassword() async throws {
        let infobase = InfobaseDouble([]) { _, _ in HTTPResponse(status: 401, body: []) }
        let crowd = Crowd(infobase, waitingFor: 2)
        let access = InfobaseAccess(to: try InfobaseFixture.address(), requestsAtOnce: 4)
        @Sendable func isRefused() async throws -> Bool {
            let source = try fixture.source(crowd, settings: settings(4), access: access)
            do {
                _ = try await source.collect(fixture.entity, progress: { _, _ in }) { _ in }
                return false
            } catch let error as CollectionError {
                return error.message.contains("User or password is wrong")
            }
        }
        async let first = isRefused()
        async let second = isRefused()
        async let third = isRefused()
        let refusals = try await [first, second, third]
        #expect(refusals == [true, true, true])
        #expect(infobase.sent.count == 1)
    }

    @Test("a gate that becomes wider lets those in who wait, and is wide until it is narrowed")
    func widened() async throws {
        let gate = RequestGate()
        let (release, hold) = AsyncStream<Void>.makeStream()
        let (entered, enter) = AsyncStream<Void>.makeStream()
        let holder = Task {
            try await gate.pass {
                enter.finish()
                for await _ in release {}
            }
        }
        for await _ in entered {}
        let waiting = Task { try await gate.pass { true } }
        while gate.waitingCount == 0 { await Task.yield() }
        gate.widen(to: 2)
        #expect(try await waiting.value)
        gate.widen(to: 1)
        #expect(gate.places == 2)
        gate.narrow()
        #expect(gate.places == 1)
        hold.finish()
        try await holder.value
        #expect(try await gate.pass { true })
    }
}
