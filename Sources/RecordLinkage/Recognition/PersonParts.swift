import Records

/// Columns with the parts of a name, where the other table has it whole: `ФИО` and `Фамилия`, `Имя`,
/// `Отчество`.
struct PersonParts {
    /// Whole names.
    let whole: ColumnProfile
    /// The parts, in the order of the table.
    let parts: [ColumnProfile]
    /// The place of the table that has it whole: 0 for the left one.
    let side: Int

    /// Looks for them.
    ///
    /// - Parameters:
    ///   - left: The columns of the one table.
    ///   - right: Those of the other.
    init?(_ left: [ColumnProfile], _ right: [ColumnProfile]) {
        let tables = [left, right]
        for side in [0, 1] {
            for whole in tables[side] where whole.type == .personName && whole.wordsPerValue > 1.6 {
                let parts = tables[1 - side].filter { Self.isPart($0, of: whole) }
                // What is no part of the whole must be little, or they are parts of something else.
                let covered = whole.words.reduce(0) { sum, word in
                    sum + (parts.contains { $0.words[word.key] != nil } ? word.value : 0)
                }
                guard parts.count > 1, covered > 0.5,
                    // Where both have it whole, these are compared.
                    !tables[1 - side].contains(where: { Self.isWhole($0, like: whole) })
                else { continue }
                (self.whole, self.parts, self.side) = (whole, parts, side)
                return
            }
        }
        return nil
    }

    private static func isPart(_ column: ColumnProfile, of whole: ColumnProfile) -> Bool {
        guard [.text, .personName].contains(column.type), column.wordsPerValue < 1.4,
            !column.isAmount
        else { return false }
        return column.words.reduce(0) { $0 + (whole.words[$1.key] == nil ? 0 : $1.value) } > 0.5
    }

    private static func isWhole(_ column: ColumnProfile, like whole: ColumnProfile) -> Bool {
        guard column.type == .personName, column.wordsPerValue > 1.6 else { return false }
        return column.words.reduce(0) { $0 + (whole.words[$1.key] == nil ? 0 : $1.value) } > 0.5
    }

    func has(_ column: ColumnProfile, side: Int) -> Bool {
        side == self.side
            ? column.header == whole.header : parts.contains { $0.header == column.header }
    }
}
