public import Records

extension FindingFingerprint {
    /// The fingerprint of a finding: the same in every run, on every machine.
    ///
    /// The kind, the side, the field and the records concerned are hashed with their lengths, so
    /// that no two of them can run into each other. Values are left out: a mismatch whose values
    /// changed is still the same mismatch.
    ///
    /// - Parameters:
    ///   - entity: The entity concerned.
    ///   - kind: What is wrong.
    ///   - side: Where it is wrong, when that is part of what is wrong and not a setting.
    ///   - field: The field concerned.
    ///   - leftIDs: The left records concerned, in their final order.
    ///   - rightIDs: The right records concerned, in their final order.
    public init(
        entity: EntityName, kind: Finding.Kind, side: Side?, field: FieldName?,
        leftIDs: [RecordID], rightIDs: [RecordID]
    ) {
        var hash = FNV1a128()
        hash.combine(entity.rawValue)
        hash.combine(kind.rawValue)
        hash.combine(side?.rawValue ?? "")
        hash.combine(field?.rawValue ?? "")
        for (mark, ids) in [("<", leftIDs), (">", rightIDs)] {
            hash.combine(mark)
            for id in ids { hash.combine(id.rawValue) }
        }
        self.init(hash.hexadecimal)
    }
}

extension FNV1a128 {
    /// Takes the bytes of a text and its length.
    fileprivate mutating func combine(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            for byte in bytes { add(byte) }
            var count = UInt64(bytes.count)
            repeat {
                add(UInt8(truncatingIfNeeded: count))
                count >>= 8
            } while count > 0
        }
    }

    /// Thirty-two lower-case hexadecimal digits.
    fileprivate var hexadecimal: String {
        var digits: [UInt8] = []
        digits.reserveCapacity(32)
        for shift in stride(from: 124, through: 0, by: -4) {
            let digit = UInt8(truncatingIfNeeded: value >> UInt128(shift)) & 15
            digits.append(digit < 10 ? digit + UInt8(ascii: "0") : digit + UInt8(ascii: "a") - 10)
        }
        return String(decoding: digits, as: UTF8.self)
    }
}
