public import Records

// What tells which rows of the files changed that a memory was made of.
extension LinkageMemory {
    /// The memory with the prints of the rows of a side.
    ///
    /// - Parameters:
    ///   - prints: Those of the table that the memory was made of, row by row.
    ///   - side: The side.
    /// - Returns: The memory that has them, too.
    public func adding(_ prints: RowPrints, of side: Side) -> LinkageMemory {
        var builder = MemoryBuilder()
        let names = RowNames(side)
        builder.add(names.shape, [prints.shape])
        builder.add(names.lengths, Frozen(prints.lengths, owner: prints.owner))
        builder.add(names.hashes, Frozen(prints.hashes, owner: prints.owner))
        return LinkageMemory(Array(sections.values) + builder.sections)
    }

    /// The prints of the rows of a side; `nil` where none were kept.
    public func prints(of side: Side) -> RowPrints? {
        let names = RowNames(side)
        let shape: Frozen<UInt64> = elements(names.shape)
        let lengths: Frozen<UInt32> = elements(names.lengths)
        let hashes: Frozen<UInt64> = elements(names.hashes)
        let rows: Frozen<UInt32> = elements("rows \(side == .left ? 0 : 1)")
        guard shape.count == 1, lengths.count == rows.count, hashes.count == rows.count else {
            return nil
        }
        return RowPrints(
            shape: shape[0], lengths: lengths.all, hashes: hashes.all,
            owner: Owners(lengths: lengths.owner, hashes: hashes.owner))
    }

    /// Keeps two pieces as long as it lives.
    private final class Owners {
        private let lengths: AnyObject
        private let hashes: AnyObject

        init(lengths: AnyObject, hashes: AnyObject) {
            (self.lengths, self.hashes) = (lengths, hashes)
        }
    }

    /// Finds the rows of the records of a side by their ids.
    ///
    /// - Returns: Gives the row that a record had in its table, by the bytes of its id; `nil` for one
    ///   that there was not.
    public func rows(of side: Side) -> @Sendable (UnsafeBufferPointer<UInt8>) -> UInt32? {
        let known = KnownRecords(self).side(side == .left ? 0 : 1)
        return { id in known.find(id).map { known.rows[Int($0)] } }
    }

    private struct RowNames {
        let shape: String
        let lengths: String
        let hashes: String

        init(_ side: Side) {
            shape = "row shape \(side.rawValue)"
            lengths = "row lengths \(side.rawValue)"
            hashes = "row hashes \(side.rawValue)"
        }
    }
}
