/// Gathers records for a ``RecordTable``, one after another.
///
/// A class because it is one growing piece of memory with one owner.
public final class RecordTableBuilder {
    private var rows: RecordTableRows
    private let slotOfField: [Int]
    private let fields: [Int]
    private let keepsRepeatedIDs: Bool
    private var ids = RecordIDSet()

    /// Makes an empty builder.
    ///
    /// - Parameters:
    ///   - fields: The fields, by their position in the definition, that records can have.
    ///   - fieldCount: How many fields the definition has.
    ///   - keepsRepeatedIDs: Whether a record with an id that was there before is taken too.
    public init(fields: [Int], fieldCount: Int, keepsRepeatedIDs: Bool = false) {
        self.fields = fields
        self.keepsRepeatedIDs = keepsRepeatedIDs
        var slots = [Int](repeating: -1, count: fieldCount)
        for (slot, field) in fields.enumerated() { slots[field] = slot }
        slotOfField = slots
        rows = RecordTableRows(width: fields.count + 1)
    }

    /// Takes a record.
    ///
    /// - Returns: Whether it was taken; not when its id was there before.
    @discardableResult
    public func append(_ record: Record) -> Bool {
        var bytes = Array(record.id.rawValue.utf8)
        let id = 0..<bytes.count
        let cells = fields.map { field in
            let start = bytes.count
            if field < record.fields.count, let value = record.fields[field] {
                Self.append(value, to: &bytes)
            }
            return start..<bytes.count
        }
        return bytes.withUnsafeBufferPointer { bytes in
            cells.withUnsafeBufferPointer { append(bytes, id: id, cells: $0) }
        }
    }

    private static func append(_ value: FieldValue, to bytes: inout [UInt8]) {
        var isFirst = true
        value.forEachPlainText { text in
            if !isFirst { bytes.append(RecordTable.separator) }
            isFirst = false
            // What parts texts cannot be part of one.
            for byte in text.utf8 { bytes.append(byte == RecordTable.separator ? 0x20 : byte) }
        }
    }

    /// Takes a record that stands among some bytes.
    ///
    /// - Parameters:
    ///   - bytes: Where its id and its cells stand.
    ///   - id: The id among the bytes.
    ///   - cells: The cells among the bytes in the order of the builder's fields; an empty one has
    ///     no value.
    /// - Returns: Whether it was taken; not when its id was there before.
    package func append(
        _ bytes: UnsafeBufferPointer<UInt8>, id: Range<Int>, cells: UnsafeBufferPointer<Range<Int>>
    ) -> Bool {
        precondition(cells.count == fields.count, "a record has one cell for each field")
        if !keepsRepeatedIDs {
            guard ids.insert(UnsafeBufferPointer(rebasing: bytes[id]), rows) else { return false }
        }
        rows.append(bytes, id: id, cells: cells)
        return true
    }

    /// The bytes of the id of the record that was taken last; they live as long as the builder.
    package var lastID: UnsafeBufferPointer<UInt8> { rows.cell(rows.count - 1, slot: -1) }

    /// Gives the table away; the builder must not be used any more.
    public func finish() -> RecordTable {
        ids = RecordIDSet()
        return RecordTable(rows, slotOfField: slotOfField)
    }
}
