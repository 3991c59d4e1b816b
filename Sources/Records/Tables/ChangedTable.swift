/// The records of a source now, of which only those were read that may say something else than they did
/// when a memory was made.
///
/// Of the others it is known which they were; they are read when they are asked for.
public struct ChangedTable: Sendable {
    /// Where a record of now comes from.
    package struct Origin: Sendable, BitwiseCopyable {
        /// Its row then, ``none`` for a new one.
        package var then: UInt32
        /// Its row among those read, ``none`` where it is the same bytes as then.
        package var read: UInt32

        package init(then: UInt32, read: UInt32) { (self.then, self.read) = (then, read) }
    }

    package static let none = UInt32.max

    /// The records that were read, and maybe others.
    package let read: RecordTable
    /// By row of now; `nil` where all were read and it is not known which they were.
    package let origins: [Origin]?
    private let unread: (any UnreadRows)?

    /// A source that was read whole.
    public init(_ table: RecordTable) { (read, origins, unread) = (table, nil, nil) }

    /// A source of which some records were read.
    ///
    /// - Parameters:
    ///   - read: The records that were read.
    ///   - origins: Of all records, in the order of the source.
    ///   - unread: Reads the others.
    package init(read: RecordTable, origins: [Origin], unread: any UnreadRows) {
        (self.read, self.origins, self.unread) = (read, origins, unread)
    }

    /// How many records there are.
    public var count: Int { origins?.count ?? read.count }

    /// The bytes of the id of a record that was read.
    package func id(_ row: Int) -> UnsafeBufferPointer<UInt8> {
        read.id(origins.map { Int($0[row].read) } ?? row)
    }

    /// Some of the records, in the order that is asked for.
    ///
    /// - Parameter rows: Rows of now, each once.
    /// - Returns: Their table.
    /// - Throws: ``SourceChanged``.
    package func records(_ rows: [UInt32]) throws(SourceChanged) -> RecordTable {
        guard let origins, let unread else { return read.reordered(rows) }
        let missing = rows.filter { origins[Int($0)].read == Self.none }
        let found = try unread.records(missing)
        precondition(found.count == missing.count, "each row that was a record is one")
        var next: UInt32 = 0
        let places = rows.map { row -> UInt32 in
            let known = origins[Int(row)].read
            guard known == Self.none else { return UInt32(found.count) + known }
            next += 1
            return next - 1
        }
        return RecordTable(picking: places, from: found, then: read)
    }
}

/// Rows of a source that were not read as records yet.
package protocol UnreadRows: Sendable {
    /// Reads some rows of now.
    ///
    /// - Parameter rows: Rows that are the same bytes as then.
    /// - Returns: A record for each, in the same order.
    /// - Throws: ``SourceChanged`` where they are other bytes by now.
    func records(_ rows: [UInt32]) throws(SourceChanged) -> RecordTable
}

/// The source says something else than it did a moment ago: somebody writes it.
package struct SourceChanged: Error {
    package init() {}
}
