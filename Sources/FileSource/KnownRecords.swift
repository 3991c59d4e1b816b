internal import Collection
internal import Records

/// Ids seen before and what was said under each, so that a record that comes again is told from another
/// one with the same id.
///
/// It takes eight bytes an id more than ``IdentitySet``. Of what is said a hash of 32 bits is kept: of four
/// billion other records one passes for the same.
struct KnownRecords {
    /// What a record is to those before it.
    enum Standing: Hashable {
        /// Its id was not there.
        case new
        /// The record of its id said the same.
        case same
        /// The record of its id said something else; the number of the file in which it stands.
        case other(file: UInt32)
    }

    private struct Seen: Hashable {
        let hash: UInt32
        let file: UInt32
    }

    private var numbers: [UInt128: Seen] = [:]
    private var texts: [String: Seen] = [:]

    /// Takes a record in, unless its id is known.
    ///
    /// - Parameters:
    ///   - record: The record.
    ///   - file: The number of the file in which it stands.
    /// - Returns: What it is to those before it.
    mutating func take(_ record: Record, of file: UInt32 = 0) -> Standing {
        let seen = Seen(hash: Self.hash(of: record.fields), file: file)
        let id = record.id.rawValue
        let before =
            if let number = IdentitySet.number(of: id) {
                Self.insert(seen, under: number, into: &numbers)
            } else {
                Self.insert(seen, under: id, into: &texts)
            }
        guard let before else { return .new }
        return before.hash == seen.hash ? .same : .other(file: before.file)
    }

    /// - Returns: What was there before, and stays; `nil` when there was nothing.
    private static func insert<Key: Hashable>(
        _ seen: Seen, under key: Key, into known: inout [Key: Seen]
    ) -> Seen? {
        // Looked up once, since nearly every id is new.
        guard let before = known.updateValue(seen, forKey: key) else { return nil }
        known[key] = before
        return before
    }

    /// What the fields say; columns and elements that are no field's say nothing that is compared.
    private static func hash(of fields: [FieldValue?]) -> UInt32 {
        var hash = FNV1a64()
        for field in fields {
            field?.forEachPlainText { hash.addPart($0) }
            // As the byte behind each text, one that no text has: it tells fields apart.
            hash.add(0xFE)
        }
        return UInt32(truncatingIfNeeded: hash.value ^ hash.value >> 32)
    }
}
