/// Gathers records for a ``RecordTable``, one after another.
///
/// A class because it is one growing piece of memory with one owner.
public final class RecordTableBuilder {
    private let rows: RecordTableRows
    private let slotOfField: [Int]
    private let fields: [Int]
    private let keepsRepeatedIDs: Bool
    private var ids = RecordIDSet()
    /// The cells of the record that is being taken, and where each ends.
    private var row: [UInt8] = []
    private var ends: [UInt32] = []

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
        var id = record.id.rawValue
        id.withUTF8(begin)
        for field in fields {
            if field < record.fields.count, let value = record.fields[field] { append(value) }
            endCell()
        }
        return endRecord()
    }

    private func append(_ value: FieldValue) {
        var isFirst = true
        value.forEachPlainText { text in
            if !isFirst { row.append(RecordTable.separator) }
            isFirst = false
            var text = text
            text.withUTF8(append)
        }
    }

    /// Begins a record; its cells follow in the order of the builder's fields.
    package func begin(id: UnsafeBufferPointer<UInt8>) {
        row.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        row.append(contentsOf: id)
        endCell()
    }

    /// Takes one text of the current cell.
    package func append(_ text: UnsafeBufferPointer<UInt8>) {
        let start = row.count
        row.append(contentsOf: text)
        // What parts texts cannot be part of one.
        if text.contains(RecordTable.separator) {
            for index in start..<row.count where row[index] == RecordTable.separator {
                row[index] = 0x20
            }
        }
    }

    /// Ends a cell; one to which nothing was appended has no value.
    package func endCell() { ends.append(UInt32(row.count)) }

    /// Ends a record.
    ///
    /// - Returns: Whether it was taken; not when its id was there before.
    package func endRecord() -> Bool {
        precondition(ends.count == fields.count + 1, "a record has one cell for each field")
        if !keepsRepeatedIDs {
            let isNew = row.withUnsafeBufferPointer { row in
                ids.insert(UnsafeBufferPointer(rebasing: row[..<Int(ends[0])]), rows)
            }
            guard isNew else { return false }
        }
        rows.append(row, ends)
        return true
    }

    /// Gives the table away; the builder must not be used any more.
    public func finish() -> RecordTable {
        ids = RecordIDSet()
        return RecordTable(rows, slotOfField: slotOfField)
    }
}
