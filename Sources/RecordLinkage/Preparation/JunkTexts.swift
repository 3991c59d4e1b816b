internal import Records

/// The texts that an entity's file calls junk in a field: `validate: {phone: {junk: ["-"]}}`.
///
/// What counts as empty when linked records are compared is no evidence that they are linked either.
struct JunkTexts: Sendable {
    private var hashes: Set<UInt64> = []
    private var longest = 0

    /// The junk of a field.
    init(_ field: FieldName, _ entity: EntityDefinition) {
        for rule in entity.reconciliation.validityRules where rule.field == field {
            for var text in rule.junk {
                longest = max(longest, text.utf8.count)
                hashes.insert(text.withUTF8(TextHash.of))
            }
        }
    }

    @inline(__always)
    func contains(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.count <= longest && hashes.contains(TextHash.of(text))
    }
}
