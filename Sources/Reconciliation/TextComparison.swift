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

    /// A text and what it says.
    private struct Value {
        let text: String
        let meaning: Meaning

        init(_ text: String, _ type: FieldType) {
            self.text = text
            meaning = Meaning(of: text, type: type)
        }
    }

    private func agree(_ left: [Value], _ right: [Value]) -> Bool {
        left.contains { value in
            right.contains { other in
                value.meaning.isSame(as: other.meaning)
                    || equivalents?.areSame(value.text, other.text) == true
            }
        }
    }

    private func own(_ record: Record) -> [Value] {
        record[field]?.texts.map { Value($0, type) } ?? []
    }

    private func further(_ record: Record) -> [Value] {
        var values: [Value] = []
        for alternative in alternatives {
            for text in record[alternative]?.texts ?? [] {
                values.append(Value(text, type))
                guard text.utf8.contains(UInt8(ascii: "/")) else { continue }
                values += text.split(separator: "/").map { Value(String($0), type) }
            }
        }
        return values
    }
}
