import Records

/// The columns of two tables that keep the ids of the other one: `ORIGIN_ID`, «GUID 1С».
///
/// A record that carries the other's id is linked with it before anything is weighed.
struct OtherIDColumns {
    /// By side, where there is such a column.
    private var headers: [Side: String] = [:]

    /// There are none.
    init() {}

    /// Looks for columns that are called so and whose values are ids of the other table.
    ///
    /// - Parameters:
    ///   - tables: The columns of the left table and of the right one; of one table there are none.
    ///   - ids: Their id columns.
    ///   - isTaken: Whether a column of a table is known to say what one of the other says.
    init(_ tables: [[ColumnProfile]], ids: [String], isTaken: (ColumnProfile, Int) -> Bool) {
        guard tables.count == 2 else { return }
        for (place, side) in [Side.left, .right].enumerated() {
            guard let others = tables[1 - place].first(where: { $0.header == ids[1 - place] })
            else { continue }
            let column = tables[place].first { column in
                column.header != ids[place] && Self.isCalledSo(column.header)
                    && !isTaken(column, place) && column.keepsIDs(of: others)
            }
            headers[side] = column?.header
        }
    }

    /// The field that they are; `nil` where there is none.
    var field: FieldDefinition? {
        guard let first = Side.allCases.lazy.compactMap({ headers[$0] }).first else { return nil }
        let all = Set(headers.values).sorted()
        return FieldDefinition(
            name: Self.fieldName, type: .code, title: LocalizedText(["en": first]), headers: all)
    }

    /// The header of the column of a side; `nil` where it has none.
    func header(of side: Side) -> String? { headers[side] }

    /// How they link.
    var links: [ExplicitLink] {
        var links: [ExplicitLink] = []
        if headers[.right] != nil {
            links.append(ExplicitLink(left: .id, right: .field(Self.fieldName)))
        }
        if headers[.left] != nil {
            links.append(ExplicitLink(left: .field(Self.fieldName), right: .id))
        }
        return links
    }

    /// What was chosen, for a person.
    var notes: [String] {
        Side.allCases.compactMap { side in
            headers[side].map {
                "\($0): \(Self.fieldName), ids of the \(side.other.rawValue) table, which link by "
                    + "themselves"
            }
        }
    }

    /// Whether a column of a side is one of them.
    func has(_ column: ColumnProfile, on side: Side) -> Bool { headers[side] == column.header }

    static let fieldName = FieldName("other_id")

    private static func isCalledSo(_ header: String) -> Bool {
        // С may be of either alphabet.
        let words = HeaderWords(header).words.map { $0.replacing("с", with: "c") }
        return names.contains(words.joined(separator: " "))
    }

    /// As ``HeaderWords`` reads them, the Cyrillic с as a Latin one.
    private static let names: Set<String> = [
        "origin id", "xml id", "uf crm 1c id", "uf 1c id", "other id", "1c id", "id 1c", "guid 1c",
        "уид 1c", "код 1c", "идентификатор 1c", "external id", "внешний код",
    ]
}

extension ColumnProfile {
    /// Shorter values are of one form by chance.
    private static let tellingLength = 16

    /// Whether more than half of the values occur among the ids of a table or, as only its first rows
    /// were looked at, are of the form of such long ones: `d0b7dfe9-09f8-18ef-b201-4fcbe05e1a26`.
    func keepsIDs(of ids: ColumnProfile) -> Bool {
        let forms = Set(ids.values.filter { $0.utf8.count >= Self.tellingLength }.map(Self.form))
        let fitting = values.count { ids.values.contains($0) || forms.contains(Self.form($0)) }
        return fitting * 2 > values.count
    }

    /// How long a value is, and what stands between its letters and digits.
    private static func form(_ value: String) -> String {
        "\(value.utf8.count)" + value.filter { !$0.isLetter && !$0.isNumber }
    }
}
