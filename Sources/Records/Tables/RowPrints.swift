/// What tells the next time that a file is read which of its rows are the same bytes as before: of each
/// row that made a record, how many bytes it has and a hash of them.
///
/// The rows stand as in the table that was read with them: row by row, without those that made no record.
public struct RowPrints: @unchecked Sendable {
    // Sendable because the memory never changes while the owner lives.
    /// Hashed, all that says how bytes become records: the header, the delimiter, the encoding.
    public let shape: UInt64
    /// How many bytes each row has, its line end included.
    public let lengths: UnsafeBufferPointer<UInt32>
    /// The hashes of the rows' bytes.
    public let hashes: UnsafeBufferPointer<UInt64>
    package let owner: AnyObject

    /// The bit of a length that says that the row has more or fewer cells than the header.
    package static let ragged: UInt32 = 1 << 31

    /// Takes prints that something else keeps, such as a mapped file.
    ///
    /// - Parameters:
    ///   - shape: What says how bytes become records.
    ///   - lengths: One for each row.
    ///   - hashes: As many as lengths.
    ///   - owner: Keeps both as long as it lives.
    public init(
        shape: UInt64, lengths: UnsafeBufferPointer<UInt32>, hashes: UnsafeBufferPointer<UInt64>,
        owner: AnyObject
    ) {
        precondition(lengths.count == hashes.count, "a row has a length and a hash")
        (self.shape, self.lengths, self.hashes, self.owner) = (shape, lengths, hashes, owner)
    }

    /// How many rows there are.
    public var count: Int { lengths.count }

    /// How many bytes a row has.
    @inline(__always)
    package func length(_ row: Int) -> Int { Int(lengths[row] & ~Self.ragged) }

    /// Whether the bytes that begin at a place are those of a row.
    ///
    /// - Parameters:
    ///   - row: The row.
    ///   - bytes: Those of a file.
    ///   - start: The place among them.
    /// - Returns: How many bytes the row has; `nil` where others stand there.
    @inline(__always)
    package func length(
        of row: Int, in bytes: UnsafeBufferPointer<UInt8>, at start: Int
    ) -> Int? {
        let length = length(row)
        guard length <= bytes.count - start else { return nil }
        let own = UnsafeBufferPointer(rebasing: bytes[start..<start + length])
        return Self.hash(own) == hashes[row] ? length : nil
    }

    /// Whether a row has more or fewer cells than the header.
    package func isRagged(_ row: Int) -> Bool { lengths[row] & Self.ragged != 0 }

    /// A hash of the bytes of a row.
    ///
    /// Two sums go side by side, as a multiplication takes longer than to begin the next one.
    @inline(__always)
    package static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let raw = UnsafeRawBufferPointer(bytes)
        var (first, second) = (UInt64(raw.count), 0x9E37_79B9_7F4A_7C15 as UInt64)
        var index = 0
        while index + 16 <= raw.count {
            first = step(first, raw, at: index)
            second = step(second, raw, at: index + 8)
            index += 16
        }
        let rest = UnsafeBufferPointer(rebasing: bytes[index...])
        return TextHash.step(TextHash.step(first, second), TextHash.of(rest))
    }

    @inline(__always)
    private static func step(
        _ hash: UInt64, _ bytes: UnsafeRawBufferPointer, at index: Int
    ) -> UInt64 {
        let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        return TextHash.step(hash, UInt64(littleEndian: word))
    }
}

/// Gathers the prints of the rows of a file.
package struct RowPrintsBuilder {
    private var lengths: [UInt32] = []
    private var hashes: [UInt64] = []
    private var hasOverlong = false

    package init() {}

    /// Takes the bytes of the next row that made a record.
    package mutating func add(_ row: UnsafeBufferPointer<UInt8>, isRagged: Bool) {
        // Two gigabytes of empty lines may stand before it.
        guard row.count < RowPrints.ragged else { return hasOverlong = true }
        lengths.append(UInt32(row.count) | (isRagged ? RowPrints.ragged : 0))
        hashes.append(RowPrints.hash(row))
    }

    /// The prints of all rows; `nil` where a row is too long for one.
    package func finish(shape: UInt64) -> RowPrints? {
        guard !hasOverlong else { return nil }
        final class Owner {
            let lengths: UnsafeMutableBufferPointer<UInt32>
            let hashes: UnsafeMutableBufferPointer<UInt64>

            init(_ lengths: [UInt32], _ hashes: [UInt64]) {
                self.lengths = .allocate(capacity: lengths.count)
                self.hashes = .allocate(capacity: hashes.count)
                _ = self.lengths.initialize(from: lengths)
                _ = self.hashes.initialize(from: hashes)
            }

            deinit {
                lengths.deallocate()
                hashes.deallocate()
            }
        }
        let owner = Owner(lengths, hashes)
        return RowPrints(
            shape: shape, lengths: UnsafeBufferPointer(owner.lengths),
            hashes: UnsafeBufferPointer(owner.hashes), owner: owner)
    }
}
