public import Records

/// An entity made up for tables that nobody has described: what their columns are, what is compared
/// and how, and which pairs are looked at.
public struct RecognizedEntity: Sendable {
    /// The definition; its headers name the columns of both tables.
    public let definition: EntityDefinition
    /// The id columns of the tables.
    public let idHeaders: [String]
    /// By table, the field that each column is, by its header; others are none, whatever they are called.
    public let fieldOfHeader: [[String: FieldName]]
    /// What was chosen, a line a column, for a person.
    public let notes: [String]
    /// What makes it likely that little will be found, for a person.
    public let warnings: [String]

    /// Why no entity could be made up.
    public struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        /// What is missing and what to do.
        public let description: String
    }

    /// Recognises one table, for finding its duplicates.
    ///
    /// - Throws: ``Refusal`` when there is no id, or nothing to compare.
    public init(_ columns: [ColumnProfile], idHeader: String? = nil) throws(Refusal) {
        let id = try Self.id(columns, idHeader, option: "--id")
        let compared = columns.filter {
            $0.header != id && $0.distinctCount > 1 && Self.isFilled($0) && !$0.isRunningNumber
        }
        guard !compared.isEmpty else {
            throw Refusal(
                description: "no column but the id says anything by which rows differ: there is "
                    + "nothing to compare; say what the columns are in an entity file (--entity)")
        }
        var draft = EntityDraft(
            otherIDs: OtherIDColumns(), headers: columns.map(\.header))
        for column in compared { draft.add(ColumnPairing.Group([column], [column])) }
        self.init(draft, ids: [id], notes: [], warnings: [])
    }

    /// Recognises two tables and which of their columns say the same.
    ///
    /// - Throws: ``Refusal`` when a table has no rows or no id, or no column is in common.
    public init(
        left: [ColumnProfile], right: [ColumnProfile], leftID: String? = nil,
        rightID: String? = nil
    ) throws(Refusal) {
        let tables = [left, right]
        let ids = [
            try Self.id(left, leftID, option: "--left-id"),
            try Self.id(right, rightID, option: "--right-id"),
        ]
        let columns = RecognizedColumns(tables.map(Self.fullest), ids: ids)
        guard !columns.groups.isEmpty || !columns.parts.isEmpty else {
            throw Refusal(
                description: "no column of the one table has its like in the other; name what they "
                    + "are in an entity file (--entity)")
        }
        var draft = EntityDraft(
            otherIDs: columns.otherIDs, headers: tables.flatMap { $0.map(\.header) })
        for group in columns.groups { draft.add(group, ids: ids) }
        for parts in columns.parts { draft.add(parts) }
        for (column, side) in columns.withIdentifiers {
            draft.addUncompared(column, side: side)
        }
        var warnings = columns.warnings + draft.crossings
        if tables.contains(where: { $0.count > Self.mostColumns }) {
            warnings.append(
                "of a table with more than \(Self.mostColumns) columns those that are filled least "
                    + "were not looked at")
        }
        self.init(draft, ids: ids, notes: columns.notes, warnings: warnings)
    }

    private init(_ draft: EntityDraft, ids: [String], notes: [String], warnings: [String]) {
        var draft = draft
        idHeaders = ids
        fieldOfHeader = draft.fieldOfHeader
        definition = draft.entity(idHeaders: ids)
        self.notes = ids.map { "id: \($0)" } + notes + draft.notes + draft.methodNotes
        self.warnings = warnings
    }

    private static func id(
        _ table: [ColumnProfile], _ wanted: String?, option: String
    ) throws(Refusal) -> String {
        if let wanted { return wanted }
        guard table.contains(where: { $0.rowCount > 0 }) else {
            throw Refusal(
                description: "a table has no rows, so that nothing can be recognised; name the "
                    + "columns in an entity file (--entity)")
        }
        if let column = IDColumn.choose(table) { return column.header }
        throw Refusal(
            description: "no column has a value of its own in every row, so that none can be the "
                + "id; name it with \(option)")
    }

    /// So many columns of a table are looked at: each is held against each of the other's.
    private static let mostColumns = 150

    /// The columns with most values, in their order.
    private static func fullest(_ table: [ColumnProfile]) -> [ColumnProfile] {
        guard table.count > mostColumns else { return table }
        let kept = Set(
            table.indices.sorted {
                (-table[$0].filledCount, $0) < (-table[$1].filledCount, $1)
            }.prefix(mostColumns))
        return table.indices.filter(kept.contains).map { table[$0] }
    }

    /// Whether more than one row in fifty has a value.
    static func isFilled(_ column: ColumnProfile) -> Bool {
        column.filledCount * 50 > column.rowCount
    }
}
