import Records

/// Compares one field of two records, with the fields whose values count as further values of it.
struct TextComparison {
    let type: FieldType
    let field: Int
    let alternatives: [Int]

    /// Whether a value of one record's own field means the same as a value of the other record.
    ///
    /// Two further values that happen to agree, such as a former ИНН on both sides, are not enough.
    func agree(_ left: Record, _ right: Record) -> Bool {
        let (ownLeft, ownRight) = (meanings(left), meanings(right))
        if ownLeft.contains(where: ownRight.contains) { return true }
        guard !alternatives.isEmpty else { return false }
        return further(right).contains(where: ownLeft.contains)
            || further(left).contains(where: ownRight.contains)
    }

    private func meanings(_ record: Record) -> [String] {
        (record[field]?.texts ?? []).compactMap(meaning)
    }

    private func further(_ record: Record) -> [String] {
        var meanings: [String] = []
        for alternative in alternatives {
            for text in record[alternative]?.texts ?? [] {
                if let whole = meaning(text) { meanings.append(whole) }
                guard text.utf8.contains(UInt8(ascii: "/")) else { continue }
                meanings += text.split(separator: "/").compactMap { meaning(String($0)) }
            }
        }
        return meanings
    }

    private func meaning(_ text: String) -> String? {
        let meaning = ValueComparison.meaning(of: text, type: type)
        return meaning.isEmpty ? nil : meaning
    }
}
