/// Rows that a list method shows, in the order of their ids.
protocol PortalTable: Sendable {
    /// What is kept here, the same for both dialects: `company`.
    var name: String { get }
    /// The columns, in the order in which a full row has them.
    var columns: [PortalColumn] { get }
    /// How many rows there are.
    var count: Int { get }
    /// How values are written.
    var dialect: PortalDialect { get }
    /// The column that numbers the rows; `nil` for a table without ids.
    var idColumn: Int? { get }
    /// How unknown names and pages are dealt with.
    var manners: PortalManners { get }
    /// Whether all tables of this type are the same rows; not so where a call picks those of one
    /// owner or kind, or puts a list together.
    var isWhole: Bool { get }

    /// A value of a row.
    func value(_ column: Int, at row: Int) -> PortalValue
    /// Writes a multi-field.
    ///
    /// - Returns: `false`, having written nothing, when the row has no values.
    func writeMultiple(_ column: Int, at row: Int, to writer: inout ByteWriter) -> Bool
    /// The first row whose value in an ascending integer column is not below a bound; `nil` when
    /// the column is not ascending.
    func lowerBound(_ column: Int, _ bound: Int64) -> Int?
    /// Whose rights decide about a row: itself, or what it belongs to; `nil` when everybody may
    /// read it.
    func owner(at row: Int) -> PortalOwner?
}

/// A record that an employee may or may not read.
struct PortalOwner: Hashable, Sendable {
    /// The name of its table.
    var table: String
    var id: Int64
}

/// What distinguishes the older lists, `crm.item.list` and the catalogue.
struct PortalManners: Sendable {
    /// Whether `start` may be rounded down to a whole page, as the older methods do.
    var roundsStart = false
    /// Whether a filter by an unknown field is refused.
    var refusesUnknownFilter = false
    /// Whether `@` and `!@` are prefixes.
    var hasSetPrefixes = true
    /// Whether `logic: OR` groups are understood.
    var hasGroups = false
    /// Whether it counts and pages as only `crm.address.list` does.
    var hasOddPages = false
    /// Whether all rows come at once when they are not to be counted, as `crm.orderentity.list` is
    /// documented.
    var isWholeUncounted = false

    /// `crm.company.list` and its like.
    static let old = PortalManners(roundsStart: true)
    /// Those of the older methods that are built on the newer database layer.
    static let mapped = PortalManners()
    /// `crm.item.list`.
    static let item = PortalManners(refusesUnknownFilter: true, hasGroups: true)
    /// `crm.address.list`.
    static let address = PortalManners(hasOddPages: true)
    /// `catalog.*.list`.
    static let catalog = PortalManners(hasSetPrefixes: false)
}

extension PortalTable {
    var dialect: PortalDialect { .legacy }
    var idColumn: Int? { 0 }
    var manners: PortalManners { .old }
    var isWhole: Bool { true }

    func writeMultiple(_ column: Int, at row: Int, to writer: inout ByteWriter) -> Bool { false }
    func owner(at row: Int) -> PortalOwner? { nil }

    /// The id of a row; `nil` in a table without ids.
    func id(at row: Int) -> Int64? {
        guard let idColumn, case .integer(let id) = value(idColumn, at: row) else { return nil }
        return id
    }

    /// The place of a column; names are compared as they are, a wrong case is another name.
    func column(named name: String) -> Int? { columns.firstIndex { $0.name == name } }

    /// The row with an id.
    func row(withID id: Int64) -> Int? {
        guard let idColumn, let row = lowerBound(idColumn, id), row < count,
            self.id(at: row) == id
        else { return nil }
        return row
    }

    /// Searches an ascending column by halving.
    func search(_ bound: Int64, _ key: (Int) -> Int64) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if key(middle) < bound { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Writes a row; `original` has the users' own fields written under their first names.
    func write(
        _ row: Int, columns selection: [Int], _ style: PortalStyle, original: Bool = false,
        to writer: inout ByteWriter
    ) {
        let start = writer.bytes.count
        writer.byte(UInt8(ascii: "{"))
        let columns = columns
        for column in selection {
            let length = writer.bytes.count
            writer.string(
                original ? PortalNames.upper(columns[column].name) : columns[column].name)
            writer.byte(UInt8(ascii: ":"))
            if columns[column].isMultiple {
                guard writeMultiple(column, at: row, to: &writer) else {
                    writer.truncate(to: length)
                    continue
                }
            } else {
                style.write(value(column, at: row), to: &writer)
            }
            writer.byte(UInt8(ascii: ","))
        }
        writer.dropLast(UInt8(ascii: ","))
        // PHP knows no empty map.
        if writer.bytes.count == start + 1 {
            writer.truncate(to: start)
            writer.raw("[]")
        } else {
            writer.byte(UInt8(ascii: "}"))
        }
    }
}

/// How names of fields go over from one dialect to the other.
enum PortalNames {
    /// The users' own fields that the sandbox has, whose names follow no rule.
    private static let own = [
        "ufCrm1cId": "UF_CRM_1C_ID", "ufCrm1cNumber": "UF_CRM_1C_NUMBER",
        "ufCrm1cPaid": "UF_CRM_1C_PAID",
    ]

    /// `ASSIGNED_BY_ID` for `assignedById`.
    static func upper(_ name: String) -> String {
        if let name = own[name] { return name }
        var result = ""
        var wasDigit = false
        for character in name {
            if character.isUppercase || (character.isNumber && !wasDigit && !result.isEmpty) {
                result += "_"
            }
            wasDigit = character.isNumber
            result += character.uppercased()
        }
        return result
    }
}
