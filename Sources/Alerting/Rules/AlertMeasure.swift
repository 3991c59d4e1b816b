/// What a rule measures.
public enum AlertMeasure: String, Hashable, Sendable, CaseIterable {
    /// Operations of the integration that failed. Labels: error_type, object_kind, source_system,
    /// target_system.
    case journalErrors = "journal_errors"
    /// The share of failed operations, in millionths. Labels as for the count.
    case journalErrorRate = "journal_error_rate"
    /// Findings that a night found for the first time, or again. Labels: entity, kind.
    case newFindings = "new_findings"
    /// Money at stake in open findings after a night, in minor units. Labels: entity, currency.
    case moneyAtRisk = "money_at_risk"
    /// Readings of sources that failed in the last night. Labels: source, entity.
    case collectorFailures = "collector_failures"
    /// Last snapshots that are in doubt. Labels: source, entity.
    case uncertifiedSnapshots = "uncertified_snapshots"
    /// Minutes since a job was due without having begun, or having ended well. Label: job.
    case lateRuns = "late_runs"
    /// Last runs that failed. Label: job.
    case failedRuns = "failed_runs"
    /// Messages that were given up, or wait longer than they should. Label: channel.
    case undeliveredMessages = "undelivered_messages"

    /// The labels that a measurement has.
    public var labels: [String] {
        switch self {
        case .journalErrors, .journalErrorRate:
            ["error_type", "object_kind", "source_system", "target_system"]
        case .newFindings: ["entity", "kind"]
        case .moneyAtRisk: ["entity", "currency"]
        case .collectorFailures, .uncertifiedSnapshots: ["source", "entity"]
        case .lateRuns, .failedRuns: ["job"]
        case .undeliveredMessages: ["channel"]
        }
    }

    /// The periods over which it can be measured; the first is the usual one.
    public var periods: [AlertPeriod] {
        switch self {
        case .journalErrors, .journalErrorRate: [.hour, .minute, .day]
        case .newFindings, .moneyAtRisk: [.night]
        default: [.moment]
        }
    }

    /// How a number of it varies by chance alone.
    public var noise: SpikeTest.Noise {
        switch self {
        case .journalErrorRate: .share
        case .moneyAtRisk: .amount
        default: .count
        }
    }
}

/// The span of time over which something is measured.
public enum AlertPeriod: String, Hashable, Sendable, CaseIterable {
    /// A minute of the clock.
    case minute
    /// An hour of the clock.
    case hour
    /// A day of the company's calendar.
    case day
    /// A nightly run, by the day on which it began.
    case night
    /// How things stand now.
    case moment
}
