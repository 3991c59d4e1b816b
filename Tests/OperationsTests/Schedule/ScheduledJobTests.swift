import Foundation
import Testing

@testable import Operations

@Suite("A scheduled job")
struct ScheduledJobTests {
    private let cron: CronExpression
    private var job: ScheduledJob

    init() throws {
        cron = try CronExpression("30 2 * * *")
        job = ScheduledJob(job: "nightly", cron: cron, timeZone: .gmt)
    }

    private func instant(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

    private func decision(
        _ job: ScheduledJob, at now: String, last: String?, isUnfinished: Bool = false
    ) throws -> ScheduledJob.Decision {
        job.decision(
            at: try instant(now), lastStart: try last.map { began(try instant($0), isUnfinished) },
            machine: "m")
    }

    private func began(_ at: Date, _ isUnfinished: Bool = false) -> ScheduleKeeper.LastStart {
        ScheduleKeeper.LastStart(at: at, isUnfinished: isUnfinished)
    }

    @Test("runs when it is due and was not started since")
    func due() throws {
        let due = try instant("2026-11-26T02:30:00Z")
        let next = try instant("2026-11-27T02:30:00Z")

        #expect(
            try decision(job, at: "2026-11-26T02:30:00Z", last: "2026-11-25T02:30:01Z")
                == .run(due: due))
        #expect(
            try decision(job, at: "2026-11-26T02:31:00Z", last: "2026-11-26T02:30:00Z")
                == .wait(until: next))
        #expect(
            try decision(job, at: "2026-11-26T02:29:00Z", last: "2026-11-25T02:30:01Z")
                == .wait(until: due))
    }

    @Test("is due still when the run that was started for it has no end: it may have died")
    func unfinished() throws {
        let due = try instant("2026-11-26T02:30:00Z")

        #expect(
            try decision(
                job, at: "2026-11-26T02:50:00Z", last: "2026-11-26T02:30:00Z", isUnfinished: true)
                == .run(due: due))
    }

    @Test("makes up once for what was missed, if it is told to")
    func missed() throws {
        var strict = job
        strict.catchesUp = false
        let due = try instant("2026-11-26T02:30:00Z")

        #expect(
            try decision(job, at: "2026-11-26T09:00:00Z", last: "2026-11-20T02:30:00Z")
                == .run(due: due))
        #expect(
            try decision(job, at: "2026-11-26T09:20:00Z", last: "2026-11-26T09:00:00Z")
                == .wait(until: due.addingTimeInterval(86_400)))
        #expect(
            try decision(strict, at: "2026-11-26T09:00:00Z", last: "2026-11-20T02:30:00Z")
                == .wait(until: due.addingTimeInterval(86_400)))
        // Ten minutes late is on time.
        #expect(
            try decision(strict, at: "2026-11-26T02:40:00Z", last: "2026-11-20T02:30:00Z")
                == .run(due: due))
    }

    @Test("misses nothing before its first run")
    func first() throws {
        let next = try instant("2026-11-27T02:30:00Z")

        #expect(try decision(job, at: "2026-11-26T09:00:00Z", last: nil) == .wait(until: next))
        #expect(
            try decision(job, at: "2026-11-27T02:30:20Z", last: nil) == .run(due: next))
    }

    @Test("is not repeated when the clock is set back")
    func setBack() throws {
        guard
            case .wait = try decision(job, at: "2026-11-26T02:30:00Z", last: "2026-11-26T05:00:00Z")
        else {
            Issue.record("the job would run twice")
            return
        }
    }

    @Test("starts with a delay that is the machine's own and below the limit")
    func jitter() throws {
        var jittered = job
        jittered.jitter = .seconds(600)
        let start = try instant("2026-11-26T02:30:00Z")
        let last = try instant("2026-11-25T02:30:00Z")
        let delays = try ["a", "b", "c"].map { machine in
            let before = start.addingTimeInterval(-1)
            guard
                case .wait(let until) = jittered.decision(
                    at: before, lastStart: began(last.addingTimeInterval(700)), machine: machine)
            else { throw CancellationError() }
            return try #require(until).timeIntervalSince(start)
        }

        #expect(Set(delays).count == 3)
        #expect(delays.allSatisfy { (0..<600).contains($0) })
        let run = jittered.decision(
            at: start.addingTimeInterval(delays[0] + 1),
            lastStart: began(last.addingTimeInterval(700)),
            machine: "a")
        #expect(run == .run(due: start))
    }
}
