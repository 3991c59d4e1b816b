public import Operations

internal import Foundation
internal import Records
internal import Storage

/// How the service stands, in the text format of Prometheus.
///
/// Source: <https://prometheus.io/docs/instrumenting/exposition_formats/>.
public struct PrometheusText {
    private var lines: [String] = []

    /// The page; names of metrics begin with `sverka_`, times are seconds since 1970.
    public static func page(_ status: ServiceStatus) -> String {
        var text = PrometheusText()
        text.schedule(status.jobs)
        text.stages(status.jobs)
        text.family("findings_open", "Findings that stand.")
        for findings in status.findings {
            text.sample(
                "findings_open",
                [
                    ("entity", findings.entity.rawValue), ("kind", findings.kind),
                    ("severity", findings.severity),
                ], Double(findings.count))
        }
        text.family("messages", "Messages of the outbox by state.")
        for (state, count) in status.messages.sorted(by: { $0.key < $1.key }) {
            text.sample("messages", [("state", state)], Double(count))
        }
        text.family("alerts", "Alerts by rule and state: pending, firing, resolved, ok.")
        for alert in status.alerts {
            text.sample(
                "alerts", [("rule", alert.rule), ("state", alert.phase)], Double(alert.count))
        }
        return text.lines.joined(separator: "\n") + "\n"
    }

    private mutating func schedule(_ jobs: [ServiceStatus.Job]) {
        let times: [(String, String, (ServiceStatus.Job) -> Date?)] = [
            ("run_started_seconds", "When the last run began.", { $0.lastRun?.startedAt }),
            ("run_succeeded_seconds", "When the last good run ended.", { $0.lastSuccess }),
            ("run_next_seconds", "When the job is due next.", { $0.next }),
        ]
        for (name, help, time) in times {
            family(name, help)
            for job in jobs {
                guard let time = time(job) else { continue }
                sample(name, [("job", job.entry.job)], time.timeIntervalSince1970)
            }
        }
        family("run_state", "The state of the last run; 1 for the one that it is in.")
        for job in jobs {
            guard let run = job.lastRun else { continue }
            sample("run_state", [("job", job.entry.job), ("state", run.state.rawValue)], 1)
        }
    }

    private mutating func stages(_ jobs: [ServiceStatus.Job]) {
        family("stage_duration_seconds", "How long a stage of the last run took.")
        for job in jobs {
            for stage in job.lastRun?.stages ?? [] {
                guard let finished = stage.finishedAt else { continue }
                sample(
                    "stage_duration_seconds", [("job", job.entry.job), ("stage", stage.name)],
                    finished.timeIntervalSince(stage.startedAt))
            }
        }
        family("stage_count", "What a stage of the last run counted.")
        for job in jobs {
            for stage in job.lastRun?.stages ?? [] {
                for (name, count) in stage.counts.sorted(by: { $0.key < $1.key }) {
                    sample(
                        "stage_count",
                        [("job", job.entry.job), ("stage", stage.name), ("count", name)],
                        Double(count))
                }
            }
        }
    }

    private mutating func family(_ name: String, _ help: String) {
        lines.append("# HELP sverka_\(name) \(help)")
        lines.append("# TYPE sverka_\(name) gauge")
    }

    private mutating func sample(
        _ name: String, _ labels: [(name: String, value: String)], _ value: Double
    ) {
        let labels = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }
        lines.append("sverka_\(name){\(labels.joined(separator: ","))} \(value)")
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("\n", with: "\\n")
    }
}
