/// Reads the columns of one row of a binary COPY, one after the other, in the statement's order.
///
/// Binary COPY does not say the types of its columns: a column is read by the method of its type.
/// Methods named `optional…` give `nil` for SQL NULL, the others throw.
public struct CopyRowDecoder: Sendable {
    let bytes: [UInt8]
    var at: Int
    let statement: String
    private(set) var end = 0
    private var column = 0
    /// How many columns the row has.
    public private(set) var columnCount = 0

    init(bytes: [UInt8], at: Int, statement: String) {
        self.bytes = bytes
        self.at = at
        self.statement = statement
    }

    /// Reads the number of columns and finds the row's end; `false` at the end marker.
    mutating func beginRow() throws -> Bool {
        let count = try number(Int16.self)
        guard count >= 0 else { return false }
        columnCount = Int(count)
        let start = at
        for _ in 0..<columnCount { at += max(0, Int(try number(Int32.self))) }
        guard at <= bytes.count else { throw damaged() }
        end = at
        at = start
        return true
    }

    /// The bytes of the next column; `nil` for SQL NULL.
    mutating func field() throws -> Range<Int>? {
        guard column < columnCount else {
            throw PostgresError(
                .decodingFailed(column: "\(column + 1)"), statement: statement,
                message: "the row of COPY has only \(columnCount) columns")
        }
        column += 1
        let count = Int(try number(Int32.self))
        guard count >= 0 else { return nil }
        defer { at += count }
        return at..<at + count
    }

    /// The bytes of the next column, which is not NULL and of this length.
    mutating func required<Value>(
        _ type: String, _ read: (inout CopyRowDecoder) throws -> Value?
    ) throws -> Value {
        guard let value = try read(&self) else {
            throw PostgresError(
                .decodingFailed(column: "\(column)"), statement: statement,
                message: "column \(column) of COPY is NULL, where a value of type \(type) is needed"
            )
        }
        return value
    }

    func mismatch(_ type: String) -> PostgresError {
        PostgresError(
            .decodingFailed(column: "\(column)"), statement: statement,
            message: "column \(column) of COPY cannot be read as \(type)")
    }

    private func damaged() -> PostgresError {
        PostgresError(.other, statement: statement, message: "the rows of COPY are damaged")
    }

    mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
        let width = Number.bitWidth / 8
        guard at >= 0, at + width <= bytes.count else { throw damaged() }
        defer { at += width }
        return bytes.withUnsafeBytes {
            Number(bigEndian: $0.loadUnaligned(fromByteOffset: at, as: type))
        }
    }

    /// Reads a number of a field of exactly its width.
    mutating func number<Number: FixedWidthInteger>(
        _ type: Number.Type, of name: String
    ) throws -> Number? {
        guard let range = try field() else { return nil }
        guard range.count == Number.bitWidth / 8 else { throw mismatch(name) }
        return bytes.withUnsafeBytes {
            Number(bigEndian: $0.loadUnaligned(fromByteOffset: range.lowerBound, as: type))
        }
    }
}
