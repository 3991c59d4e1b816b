internal import Records

/// Turns records of one entity into what is hashed and what is stored.
///
/// The hash covers the typed fields by name, whether each is personal, and the reading notes; not the
/// payload, in which sources count versions (`DataVersion`) and which changes when nothing did. Of a
/// field that is incidental, such as who changed the record last, it covers that there is a value, not
/// which. A field that has no value is not covered, so that adding a field to the definition writes only
/// the records that have one; marking a field as personal writes anew all records that have it, which
/// moves it to the marked column.
struct RecordContent: Sendable {
    private struct Field {
        var index: Int
        var name: [UInt8]
        var isPersonal: Bool
        var isIncidental: Bool
    }

    /// In the order of names, so that moving a field within the definition changes no hash.
    private let fields: [Field]

    init(_ definition: EntityDefinition) {
        fields = definition.fields.enumerated()
            .sorted { $0.element.name < $1.element.name }
            .map {
                Field(
                    index: $0.offset, name: Array($0.element.name.rawValue.utf8),
                    isPersonal: $0.element.isPersonal, isIncidental: $0.element.isIncidental)
            }
    }

    /// The hash of a record's content.
    ///
    /// - Parameters:
    ///   - record: The record.
    ///   - scratch: A buffer that is used again from record to record.
    /// - Returns: The hash.
    func hash(_ record: Record, scratch: inout [UInt8]) -> Digest128 {
        scratch.removeAll(keepingCapacity: true)
        for field in fields {
            guard let value = record[field.index] else { continue }
            scratch.appendSized(field.name)
            scratch.append((field.isPersonal ? 1 : 0) | (field.isIncidental ? 2 : 0))
            if !field.isIncidental { scratch.append(value) }
        }
        for note in record.readingNotes {
            scratch.append(UInt8(ascii: "!"))
            scratch.appendSized(note.kind.rawValue)
            scratch.appendSized(note.field?.rawValue ?? "")
        }
        return scratch.withUnsafeBytes { Digest128(of: $0) }
    }

    /// The fields with values as a JSON object, personal ones or the others.
    func json(_ record: Record, personal: Bool) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        for field in fields where field.isPersonal == personal {
            guard let value = record[field.index] else { continue }
            writer.key(field.name)
            writer.value(value)
        }
        writer.endObject()
        return writer.text
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ value: FieldValue) {
        switch value {
        case .text(let text):
            append(UInt8(ascii: "t"))
            appendSized(text)
        case .texts(let texts):
            append(UInt8(ascii: "T"))
            appendNumber(Int64(texts.count))
            for text in texts { appendSized(text) }
        case .boolean(let flag):
            append(UInt8(ascii: flag ? "y" : "n"))
        case .integer(let number):
            append(UInt8(ascii: "i"))
            appendNumber(number)
        case .quantity(let quantity):
            append(UInt8(ascii: "q"))
            appendNumber(quantity.units)
            append(quantity.scale)
        case .money(let money):
            append(UInt8(ascii: "m"))
            appendNumber(money.minorUnits)
            appendSized(money.currency)
        case .date(let date):
            append(UInt8(ascii: "d"))
            appendNumber(Int64(date.year * 10_000 + date.month * 100 + date.day))
        case .instant(let seconds):
            append(UInt8(ascii: "s"))
            appendNumber(seconds)
        }
    }

    fileprivate mutating func appendSized(_ text: String) {
        appendNumber(Int64(text.utf8.count))
        append(contentsOf: text.utf8)
    }

    fileprivate mutating func appendSized(_ bytes: [UInt8]) {
        appendNumber(Int64(bytes.count))
        append(contentsOf: bytes)
    }

    private mutating func appendNumber(_ number: Int64) {
        Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }
}
