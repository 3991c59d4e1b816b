import Records

/// Puts a definition together, column by column.
struct EntityDraft {
    let otherIDs: OtherIDColumns
    private(set) var fields: [FieldDefinition] = []
    /// The columns of each field, for what is compared.
    private(set) var columns: [[ColumnProfile]] = []
    /// Fields that are read for what is written into them.
    private(set) var uncompared: [FieldDefinition] = []
    /// Fields that one table has in several columns.
    private(set) var joined: [FieldName] = []
    /// What each column was taken for, for a person.
    private(set) var notes: [String] = []
    /// What is compared and how, for a person.
    var methodNotes: [String] = []

    /// By table, the field that each column is, by its header.
    private(set) var fieldOfHeader: [[String: FieldName]] = [[:], [:]]
    /// What columns of either table are called: a field of that name would be taken for such a column.
    private let headers: Set<String>

    init(otherIDs: OtherIDColumns, headers: [String]) {
        self.otherIDs = otherIDs
        self.headers = Set(headers.map { $0.lowercased() })
        for (place, side) in [Side.left, .right].enumerated() {
            guard let header = otherIDs.header(of: side) else { continue }
            fieldOfHeader[place][header] = OtherIDColumns.fieldName
        }
    }

    /// Where a header is one thing in the one table and another in the other, which the fields of a file
    /// cannot say, for a person.
    var crossings: [String] {
        fieldOfHeader[0].keys.sorted().compactMap { header in
            guard let other = fieldOfHeader[1][header], other != fieldOfHeader[0][header] else {
                return nil
            }
            return "'\(header)' is one thing in the one table and another in the other: a file "
                + "written by --save-entity cannot say so; give one of them another header"
        }
    }

    /// Adds columns that say the same.
    ///
    /// - Parameters:
    ///   - group: The columns.
    ///   - ids: The id columns of both tables, which may be among them.
    mutating func add(_ group: ColumnPairing.Group, ids: [String] = []) {
        // A second column of a side is a field of its own, read as another writing of the first.
        for place in 0..<max(group.left.count, group.right.count) {
            let sides = [group.left, group.right].map { $0.dropFirst(place).prefix(1) }
            let pair = sides.flatMap(\.self)
            let type = Self.type(pair)
            append(fieldName(type, pair), type, sides.map(Array.init), ids: ids)
        }
    }

    /// Adds what one table has in one column and the other in several, which are read as one.
    mutating func add(_ parts: PartColumns) {
        let type = parts.whole.type
        let sides = parts.side == 0 ? [[parts.whole], parts.parts] : [parts.parts, [parts.whole]]
        append(
            fieldName(type, [parts.whole] + parts.parts), type, sides, ids: [], joined: parts)
        columns[columns.count - 1] = [parts.whole]
        joined.append(fields[fields.count - 1].name)
    }

    /// Adds a text that is not compared, only read for an ИНН or a telephone in it.
    mutating func addUncompared(_ column: ColumnProfile, side: Int) {
        let name = fieldName(.text, [column])
        uncompared.append(
            FieldDefinition(
                name: name, type: .text, title: LocalizedText(["en": column.header]),
                headers: [column.header]))
        fieldOfHeader[side][column.header] = name
    }

    private mutating func append(
        _ name: FieldName, _ type: FieldType, _ sides: [[ColumnProfile]], ids: [String],
        joined: PartColumns? = nil
    ) {
        let pair = sides.flatMap(\.self)
        let headers = (joined.map { [$0.whole] + $0.parts } ?? pair).map(\.header)
            .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        for (side, columns) in sides.enumerated() {
            for column in columns { fieldOfHeader[side][column.header] = name }
        }
        fields.append(
            FieldDefinition(
                name: name, type: type, isMultiple: pair.contains(where: \.isMultiple),
                isPersonal: [.personName, .phone, .email, .address].contains(type),
                isJoined: joined != nil, mayBeID: headers.contains(where: ids.contains),
                title: LocalizedText(["en": headers[0]]), headers: headers))
        columns.append(pair)
        notes.append(
            (joined == nil
                ? headers.sorted().joined(separator: " = ")
                : "\(headers[0]) = " + headers.dropFirst().joined(separator: " + "))
                + ": \(name) (\(type.rawValue))")
    }

    /// The type of a field whose columns may look different.
    private static func type(_ columns: [ColumnProfile]) -> FieldType {
        guard let first = columns.first else { return .text }
        if columns.allSatisfy({ $0.type == first.type }) { return first.type }
        let types = columns.map(\.type)
        if types.contains(.organizationName) { return .organizationName }
        if types.contains(.phone), !types.contains(.text) { return .phone }
        // Codes with spaces may look like words in one table and not in the other.
        if Set(types) == [.text, .code], columns.allSatisfy({ $0.wordsPerValue < 2.5 }),
            !columns.contains(where: { $0.isAmount || $0.isMeasure })
        {
            return .code
        }
        if types.contains(.code), types.contains(.date) {
            return columns.contains(where: \.isYear) ? .text : .code
        }
        return .text
    }

    /// A name by type where it is the only one, else by header.
    private func fieldName(_ type: FieldType, _ columns: [ColumnProfile]) -> FieldName {
        let plain: String =
            switch type {
            case .text, .code, .personName, .date, .integer, .quantity, .money, .boolean, .instant,
                .line:
                Self.identifier(columns.first?.header ?? "field")
            case .organizationName: "name"
            default: type.rawValue
            }
        var (name, number) = (plain, 2)
        let own = Set(columns.map { $0.header.lowercased() })
        while name == OtherIDColumns.fieldName.rawValue
            || headers.contains(name.lowercased()) && !own.contains(name.lowercased())
            || (fields + uncompared).contains(where: { $0.name.rawValue == name })
        {
            name = "\(plain)_\(number)"
            number += 1
        }
        return FieldName(name)
    }

    private static func identifier(_ header: String) -> String {
        let words = HeaderWords(header).words
        return words.isEmpty ? "field" : words.joined(separator: "_")
    }
}
