import Collection
import Foundation
@testable import OneC
import Synchronization
import TestSupport
import Testing

@Suite("Requests of several processes to one infobase")
struct ProcessGateTests {
    /// Stands still, and lets others go on while somebody sleeps.
    private final class StandingClock: Clock {
        typealias Instant = ManualClock.Instant

        private let count = Mutex(0)

        var slept: Int { count.withLock { $0 } }
        var now: Instant { ManualClock().now }
        var minimumResolution: Duration { .zero }

        func sleep(until deadline: Instant, tolerance: Duration?) async throws {
            try Task.checkCancellation()
            count.withLock { $0 += 1 }
            for _ in 0..<20 { await Task.yield() }
        }

        /// Waits until somebody sleeps.
        func isSleptBy() async { while slept == 0 { await Task.yield() } }
    }

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// The gate as another process has it: it shares nothing but the folder.
    private func gate(
        tell: @escaping @Sendable (String) -> Void = { _ in }
    ) throws -> ProcessGate {
        ProcessGate(to: try InfobaseFixture.address(), in: folder.url, tell: tell)
    }

    private func patience(_ clock: StandingClock = StandingClock()) -> ProcessGate.Patience {
        ProcessGate.Patience(clock: MonotonicClock(clock), deadline: .seconds(900))
    }

    /// Enters, and stays until it is told to go.
    private func hold(
        _ gate: ProcessGate, places: Int = 1
    ) async -> (leave: AsyncStream<Void>.Continuation, task: Task<Void, any Error>) {
        let (release, leave) = AsyncStream<Void>.makeStream()
        let (entered, enter) = AsyncStream<Void>.makeStream()
        let patience = patience()
        let task = Task {
            try await gate.pass(places: places, patience: patience) {
                enter.finish()
                for await _ in release {}
            }
        }
        for await _ in entered {}
        return (leave, task)
    }

    /// How many are in at once.
    private final class Counts: Sendable {
        private let counts = Mutex((now: 0, most: 0, all: 0))

        var most: Int { counts.withLock { $0.most } }
        var all: Int { counts.withLock { $0.all } }

        func enter() {
            counts.withLock { counts in
                counts.now += 1
                counts.all += 1
                counts.most = max(counts.most, counts.now)
            }
        }

        func leave() { counts.withLock { $0.now -= 1 } }
    }

    /// Who came when.
    private final class Order: Sendable {
        private let names = Mutex<[String]>([])

        var all: [String] { names.withLock { $0 } }
        func append(_ name: String) { names.withLock { $0.append(name) } }
    }

    @Test("never overlap, and all get their turn")
    func oneAtATime() async throws {
        let counts = Counts()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for gate in [try gate(), try gate()] {
                let patience = patience()
                group.addTask {
                    for _ in 0..<20 {
                        try await gate.pass(places: 1, patience: patience) {
                            counts.enter()
                            for _ in 0..<20 { await Task.yield() }
                            counts.leave()
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(counts.most == 1)
        #expect(counts.all == 40)
    }

    @Test("have as many places as the infobase gives, and the next one waits")
    func places() async throws {
        let first = await hold(try gate(), places: 2)
        let second = await hold(try gate(), places: 2)
        let clock = StandingClock()
        let (third, patience) = (try gate(), patience(clock))
        let isIn = Mutex(false)
        let waiting = Task {
            try await third.pass(places: 2, patience: patience) { isIn.withLock { $0 = true } }
        }
        await clock.isSleptBy()
        #expect(!isIn.withLock { $0 })
        first.leave.finish()
        try await waiting.value
        #expect(isIn.withLock { $0 })
        second.leave.finish()
        try await first.task.value
        try await second.task.value
    }

    @Test("come in turn: who asks again and again stands behind the one that waits")
    func inTurn() async throws {
        let night = try gate()
        let first = await hold(night)
        let order = Order()
        let clocks = [StandingClock(), StandingClock()]
        let (journal, journalPatience) = (try gate(), patience(clocks[0]))
        let waiting = Task {
            try await journal.pass(places: 1, patience: journalPatience) {
                order.append("journal")
            }
        }
        await clocks[0].isSleptBy()
        let nightPatience = patience(clocks[1])
        let again = Task {
            try await night.pass(places: 1, patience: nightPatience) {
                order.append("night")
            }
        }
        await clocks[1].isSleptBy()
        first.leave.finish()
        try await first.task.value
        try await waiting.value
        try await again.value
        #expect(order.all == ["journal", "night"])
    }

    @Test("are given up when nobody is let in for as long as a request may take, and say so before")
    func deadline() async throws {
        let holder = await hold(try gate())
        let told = Mutex<[String]>([])
        let waiting = try gate { text in told.withLock { $0.append(text) } }
        let patience = ProcessGate.Patience(
            clock: MonotonicClock(ManualClock()), deadline: .seconds(900))
        let error = try await #require(throws: CollectionError.self) {
            try await waiting.pass(places: 1, patience: patience) {}
        }
        #expect(error.kind == .limited)
        #expect(error.message.contains("waited 900 s for its turn"))
        #expect(
            told.withLock { $0 } == [
                "srv.example/base is read by another process of this machine; waiting for its turn "
                    + "since 10 s"
            ])
        // Whoever gave up stands in nobody's way.
        holder.leave.finish()
        try await holder.task.value
        #expect(try await gate().pass(places: 1, patience: self.patience()) { true })
    }

    @Test(
        "are let in when the process that had the place is killed",
        .enabled(if: ExternalTool.python != nil, "there is no python3"))
    func killed() async throws {
        let python = try #require(ExternalTool.python)
        try await gate().pass(places: 1, patience: patience()) {}
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        let name = try #require(names.first { $0.hasSuffix(".0.lock") })
        let script = """
            import fcntl, sys, time
            f = open(sys.argv[1], "a")
            fcntl.flock(f, fcntl.LOCK_EX)
            print("locked", flush=True)
            time.sleep(600)
            """
        let process = try ExternalTool.start(
            python, ["-c", script, folder.url.appending(path: name).path])
        let clock = StandingClock()
        let (waiting, patience) = (try gate(), patience(clock))
        let task = Task { try await waiting.pass(places: 1, patience: patience) { true } }
        await clock.isSleptBy()
        kill(process, SIGKILL)
        #expect(try await task.value)
    }

    @Test("are sent without it where nothing can be locked")
    func noFolder() async throws {
        let file = try folder.write("", to: "file")
        let gate = ProcessGate(
            to: try InfobaseFixture.address(), in: file.appending(path: "below"), tell: { _ in })
        #expect(try await gate.pass(places: 1, patience: patience()) { true })
    }

    @Test("of sources are those, whichever of them reads")
    func sources() async throws {
        let address = try InfobaseFixture.address()
        let holder = await hold(try gate())
        let access = InfobaseAccess(to: address, locksIn: folder.url)
        let clock = StandingClock()
        let patience = patience(clock)
        let isSent = Mutex(false)
        let request = Task { try await access.pass(patience) { isSent.withLock { $0 = true } } }
        await clock.isSleptBy()
        #expect(!isSent.withLock { $0 })
        holder.leave.finish()
        try await holder.task.value
        try await request.value
        #expect(isSent.withLock { $0 })
    }
}
