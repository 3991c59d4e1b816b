import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
@testable import Operations
import Records
@testable import Storage
import Testing

@testable import WebConsole

@Suite("Health and metrics")
struct HealthServerTests {
    private func get(_ path: String, of server: HealthServer) async throws -> (Int, String) {
        let port = try await server.start(
            Configuration.ListenAddress(host: "127.0.0.1", port: 0))
        do {
            let response = try await HTTPClient.shared.execute(
                HTTPClientRequest(url: "http://127.0.0.1:\(port)/\(path)"), timeout: .seconds(30))
            let body = try await response.body.collect(upTo: 1 << 20)
            await server.stop()
            return (Int(response.status.code), String(buffer: body))
        } catch {
            await server.stop()
            throw error
        }
    }

    private static func status() throws -> ServiceStatus {
        let start = Date(timeIntervalSince1970: 1_795_660_200)
        let run = Run(
            id: RunID(7), job: "nightly", state: .incomplete, startedAt: start,
            parameters: [:], engine: "1", holder: "h",
            stages: [
                RunStage(
                    name: "collect \"1c\"", state: .done, attempts: 1, startedAt: start,
                    finishedAt: start + 12.5, counts: ["records": 100, "written": 3])
            ])
        return ServiceStatus(
            jobs: [
                ServiceStatus.Job(
                    entry: ScheduledJob(
                        job: "nightly", cron: try CronExpression("30 2 * * *"), timeZone: .gmt),
                    lastRun: run, lastSuccess: start + 60, next: start + 86_400)
            ],
            findings: [
                StandingFindings(
                    entity: EntityName("order"), kind: "missing", severity: "error", count: 4)
            ],
            messages: ["sent": 2],
            alerts: [
                AlertPhaseCount(rule: "run-late", phase: "firing", count: 1),
                AlertPhaseCount(rule: "run-late", phase: "ok", count: 3),
            ])
    }

    @Test("a service that lives says so, whatever its database does")
    func health() async throws {
        let server = HealthServer { throw CancellationError() }

        #expect(try await get("healthz", of: server) == (200, "ok\n"))
    }

    @Test("a service whose database is away is not ready, and does not say why to strangers")
    func notReady() async throws {
        struct Secret: Error, CustomStringConvertible { let description = "password=x" }
        for path in ["readyz", "metrics"] {
            let answer = try await get(path, of: HealthServer { throw Secret() })

            #expect(answer == (503, "the database does not answer\n"))
        }
        #expect(try await get("readyz", of: HealthServer { try Self.status() }).0 == 200)
    }

    @Test("metrics tell runs, stages, findings, messages and alerts")
    func metrics() async throws {
        let (code, page) = try await get("metrics", of: HealthServer { try Self.status() })

        #expect(code == 200)
        for line in [
            "sverka_run_started_seconds{job=\"nightly\"} 1795660200.0",
            "sverka_run_succeeded_seconds{job=\"nightly\"} 1795660260.0",
            "sverka_run_next_seconds{job=\"nightly\"} 1795746600.0",
            "sverka_run_state{job=\"nightly\",state=\"incomplete\"} 1.0",
            "sverka_stage_duration_seconds{job=\"nightly\",stage=\"collect \\\"1c\\\"\"} 12.5",
            "sverka_stage_count{job=\"nightly\",stage=\"collect \\\"1c\\\"\",count=\"written\"} 3.0",
            "sverka_findings_open{entity=\"order\",kind=\"missing\",severity=\"error\"} 4.0",
            "sverka_messages{state=\"sent\"} 2.0",
            "sverka_alerts{rule=\"run-late\",state=\"firing\"} 1.0",
            "sverka_alerts{rule=\"run-late\",state=\"ok\"} 3.0",
        ] {
            #expect(page.split(separator: "\n").contains(Substring(line)), "\(line)\n\(page)")
        }
    }

    @Test("an address that is taken is an error that says what to change")
    func taken() async throws {
        let first = HealthServer { try Self.status() }
        let port = try await first.start(Configuration.ListenAddress(host: "127.0.0.1", port: 0))
        let error = await #expect(throws: ListenError.self) {
            try await HealthServer { try Self.status() }
                .start(Configuration.ListenAddress(host: "127.0.0.1", port: port))
        }
        await first.stop()

        #expect(error?.explanation.contains("serve: {listen: …}") == true)
    }
}
