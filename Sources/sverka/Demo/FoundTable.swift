import Operations
import Records

/// What was found of what was planted: a row for each entity, a column for each kind of error.
struct FoundTable {
    private let table: TextTable

    init(_ comparison: PlantedErrorComparison, entities: [EntityName]) {
        // What is out of date is never planted.
        let kinds = Finding.Kind.allCases.filter { $0 != .stale }
        var table = TextTable([""] + kinds.map(\.rawValue))
        for entity in entities {
            table.add(
                [entity.rawValue]
                    + kinds.map { kind in
                        comparison.lines.first { $0.entity == entity && $0.kind == kind }
                            .map { "\($0.found) of \($0.planted)" } ?? "–"
                    })
        }
        self.table = table
    }

    /// The lines, the header first.
    var lines: [String] { table.lines }
}
