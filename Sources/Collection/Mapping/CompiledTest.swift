internal import Records

/// A question to a member of a row made ready for many payloads.
struct CompiledTest: Sendable {
    private let member: MemberName
    private let values: ComparedTexts
    private let isNegated: Bool
    /// What is compared in place of the member's value; `nil` for the value itself.
    private let table: LookupTables.Table?

    init(_ test: MappingPath.Test, _ lookups: LookupTables) {
        member = MemberName(test.member)
        values = ComparedTexts(test.values)
        isNegated = test.isNegated
        table = test.lookup.map { lookups[$0] }
    }

    /// Whether a row passes; a missing member reads as an empty text.
    func passes(_ row: JSONPlace) -> Bool {
        (row.member(member).flatMap { isFound($0) } ?? values.holdsEmpty) != isNegated
    }

    /// Whether a value is one of the texts, or means one; `nil` for what does not read as a text.
    private func isFound(_ value: JSONPlace) -> Bool? {
        guard let table else { return values.contains(value) }
        return value.scalarText.map { key in
            (table[key] ?? [key]).contains { values.contains($0) }
        }
    }
}
