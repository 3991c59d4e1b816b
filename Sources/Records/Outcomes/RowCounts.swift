/// How many rows files have.
public struct RowCounts: Hashable, Sendable, Codable {
    /// Counted by the bytes, before reading and by other code; `nil` where rows are counted once, while
    /// they are read.
    public var scanned: Int?
    /// Counted while reading, whatever became of the rows; of XML the elements that are records.
    public var read: Int

    /// Makes counts.
    public init(scanned: Int?, read: Int) { (self.scanned, self.read) = (scanned, read) }
}
