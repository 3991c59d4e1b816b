/// Parameters in the form that libpq takes: pointers into one buffer.
struct BoundValues {
    private var bytes: [CChar] = []
    private var offsets: [Int?] = []
    private var types: [UInt32] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    /// - Throws: ``PostgresError`` of kind `dataInvalid` for a text with a NUL character, which
    ///   would end it early.
    init(_ values: [PostgresValue], statement: String) throws {
        for (index, value) in values.enumerated() {
            switch value.wire {
            case .null: append(offset: nil, type: 0, length: 0, format: 0)
            case .text(let text):
                guard !text.utf8.contains(0) else {
                    throw PostgresError(
                        .dataInvalid, statement: statement,
                        message: "the text of parameter $\(index + 1) holds a NUL character, "
                            + "which PostgreSQL cannot store")
                }
                append(offset: bytes.count, type: 0, length: 0, format: 0)
                bytes.append(contentsOf: text.utf8.lazy.map { CChar(bitPattern: $0) })
                bytes.append(0)
            case .bytes(let content):
                append(
                    offset: bytes.count, type: TypeIdentifier.bytea, length: Int32(content.count),
                    format: 1)
                bytes.append(contentsOf: content.lazy.map { CChar(bitPattern: $0) })
                bytes.append(0)
            }
        }
    }

    private mutating func append(offset: Int?, type: UInt32, length: Int32, format: Int32) {
        offsets.append(offset)
        types.append(type)
        lengths.append(length)
        formats.append(format)
    }

    /// Lends the arrays that libpq takes: count, types, values, lengths, formats.
    func withPointers<Result>(
        _ body: (Int32, [UInt32], [UnsafePointer<CChar>?], [Int32], [Int32]) -> Result
    ) -> Result {
        bytes.withUnsafeBufferPointer { buffer in
            let pointers = offsets.map { offset in
                offset.flatMap { buffer.baseAddress?.advanced(by: $0) }
            }
            return body(Int32(offsets.count), types, pointers, lengths, formats)
        }
    }
}
