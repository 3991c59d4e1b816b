import Collection
public import Records
public import Sandbox

/// Whether a reading through faults says no more than is true, and gives the right reason when it
/// does not vouch for itself.
public enum FaultVerdict: Hashable, Sendable {
    /// Certified, and equal to the truth.
    case certified
    /// Not certified, for a reason that the faults explain.
    case doubted
    /// Ended with an error that the faults explain.
    case refused
    /// Not certified or ended for a reason that no fault explains.
    case unexplained(String)
    /// Certified, and not true; or ended with an error that says nothing.
    case wrong(String)

    /// Judges a reading.
    ///
    /// Rows that somebody changed while it was read may be as before, as after, or not there: all
    /// others have to be as the world has them.
    ///
    /// - Parameters:
    ///   - reading: What was read.
    ///   - truth: What the system keeps by the world behind it.
    ///   - mapping: By which it was read: it says which texts are no values.
    ///   - changes: What was done in the system meanwhile.
    ///   - faults: The faults that were met.
    ///   - system: The system.
    public init(
        of reading: CollectedReading, against truth: [TrueRecord], mapping: EntityMapping,
        changes: Set<SystemChange> = [], faults: some Collection<SandboxFault>,
        in system: SandboxSystem
    ) {
        let explanations = faults.map { FaultExplanation($0, in: system) }
        guard let certificate = reading.certificate else {
            self = Self.refusal(reading.failure, explanations)
            return
        }
        let lie = Truth(reading: reading, mapping: mapping, changes: changes).lie(about: truth)
        guard !certificate.isCertified else {
            self = lie.map { .wrong($0) } ?? .certified
            return
        }
        let known = explanations.reduce(into: Set()) { $0.formUnion($1.doubts) }
        let unknown = certificate.doubts.filter { !known.contains(FaultExplanation.Doubt($0)) }
        self = unknown.isEmpty ? .doubted : .unexplained("\(unknown)")
    }

    private static func refusal(
        _ failure: (any Error)?, _ explanations: [FaultExplanation]
    ) -> FaultVerdict {
        guard let error = failure as? CollectionError, !error.message.isEmpty else {
            return .wrong("no error of reading: \(failure.map { "\($0)" } ?? "none")")
        }
        return explanations.contains { $0.errors.contains(error.kind) }
            ? .refused : .unexplained("\(error.kind): \(error)")
    }
}

/// A reading beside what it should be.
private struct Truth {
    let reading: CollectedReading
    let mapping: EntityMapping
    let changes: Set<SystemChange>

    /// The first thing that is not as the world has it; `nil` where all is.
    func lie(about truth: [TrueRecord]) -> String? {
        if reading.repeated > 0 { return "\(reading.repeated) ids delivered twice" }
        let (rows, tables) = (Set(changes.map(\.row)), Set(changes.map(\.row.table)))
        var known: Set<String> = []
        for record in truth {
            known.insert(record.id)
            guard record.rows.isDisjoint(with: rows) else {
                if let substitute = record.substitute { known.insert(substitute) }
                continue
            }
            guard let read = reading.records[RecordID(record.id)] else {
                return "\(record.id) is not there"
            }
            for (field, expected) in record.fields where expected.tables.isDisjoint(with: tables) {
                let (texts, wanted) = (
                    cleaned(reading.texts(field, of: read)), cleaned(expected.texts)
                )
                if texts != wanted { return "\(record.id) has \(field) \(texts), not \(wanted)" }
            }
        }
        let created = Set(changes.filter(\.isCreation).map(\.row.key))
        for id in reading.records.keys.map(\.rawValue)
        where !known.contains(id) && created.isDisjoint(with: parts(of: id)) {
            return "\(id) was never there"
        }
        return nil
    }

    private func cleaned(_ texts: [String]) -> [String] {
        let texts = texts.map {
            TextCleaning.trimmed(
                mapping.decodesHTMLEntities ? TextCleaning.decodingHTMLEntities($0) : $0)
        }
        return Set(texts).filter { !$0.isEmpty && !mapping.emptyValues.contains($0) }.sorted()
    }

    /// An id, and what it is put together of: `invoice-7`, or keys joined by `#`.
    private func parts(of id: String) -> [String] {
        [id] + id.split(separator: "#").map(String.init)
            + id.split(separator: "-").suffix(1).map(String.init)
    }
}
