import Records

/// Compares one field of two records, with the fields whose values count as further values of it.
struct TextComparison {
    let type: FieldType
    let field: Int
    let alternatives: [Int]
    var equivalents: Equivalents?

    /// Whether a value of one record's own field means the same as a value of the other record.
    ///
    /// Two further values that happen to agree, such as a former ИНН on both sides, are not enough.
    func agree(_ left: Record, _ right: Record) -> Bool {
        let (ownLeft, ownRight) = (own(left), own(right))
        if ownLeft.isEmpty, ownRight.isEmpty { return false }
        if agree(ownLeft, ownRight) { return true }
        guard !alternatives.isEmpty else { return false }
        return agree(ownLeft, further(right)) || agree(further(left), ownRight)
    }

    private func agree(_ left: [Meaning], _ right: [Meaning]) -> Bool {
        left.contains { meaning in
            right.contains { other in
                if meaning.isSame(as: other) { return true }
                guard let equivalents, case .exact(let a) = meaning, case .exact(let b) = other
                else { return false }
                return equivalents.areSame(a, b)
            }
        }
    }

    private func own(_ record: Record) -> [Meaning] {
        switch record[field] {
        case nil: []
        case .text(let text): [Meaning(of: text, type: type)]
        case let value?: value.texts.map { Meaning(of: $0, type: type) }
        }
    }

    private func further(_ record: Record) -> [Meaning] {
        var meanings: [Meaning] = []
        for alternative in alternatives {
            for text in record[alternative]?.texts ?? [] {
                meanings.append(Meaning(of: text, type: type))
                guard text.utf8.contains(UInt8(ascii: "/")) else { continue }
                meanings += text.split(separator: "/").map { Meaning(of: String($0), type: type) }
            }
        }
        return meanings
    }
}
