/// How fields are laid out: each is its length, then its bytes, big-endian.
extension CopyRowEncoder {
    mutating func begin(byteCount: Int32) {
        fieldCount += 1
        append(byteCount)
    }

    @inline(__always)
    mutating func append<Number: FixedWidthInteger>(_ number: Number) {
        withUnsafeBytes(of: number.bigEndian) { buffer.append(contentsOf: $0) }
    }

    mutating func appendField(_ content: (inout CopyRowEncoder) -> Void) {
        fieldCount += 1
        appendSized(content)
    }

    /// Appends content whose length is known only after it was written.
    mutating func appendSized(_ content: (inout CopyRowEncoder) -> Void) {
        let start = buffer.count
        append(Int32(0))
        content(&self)
        patch(Int32(truncatingIfNeeded: buffer.count - start - 4), at: start)
    }

    mutating func patch<Number: FixedWidthInteger>(_ number: Number, at offset: Int) {
        withUnsafeBytes(of: number.bigEndian) { bytes in
            for (index, byte) in bytes.enumerated() { buffer[offset + index] = byte }
        }
    }

    mutating func appendText(_ text: String) {
        let start = buffer.count
        buffer.append(contentsOf: text.utf8)
        let hasNUL = buffer.withUnsafeBufferPointer { bytes in
            UnsafeBufferPointer(rebasing: bytes[start...]).contains(0)
        }
        if hasNUL {
            failure = failure ?? refusal("holds a NUL character, which PostgreSQL cannot store")
        }
    }

    func refusal(_ what: String) -> PostgresError {
        PostgresError(.dataInvalid, message: "the value of column \(fieldCount) of the row \(what)")
    }
}
