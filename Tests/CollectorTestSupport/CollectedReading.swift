public import Collection
public import Records
import Synchronization

/// What came of reading one entity from one system.
public struct CollectedReading: Sendable {
    /// What was read.
    public let entity: EntityDefinition
    /// The fields of each record, in the order of the entity's definition.
    public private(set) var records: [RecordID: [FieldValue?]] = [:]
    /// Ids that were delivered more than once.
    public private(set) var repeated = 0
    /// Set when the reading came to its end.
    public private(set) var certificate: Certificate?
    /// Why it did not.
    public private(set) var failure: (any Error)?

    /// Reads an entity as far as that goes.
    public init(of entity: EntityDefinition, from source: any SnapshotSource) async {
        self.entity = entity
        let delivered = Mutex<(records: [RecordID: [FieldValue?]], repeated: Int)>(([:], 0))
        do {
            certificate = try await source.collect(entity, progress: { _, _ in }) { page in
                delivered.withLock { delivered in
                    for record in page
                    where delivered.records.updateValue(record.fields, forKey: record.id) != nil {
                        delivered.repeated += 1
                    }
                }
            }
        } catch {
            failure = error
        }
        (records, repeated) = delivered.withLock { $0 }
    }

    /// The texts of a field of a record; none where it has no value.
    func texts(_ field: String, of record: [FieldValue?]) -> [String] {
        guard let place = entity.index(of: FieldName(field)), let value = record[place] else {
            return []
        }
        return value.exactTexts
    }
}

extension FieldValue {
    /// The value as the sandbox's world writes it: `12.50`, `2.5`, `2026-01-31`, `true`.
    fileprivate var exactTexts: [String] {
        switch self {
        case .texts(let texts): return texts
        case .money(let money):
            let digits = String(money.minorUnits.magnitude)
            let padded = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
            return [(money.minorUnits < 0 ? "-" : "") + padded.dropLast(2) + "." + padded.suffix(2)]
        case .quantity(let quantity):
            var text = quantity.description
            if text.contains(".") {
                while text.hasSuffix("0") { text.removeLast() }
                if text.hasSuffix(".") { text.removeLast() }
            }
            return [text]
        default: return [plainText]
        }
    }
}
