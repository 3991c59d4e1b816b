import Foundation
import Records
import Storage
import Synchronization
import Testing

@testable import Operations

@Suite("The keeper of the schedule")
struct ScheduleKeeperTests {
    /// A clock that only pauses move, and a database that remembers starts.
    private final class Stage: Sendable {
        struct State {
            var now: Date
            var starts: [Date] = []
            var lastStart: Date?
            var isUnfinished = false
            /// Whether another process is about the job.
            var isBusy = false
            var startsNothing = false
            var pauses: [Duration] = []
            var failures = 0
            var log: [String] = []
        }
        let state: Mutex<State>

        init(_ now: String) throws {
            state = Mutex(State(now: try Date(now, strategy: .iso8601)))
        }

        func surroundings(
            _ jobs: [ScheduledJob], runTime: TimeInterval = 0
        ) -> ScheduleKeeper.Surroundings {
            ScheduleKeeper.Surroundings(
                jobs: { jobs }, now: { self.state.withLock { $0.now } },
                pause: { pause in
                    self.state.withLock {
                        $0.pauses.append(pause)
                        $0.now += Double(pause.components.seconds)
                    }
                },
                lastStart: { _ in
                    self.state.withLock { state in
                        state.lastStart.map {
                            ScheduleKeeper.LastStart(at: $0, isUnfinished: state.isUnfinished)
                        }
                    }
                },
                start: { _, _ in
                    let (fails, ran) = self.state.withLock {
                        $0.starts.append($0.now)
                        if !$0.startsNothing, !$0.isBusy {
                            ($0.lastStart, $0.isUnfinished) = ($0.now, false)
                            $0.now += runTime
                        }
                        return ($0.failures > 0, !$0.isBusy)
                    }
                    if fails { throw ConfigurationError("the job is broken") }
                    return ran
                }, log: { line in self.state.withLock { $0.log.append(line) } })
        }

        /// Looks and pauses until a time.
        func keep(_ keeper: ScheduleKeeper, until end: String) async throws {
            let end = try Date(end, strategy: .iso8601)
            while state.withLock({ $0.now }) < end {
                let pause = try await keeper.look()
                state.withLock {
                    $0.pauses.append(pause)
                    $0.now += Double(pause.components.seconds)
                }
            }
        }
    }

    private func nightly() throws -> [ScheduledJob] {
        [ScheduledJob(job: "nightly", cron: try CronExpression("30 2 * * *"), timeZone: .gmt)]
    }

    @Test("starts a job once a night, at its time, and looks once a minute at least")
    func nights() async throws {
        let stage = try Stage("2026-11-26T12:00:00Z")
        let keeper = ScheduleKeeper(
            stage.surroundings(try nightly(), runTime: 1_000), machine: "m")

        try await stage.keep(keeper, until: "2026-11-29T12:00:00Z")

        let state = stage.state.withLock { $0 }
        #expect(
            state.starts.map { $0.formatted(.iso8601) } == [
                "2026-11-27T02:30:00Z", "2026-11-28T02:30:00Z", "2026-11-29T02:30:00Z",
            ])
        #expect(state.pauses.allSatisfy { $0 <= .seconds(60) })
    }

    @Test("makes up for missed nights once after a stop of a week")
    func catchUp() async throws {
        let stage = try Stage("2026-11-26T12:00:00Z")
        stage.state.withLock { $0.lastStart = $0.now - 7 * 86_400 }
        let keeper = ScheduleKeeper(stage.surroundings(try nightly()), machine: "m")

        try await stage.keep(keeper, until: "2026-11-26T23:00:00Z")

        #expect(
            stage.state.withLock { $0.starts.map { $0.formatted(.iso8601) } }
                == ["2026-11-26T12:00:00Z"])
    }

    @Test("goes on after a job that failed, and says why it did")
    func failure() async throws {
        let stage = try Stage("2026-11-26T12:00:00Z")
        stage.state.withLock { $0.failures = 1 }
        let keeper = ScheduleKeeper(stage.surroundings(try nightly()), machine: "m")

        try await stage.keep(keeper, until: "2026-11-28T12:00:00Z")

        let state = stage.state.withLock { $0 }
        #expect(state.starts.count == 2)
        #expect(state.log.contains("nightly failed: the job is broken"))
    }

    @Test("goes on at once with a run that died")
    func died() async throws {
        let stage = try Stage("2026-11-26T02:50:00Z")
        stage.state.withLock { ($0.lastStart, $0.isUnfinished) = ($0.now - 1_200, true) }
        let keeper = ScheduleKeeper(stage.surroundings(try nightly()), machine: "m")

        try await stage.keep(keeper, until: "2026-11-26T23:00:00Z")

        #expect(
            stage.state.withLock { $0.starts.map { $0.formatted(.iso8601) } }
                == ["2026-11-26T02:50:00Z"])
    }

    @Test("leaves alone what another process is about, and says nothing of it each minute")
    func busy() async throws {
        let stage = try Stage("2026-11-26T02:31:00Z")
        stage.state.withLock {
            ($0.lastStart, $0.isUnfinished, $0.isBusy) = ($0.now - 60, true, true)
        }
        let keeper = ScheduleKeeper(stage.surroundings(try nightly()), machine: "m")

        try await stage.keep(keeper, until: "2026-11-26T02:41:00Z")

        let state = stage.state.withLock { $0 }
        #expect(state.starts.count == 10)
        #expect(state.log.isEmpty)
    }

    @Test("tries a job that cannot even begin once a minute, not as fast as it can")
    func cannotBegin() async throws {
        let stage = try Stage("2026-11-26T12:00:00Z")
        stage.state.withLock {
            ($0.lastStart, $0.failures, $0.startsNothing) = ($0.now - 86_400, 1, true)
        }
        let keeper = ScheduleKeeper(stage.surroundings(try nightly()), machine: "m")

        try await stage.keep(keeper, until: "2026-11-26T12:10:00Z")

        #expect(stage.state.withLock { $0.starts.count } == 10)
    }
}

@Suite("A night that the schedule wants", .timeLimit(.minutes(5)))
struct DueNightTests {
    @Test("is not run again when somebody ran it since, and says which run that was")
    func once() async throws {
        try await NightScene.play { scene in
            let due = Date()
            let first = try await NightlyAudit(
                scene.configuration, resources: ResourceFolders(overrides: nil),
                progress: SilentProgress()
            ).run(due: due)
            let error = await #expect(throws: AlreadyRun.self) {
                try await NightlyAudit(
                    scene.configuration, resources: ResourceFolders(overrides: nil),
                    progress: SilentProgress()
                ).run(due: due)
            }

            #expect(error == AlreadyRun(run: first.run))
            let runs = try await scene.withStore { try await $0.runs() }
            #expect(runs.count == 1)
        }
    }
}
