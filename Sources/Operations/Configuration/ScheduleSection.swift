internal import Definitions
internal import Foundation

/// Reads the section `schedule` of the configuration.
enum ScheduleSection {
    /// The jobs that may be scheduled.
    static let jobs = [NightlyAudit.job, JournalIngest.job, AlertJob.job]

    static func entries(
        from node: YAMLNode?, timeZone: TimeZone, journal: Configuration.Source?
    ) throws(DefinitionError) -> [ScheduledJob] {
        guard let node else { return [] }
        try node.allow(keys: jobs + ["reports"])
        var entries: [ScheduledJob] = []
        for (key, value) in try node.pairs() {
            guard key.value == "reports" else {
                guard key.value != JournalIngest.job || journal.map({ $0.kind != .xml }) == true
                else {
                    throw value.error(
                        "there is no journal that can be read so; name it as 'sources: {journal: "
                            + "{name: exchange, kind: files, folder: …}}', or as a 1c_odata or "
                            + "bitrix24 that keeps it")
                }
                entries.append(try entry(key.value, value, timeZone))
                continue
            }
            // Reports by their names, sent to those who subscribed.
            for (report, value) in try value.pairs() {
                entries.append(try entry(ReportJob.job(of: report.value), value, timeZone))
            }
        }
        return entries
    }

    private static func entry(
        _ job: String, _ node: YAMLNode, _ timeZone: TimeZone
    ) throws(DefinitionError) -> ScheduledJob {
        guard node.isMapping else {
            return ScheduledJob(job: job, cron: try cron(node), timeZone: timeZone)
        }
        try node.allow(keys: ["cron", "time_zone", "jitter", "grace", "catch_up"])
        let timeZone = try node.optional("time_zone").map(zone) ?? timeZone
        let usual = ScheduledJob(
            job: job, cron: try cron(node.required("cron")), timeZone: timeZone)
        return ScheduledJob(
            job: job, cron: usual.cron, timeZone: timeZone,
            jitter: try node.optional("jitter").map(duration) ?? usual.jitter,
            grace: try node.optional("grace").map(duration) ?? usual.grace,
            catchesUp: try node.optional("catch_up")?.boolean() ?? usual.catchesUp)
    }

    private static func zone(_ node: YAMLNode) throws(DefinitionError) -> TimeZone {
        let name = try node.text()
        guard let zone = TimeZone(identifier: name) else {
            throw node.error("no such time zone: \(name)")
        }
        return zone
    }

    private static func cron(_ node: YAMLNode) throws(DefinitionError) -> CronExpression {
        let text = try node.text()
        do throws(CronError) { return try CronExpression(text) } catch {
            throw node.error(error.description)
        }
    }

    /// A duration as `30s`, `10m` or `2h`.
    static func duration(_ node: YAMLNode) throws(DefinitionError) -> Duration {
        let text = try node.text()
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600]
        guard let unit = text.last.flatMap({ units[$0] }), let number = Int(text.dropLast()),
            (0...366 * 24 * 3_600).contains(number), number >= 0
        else { throw node.error("expected a duration such as 30s, 10m or 2h") }
        return .seconds(number * unit)
    }
}
