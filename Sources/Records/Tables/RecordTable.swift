/// The records of one source as bytes one after another: what matching reads, without a value for
/// each field of each record.
///
/// A million records take as much memory as their texts and four bytes a field more, a sixth of what
/// they take as ``Record`` values. Made by ``RecordTableBuilder``.
public struct RecordTable: @unchecked Sendable {
    // Sendable because the builder lets go of its memory when the table is made, and nobody writes
    // to it afterwards.
    private let rows: RecordTableRows
    /// For each field of the entity, where its cell stands among those of a record; -1 for nowhere.
    private let slotOfField: [Int]

    init(_ rows: RecordTableRows, slotOfField: [Int]) {
        self.rows = rows
        self.slotOfField = slotOfField
    }

    /// Makes a table of records; of those that share an id, all.
    ///
    /// - Parameters:
    ///   - records: The records.
    ///   - fieldCount: How many fields their entity has.
    public init(_ records: [Record], fieldCount: Int) {
        let builder = RecordTableBuilder(
            fields: Array(0..<fieldCount), fieldCount: fieldCount, keepsRepeatedIDs: true)
        for record in records { builder.append(record) }
        self = builder.finish()
    }

    /// The same records, or some of them, in another order, which is that of their memory too: what is
    /// read one record after another is found in a row.
    ///
    /// - Parameter order: Rows of this table, each once.
    /// - Returns: The table.
    package func reordered(_ order: [UInt32]) -> RecordTable {
        isWhole(order) ? self : RecordTable(rows.reordered(order), slotOfField: slotOfField)
    }

    /// Whether rows are all of this table, as they stand.
    package func isWhole(_ rows: [UInt32]) -> Bool {
        rows.count == count && rows.indices.allSatisfy { Int(rows[$0]) == $0 }
    }

    /// The records of several tables with the same cells, one after another; none is copied.
    ///
    /// - Parameter parts: One at least.
    package init(joining parts: [RecordTable]) {
        let slots = parts[0].slotOfField
        precondition(
            parts.allSatisfy { $0.slotOfField == slots },
            "records of joined tables have the same cells")
        self.init(RecordTableRows(joining: parts.map(\.rows)), slotOfField: slots)
    }

    /// Records of two tables with the same cells.
    ///
    /// - Parameters:
    ///   - places: Rows of the first table, and, numbered after them, of the second.
    ///   - first: The one table.
    ///   - second: The other.
    init(picking places: [UInt32], from first: RecordTable, then second: RecordTable) {
        precondition(
            first.slotOfField == second.slotOfField, "records of two tables have the same cells")
        self.init(
            RecordTableRows(picking: places, from: first.rows, then: second.rows),
            slotOfField: first.slotOfField)
    }

    /// How many records there are.
    public var count: Int { rows.count }

    /// How many fields the definition of its records has.
    package var fieldCount: Int { slotOfField.count }

    /// What parts several texts of one cell.
    @inlinable package static var separator: UInt8 { 0x1F }

    /// The id of a record.
    public func recordID(_ row: Int) -> RecordID {
        RecordID(String(decoding: id(row), as: UTF8.self))
    }

    /// The bytes of a record's id; they live as long as the table.
    package func id(_ row: Int) -> UnsafeBufferPointer<UInt8> { rows.cell(row, slot: -1) }

    /// The bytes of a field of a record: texts parted by ``separator``, none when it has no value;
    /// they live as long as the table.
    package func cell(_ row: Int, _ field: Int) -> UnsafeBufferPointer<UInt8> {
        let slot = slotOfField[field]
        return slot < 0 ? UnsafeBufferPointer(start: nil, count: 0) : rows.cell(row, slot: slot)
    }

    /// What tells a record from what it was: of its id and all of its cells.
    package func contentHash(_ row: Int) -> UInt64 { rows.contentHash(row) }

    /// For each field of the entity, where its cell stands among those of a record.
    package var cellOfField: [Int] { slotOfField }

    /// All that a record says, for telling records of one id apart.
    package func whole(_ row: Int) -> UnsafeBufferPointer<UInt8> { rows.whole(row) }
}
