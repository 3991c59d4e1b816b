internal import Synchronization

/// The rows of a table that a caller may read, with what changed since the world was made.
struct RowView<Base: PortalTable>: PortalTable {
    let base: Base
    /// The base's rows; copies come last.
    let rows: [Int]
    /// Ids of the copies, which stand at the end of the rows.
    let copies: [Int64]
    let updated: [Int64: UInt32]
    private let title: Int?
    private let changedAt: Int?
    private let changedBy: Int?

    init(_ base: Base, rows: [Int], copies: [Int64], updated: [Int64: UInt32]) {
        self.base = base
        self.rows = rows
        self.copies = copies
        self.updated = updated
        title = base.columns.firstIndex { ["TITLE", "title", "NAME", "name"].contains($0.name) }
        changedAt = base.columns.firstIndex {
            ["DATE_MODIFY", "updatedTime", "timestampX"].contains($0.name)
        }
        changedBy = base.columns.firstIndex {
            ["MODIFY_BY_ID", "updatedBy", "modifiedBy"].contains($0.name)
        }
    }

    var name: String { base.name }
    var columns: [PortalColumn] { base.columns }
    var count: Int { rows.count }
    var dialect: PortalDialect { base.dialect }
    var idColumn: Int? { base.idColumn }
    var manners: PortalManners { base.manners }
    var isWhole: Bool { base.isWhole }

    func value(_ column: Int, at row: Int) -> PortalValue {
        let value = base.value(column, at: rows[row])
        if row >= rows.count - copies.count, column == idColumn {
            return .integer(copies[row - (rows.count - copies.count)])
        }
        guard !updated.isEmpty, column == title || column == changedAt || column == changedBy,
            let id = base.id(at: rows[row]), let moment = updated[id]
        else { return value }
        if column == changedAt { return .moment(moment) }
        if column == changedBy { return .integer(Employee.editorID(at: moment)) }
        guard case .text(let text) = value else { return value }
        return .text(text + " (изм.)")
    }

    func writeMultiple(_ column: Int, at row: Int, to writer: inout ByteWriter) -> Bool {
        base.writeMultiple(column, at: rows[row], to: &writer)
    }

    func lowerBound(_ column: Int, _ bound: Int64) -> Int? {
        if column == idColumn { return search(bound) { id(at: $0) ?? 0 } }
        guard copies.isEmpty, let row = base.lowerBound(column, bound) else { return nil }
        return search(Int64(row)) { Int64(rows[$0]) }
    }

    func owner(at row: Int) -> PortalOwner? { base.owner(at: rows[row]) }
}

/// Which rows of each table a caller sees, kept until something changes.
final class RowViews: Sendable {
    private struct Key: Hashable {
        var world: ObjectIdentifier
        /// Of the changes; how many there are would not tell those that were made after others
        /// had been forgotten.
        var version: Int
        var share: Double
        var user: Int
    }

    private let state = Mutex<(key: Key?, rows: [String: [Int]])>((nil, [:]))

    /// The view of a table; `nil` when every row of it is seen as the world has it.
    func view<Table: PortalTable>(
        _ table: Table, world: World, changes: PortalChanges, options: PortalOptions
    ) -> RowView<Table>? {
        let (version, tables) = changes.versioned
        guard !tables.isEmpty || options.visibleShare < 1 else { return nil }
        let key = Key(
            world: ObjectIdentifier(world), version: version, share: options.visibleShare,
            user: options.userID)
        let name = "\(Table.self)"
        // Of a type whose tables differ from call to call nothing is kept: it would be another's.
        let known = state.withLock { state in
            if state.key != key { state = (key, [:]) }
            return table.isWhole ? state.rows[name] : nil
        }
        let rows = known ?? Self.rows(table, tables, options)
        if known == nil, table.isWhole {
            state.withLock { if $0.key == key { $0.rows[name] = rows } }
        }
        let own = tables[table.name] ?? PortalChanges.Table()
        let copies = own.created.filter { !own.deleted.contains($0.id) }.compactMap { copy in
            table.row(withID: copy.source).map { (row: $0, id: copy.id) }
        }
        return RowView(
            table, rows: rows + copies.map(\.row), copies: copies.map(\.id), updated: own.updated)
    }

    private static func rows<Table: PortalTable>(
        _ table: Table, _ changes: [String: PortalChanges.Table], _ options: PortalOptions
    ) -> [Int] {
        let deleted = changes[table.name]?.deleted ?? []
        return (0..<table.count).filter { row in
            if !deleted.isEmpty, let id = table.id(at: row), deleted.contains(id) { return false }
            guard let owner = table.owner(at: row) else { return true }
            if changes[owner.table]?.deleted.contains(owner.id) == true { return false }
            return mayRead(owner, options)
        }
    }

    /// Whether the employee may read a record: the same answer for the same employee always.
    static func mayRead(_ owner: PortalOwner, _ options: PortalOptions) -> Bool {
        guard options.visibleShare < 1 else { return true }
        let stream = owner.table.utf8.reduce(UInt64(owner.id)) {
            RandomSource.mix($0 &+ UInt64($1))
        }
        var random = RandomSource(seed: UInt64(options.userID), stream: stream)
        return random.chance(options.visibleShare)
    }
}
