import Records

/// Which columns of two tables say the same, and what becomes of the others.
struct RecognizedColumns {
    private(set) var groups: [ColumnPairing.Group]
    /// What the one table has in one column and the other in several.
    let parts: [PartColumns]
    let otherIDs: OtherIDColumns
    /// Texts without their like into which an ИНН or a telephone is written now and then.
    let withIdentifiers: [(column: ColumnProfile, side: Int)]
    /// What was chosen, for a person.
    private(set) var notes: [String]
    /// What makes it likely that little will be found, for a person.
    private(set) var warnings: [String] = []

    init(_ tables: [[ColumnProfile]], ids: [String]) {
        let candidates = zip(tables, ids).map { table, id in
            table.filter { $0.header != id && RecognizedEntity.isFilled($0) }
        }
        let parts = PartColumns.all(candidates)
        self.parts = parts
        func isPart(_ column: ColumnProfile, _ side: Int) -> Bool {
            parts.contains { $0.has(column, side: side) }
        }
        let open = candidates.indices.map { side in
            candidates[side].filter { !isPart($0, side) }
        }
        var groups = ColumnPairing(open[0], open[1]) { ColumnLikeness($0, $1).score }.groups
        let otherIDs = OtherIDColumns(tables, ids: ids) { column, side in
            groups.contains { $0.has(column, side: side) }
        }
        // An article or an ИНН that is the id of the one table may be a column of the other, or its id.
        let left = tables.indices.map { side in
            tables[side].filter { column in
                !column.isRunningNumber && RecognizedEntity.isFilled(column)
                    && !isPart(column, side)
                    && !groups.contains { $0.has(column, side: side) }
                    && !otherIDs.has(column, on: side == 0 ? .left : .right)
            }
        }
        groups +=
            ColumnPairing(left[0], left[1]) { a, b in
                guard a.header == ids[0] || b.header == ids[1] else { return 0 }
                let likeness = ColumnLikeness(a, b, trustsHeaders: false)
                return likeness.sharedKeys > 0.3 ? likeness.score : 0
            }.groups
        // A city beside an address: all that is known of it stands in the longer one.
        let rest = candidates.indices.map { side in
            candidates[side].filter { column in
                !isPart(column, side) && !groups.contains { $0.has(column, side: side) }
                    && !otherIDs.has(column, on: side == 0 ? .left : .right)
            }
        }
        groups += ColumnPairing(rest[0], rest[1]) { $0.containment(of: $1) }.groups
        func isTaken(_ column: ColumnProfile, _ side: Int) -> Bool {
            isPart(column, side) || groups.contains { $0.has(column, side: side) }
        }
        let types = groups.flatMap { $0.left + $0.right }.map(\.type)
        let readsTexts = types.contains(.taxID) || types.contains(.phone)
        notes = otherIDs.notes
        var withIdentifiers: [(column: ColumnProfile, side: Int)] = []
        for side in tables.indices {
            for column in candidates[side]
            where !isTaken(column, side) && !otherIDs.has(column, on: side == 0 ? .left : .right) {
                if readsTexts, column.identifiersInTexts >= 0.01 {
                    withIdentifiers.append((column, side))
                    notes.append("\(column.header): read for the ИНН and the telephones in it")
                } else {
                    notes.append("\(column.header): has no like in the other table, left out")
                }
            }
        }
        (self.groups, self.otherIDs, self.withIdentifiers) = (groups, otherIDs, withIdentifiers)
        warn()
    }

    /// Says so where nothing that is compared tells one record from others.
    private mutating func warn() {
        let tells = groups.contains { group in
            [group.left, group.right].allSatisfy { side in
                side.contains { $0.distinctCount * 5 > $0.filledCount * 2 && !$0.isAmount }
            }
        }
        guard !tells, parts.isEmpty else { return }
        let compared = groups.compactMap { group in
            group.left.first.flatMap { a in group.right.first.map { "\(a.header) = \($0.header)" } }
        }
        warnings.append(
            "no column by which a record could be told from others has its like in the other table "
                + "(compared: \(compared.joined(separator: ", "))): few links will be found; say "
                + "which columns are the same in an entity file: --save-entity FILE writes one")
    }
}
