public import Foundation
public import Records

/// Makes records of payloads by a mapping that was compiled once.
public struct RecordDecoder: Sendable {
    /// What became of a payload.
    public enum Outcome: Hashable, Sendable {
        /// A record of the entity.
        case record(Record)
        /// Something else that stands in the same list, by the mapping's rule of this name.
        case skipped(reason: String)
        /// An object that has no id, or a text too long to be one.
        case withoutID
        /// An object whose id, or whether it is one of the entity's, is said by a key that is in no part
        /// of a list that was read.
        case unknownKey
    }

    /// A class, since to copy its many parts for each record would count many references.
    fileprivate final class Field: Sendable {
        let name: FieldName
        let expression: CompiledExpression
        let conversion: FieldConversion
        let keepsFalse: Bool

        init(
            name: FieldName, expression: CompiledExpression, conversion: FieldConversion,
            keepsFalse: Bool
        ) {
            self.name = name
            self.expression = expression
            self.conversion = conversion
            self.keepsFalse = keepsFalse
        }
    }

    fileprivate let id: CompiledExpression
    /// The id of a record that is no longer there; `nil` where the source does not say.
    fileprivate let removedID: CompiledExpression?
    fileprivate let idPrefix: String
    fileprivate let rows: RowSplitter?
    fileprivate let skips: [CompiledCondition]
    /// In the order of the definition; `nil` where the mapping is silent.
    fileprivate let fields: [Field?]
    fileprivate let table: PathTable
    fileprivate let texts: PayloadTexts
    fileprivate let keepsPayload: Bool
    fileprivate let watch: MandatoryWatch

    /// Compiles a mapping.
    ///
    /// - Parameters:
    ///   - mapping: Where the fields come from.
    ///   - entity: The fields and their order.
    ///   - lookups: What the mapping's lookups say, read before.
    ///   - properties: The members that stand for the names of the mapping's properties; nothing
    ///     where the system has none.
    ///   - timeZone: Where the source's clock hangs, for moments that come without an offset.
    ///   - keepsPayload: Whether records keep the object as it came.
    public init(
        _ mapping: EntityMapping, entity: EntityDefinition, lookups: LookupTables = LookupTables(),
        properties: [String: [String]] = [:],
        timeZone: TimeZone = .gmt, keepsPayload: Bool = true
    ) {
        var table = PathTable(lookups: lookups, properties: properties)
        id = CompiledExpression(mapping.id, &table)
        removedID = mapping.deletions.map { CompiledExpression($0.id, &table) }
        idPrefix = mapping.idPrefix
        rows = mapping.rows.map { RowSplitter($0, lookups) }
        skips = mapping.skips.map { CompiledCondition($0, &table) }
        fields = entity.fields.map { field in
            guard let found = mapping.fields.first(where: { $0.name == field.name }) else {
                return nil
            }
            return Field(
                name: field.name, expression: CompiledExpression(found.expression, &table),
                conversion: FieldConversion(field, timeZone: timeZone),
                keepsFalse: field.type == .boolean)
        }
        self.table = table
        texts = PayloadTexts(mapping)
        self.keepsPayload = keepsPayload
        watch = MandatoryWatch(mapping)
    }

    /// Makes a record of each row of a listed object, or one of the object where the mapping names
    /// no rows.
    ///
    /// - Parameter object: What is listed.
    /// - Returns: One outcome for each row, in their order.
    public func decodeRows(of object: JSONValue) -> [Outcome] {
        var (decoding, outcomes) = (RecordDecoding(self), [Outcome]())
        decoding.decodeRows(of: object) { outcomes.append($0) }
        return outcomes
    }

    /// Makes a record of one payload.
    public func decode(_ payload: JSONValue) -> Outcome {
        var decoding = RecordDecoding(self)
        return decoding.decode(payload)
    }
}

/// Makes records of many payloads, one after another and in the same memory.
public struct RecordDecoding {
    private let decoder: RecordDecoder
    private var reader: PayloadReader
    private var evaluation: FieldEvaluation
    private var watch: MandatoryWatch
    /// The texts of one field.
    private var taken: [String] = []

    /// Begins with a decoder's first payload.
    public init(_ decoder: RecordDecoder) {
        self.decoder = decoder
        reader = PayloadReader(table: decoder.table)
        evaluation = FieldEvaluation(texts: decoder.texts)
        watch = decoder.watch
    }

    /// What the mapping calls mandatory and no payload so far had a place for, the id first; nothing
    /// while there was no payload.
    public var lostFields: [LostField] { watch.lost }

    /// Makes a record of each row of a listed object, or one of the object where the mapping names
    /// no rows.
    ///
    /// - Parameters:
    ///   - object: What is listed.
    ///   - body: Takes one outcome for each row, in their order.
    public mutating func decodeRows(
        of object: JSONValue, _ body: (RecordDecoder.Outcome) -> Void
    ) {
        guard let rows = decoder.rows else { return body(decode(object)) }
        for payload in rows.payloads(of: object) { body(decode(payload)) }
    }

    /// Makes a record of an object by which the source says that one is no longer there.
    ///
    /// - Parameter deletion: An object of the mapping's list of deletions.
    /// - Returns: A record without values; `nil` where the deletion is of another entity.
    public mutating func decodeDeletion(_ deletion: JSONValue) -> Record? {
        guard let removedID = decoder.removedID else { return nil }
        return deletion.withPlace { place -> Record? in
            reader.begin(place)
            guard let id = takenID(removedID) else { return nil }
            var record = Record(
                id: id, fields: [FieldValue?](repeating: nil, count: decoder.fields.count))
            record.isRemoved = true
            return record
        }
    }

    /// Makes a record of one payload.
    mutating func decode(_ payload: JSONValue) -> RecordDecoder.Outcome {
        watch.look(at: payload)
        return payload.withPlace { decode($0, payload) }
    }

    private mutating func decode(
        _ place: JSONPlace, _ payload: JSONValue
    ) -> RecordDecoder.Outcome {
        reader.begin(place)
        var isGuess = false
        for skip in decoder.skips where skip.holds(in: &reader, texts: decoder.texts) {
            guard skip.isGuess(in: &reader, texts: decoder.texts) else {
                return .skipped(reason: skip.reason)
            }
            // Another rule may leave it out for certain.
            isGuess = true
        }
        if isGuess { return .unknownKey }
        guard let recordID = takenID(decoder.id) else {
            return evaluation.hadUnknownKey ? .unknownKey : .withoutID
        }
        var notes: [ReadingNote] = []
        var values: [FieldValue?] = []
        values.reserveCapacity(decoder.fields.count)
        for field in decoder.fields {
            guard let field else {
                values.append(nil)
                continue
            }
            values.append(value(of: field, notes: &notes))
        }
        // What was mended outside the mapped fields is noted without one.
        note(.nulRemoved, if: payload.hadNUL, in: &notes)
        note(.brokenEncoding, if: payload.hadBrokenEncoding, in: &notes)
        guard decoder.keepsPayload else {
            return .record(Record(id: recordID, fields: values, readingNotes: notes))
        }
        return .record(
            Record(
                id: recordID, fields: values, payload: ReadPayload(payload), readingNotes: notes))
    }

    /// The id that an expression gives, with the mapping's prefix.
    private mutating func takenID(_ expression: CompiledExpression) -> RecordID? {
        evaluation.begin(keepsFalse: false)
        taken.removeAll(keepingCapacity: true)
        evaluation.append(expression, of: &reader, to: &taken)
        guard let id = taken.first, id.utf8.count <= RecordID.byteCountMax else { return nil }
        return RecordID(decoder.idPrefix.isEmpty ? id : decoder.idPrefix + id)
    }

    private mutating func value(
        of field: RecordDecoder.Field, notes: inout [ReadingNote]
    ) -> FieldValue? {
        evaluation.begin(keepsFalse: field.keepsFalse)
        taken.removeAll(keepingCapacity: true)
        evaluation.append(field.expression, of: &reader, to: &taken)
        let value = field.conversion.value(of: taken, notes: &notes)
        if evaluation.hadUnknownKey { notes.append(ReadingNote(.unknownKey, field: field.name)) }
        if evaluation.hadNUL { notes.append(ReadingNote(.nulRemoved, field: field.name)) }
        if evaluation.hadBrokenEncoding {
            notes.append(ReadingNote(.brokenEncoding, field: field.name))
        }
        return value
    }

    private func note(
        _ kind: ReadingNote.Kind, if wasMended: Bool, in notes: inout [ReadingNote]
    ) {
        guard wasMended, !notes.contains(where: { $0.kind == kind }) else { return }
        notes.append(ReadingNote(kind))
    }
}

/// An object of a document that was read; the document stays in memory as long as its records do.
private final class ReadPayload: LazyPayload {
    private let value: JSONValue

    init(_ value: JSONValue) { self.value = value }

    var text: String { value.jsonText }
}
