public import Collection
public import Records
public import Sandbox

/// How a reading ended, without its numbers and words.
public enum ReadingOutcome: Hashable, Sendable {
    /// Certified.
    case certified
    /// Not certified, with doubts of these kinds.
    case doubted(Set<FaultExplanation.Doubt>)
    /// Ended with an error of this kind.
    case refused(CollectionError.Kind)
}

/// A reading through faults, with what it came to.
public struct JudgedReading: Sendable {
    /// What was read.
    public let reading: CollectedReading
    /// Whether it says no more than is true.
    public let verdict: FaultVerdict
    /// How often each fault was met.
    public let met: [SandboxFault: Int]
    private let changes: Set<SystemChange>

    /// Judges a reading of a sandbox.
    ///
    /// - Parameters:
    ///   - reading: What was read.
    ///   - truth: What the system keeps by the world behind it.
    ///   - mapping: By which it was read: it says which texts are no values.
    ///   - system: The system.
    ///   - sandbox: What was played; it tells which faults were met and what changed meanwhile.
    public init(
        _ reading: CollectedReading, against truth: [TrueRecord], mapping: EntityMapping,
        in system: SandboxSystem, of sandbox: Sandbox
    ) {
        self.reading = reading
        met = sandbox.counters.faults
        changes = SystemChange.all(in: system, of: sandbox)
        verdict = FaultVerdict(
            of: reading, against: truth, mapping: mapping,
            changes: changes, faults: met.keys, in: system)
    }

    /// How it ended; `nil` after an error that is none of a reading.
    public var outcome: ReadingOutcome? {
        guard let certificate = reading.certificate else {
            return (reading.failure as? CollectionError).map { .refused($0.kind) }
        }
        return certificate.isCertified
            ? .certified : .doubted(Set(certificate.doubts.map(FaultExplanation.Doubt.init)))
    }

    /// What the reading says of itself.
    public var why: String {
        reading.certificate.map { "\($0.doubts)" } ?? reading.failure.map { "\($0)" } ?? ""
    }

    private var counts: String {
        guard let certificate = reading.certificate else { return "" }
        let announced = [certificate.announcedCount, certificate.announcedCountAfter].map {
            $0.map(String.init) ?? "?"
        }
        return "announced \(announced.joined(separator: ", ")), listed \(certificate.listedCount), "
            + "notes \(certificate.noteCounts)"
    }

    /// What is wrong with it; `nil` where it is true, or gives a reason that the faults explain.
    public var complaint: String? {
        switch verdict {
        case .certified, .doubted, .refused: nil
        case .unexplained(let reason): "\(reading.entity.name), unexplained: \(reason); met \(met)"
        case .wrong(let reason):
            "\(reading.entity.name), wrong: \(reason); met \(met), changed \(changes.map(\.row)); \(counts)"
        }
    }
}

/// A switch of a system's behaviour, how it is set, and what comes of reading it then.
public struct SwitchSetting: Sendable, CustomStringConvertible {
    /// The switch.
    public var name: String
    /// To what it is set.
    public var value: String
    /// The entity whose reading it concerns.
    public var entity: String
    /// What comes of it.
    public var outcome: ReadingOutcome
    /// What has to be set beside it to matter, by name.
    public var beside: [String: String]

    /// Describes a setting.
    public init(
        name: String, value: String, entity: String = "counterparty",
        outcome: ReadingOutcome = .certified, beside: [String: String] = [:]
    ) {
        self.name = name
        self.value = value
        self.entity = entity
        self.outcome = outcome
        self.beside = beside
    }

    /// `state=unpaid`.
    public var description: String { "\(name)=\(value)" }
}
