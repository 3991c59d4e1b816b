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
        guard entity.fields[place].type == .line else { return value.exactTexts }
        return value.texts.enumerated().map { number, text in
            DocumentLine(text).map { $0.exactText(number: number + 1) } ?? text
        }
    }
}

extension DocumentLine {
    /// The line as the sandbox's world writes it: `1 7 2.5 99.00 20`, with a dash for what is not told.
    fileprivate func exactText(number: Int) -> String {
        let parts = [product, quantity?.exactText, sum?.hundredths, vat]
        return ([String(number)] + parts.map { $0 ?? "-" }).joined(separator: " ")
    }
}

extension Quantity {
    /// Without needless zeros.
    fileprivate var exactText: String {
        var text = description
        guard text.contains(".") else { return text }
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }

    /// With two decimals, where it has no more.
    fileprivate var hundredths: String {
        switch scale {
        case 0: description + ".00"
        case 1: description + "0"
        default: description
        }
    }
}

extension FieldValue {
    /// The value as the sandbox's world writes it: `12.50`, `99.50 USD`, `2.5`, `2026-01-31`, `true`.
    fileprivate var exactTexts: [String] {
        switch self {
        case .texts(let texts): return texts
        case .money(let money):
            let digits = String(money.minorUnits.magnitude)
            let padded = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
            let sign = money.minorUnits < 0 ? "-" : ""
            let currency = money.currency == CurrencyCode.rouble ? "" : " " + money.currency
            return [sign + padded.dropLast(2) + "." + padded.suffix(2) + currency]
        case .quantity(let quantity): return [quantity.exactText]
        default: return [plainText]
        }
    }
}
