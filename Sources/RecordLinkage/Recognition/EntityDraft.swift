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

    init(otherIDs: OtherIDColumns) { self.otherIDs = otherIDs }

    /// Adds columns that say the same.
    ///
    /// - Parameters:
    ///   - group: The columns.
    ///   - ids: The id columns of both tables, which may be among them.
    mutating func add(_ group: ColumnPairing.Group, ids: [String] = []) {
        // A second column of a side is a field of its own, read as another writing of the first.
        for place in 0..<max(group.left.count, group.right.count) {
            let pair = [
                place < group.left.count ? group.left[place] : nil,
                place < group.right.count ? group.right[place] : nil,
            ].compactMap { $0 }
            let type = Self.type(pair)
            let name = fieldName(type, pair)
            append(name, type, pair, ids: ids)
        }
    }

    /// Adds what one table has in one column and the other in several, which are read as one.
    mutating func add(_ parts: PartColumns) {
        let type = parts.whole.type
        let pair = [parts.whole] + parts.parts
        append(fieldName(type, pair), type, pair, ids: [], isJoined: true)
        columns[columns.count - 1] = [parts.whole]
        joined.append(fields[fields.count - 1].name)
    }

    /// Adds a text that is not compared, only read for an ИНН or a telephone in it.
    mutating func addUncompared(_ column: ColumnProfile) {
        uncompared.append(
            FieldDefinition(
                name: fieldName(.text, [column]), type: .text,
                title: LocalizedText(["en": column.header]), headers: [column.header]))
    }

    private mutating func append(
        _ name: FieldName, _ type: FieldType, _ pair: [ColumnProfile], ids: [String],
        isJoined: Bool = false
    ) {
        let headers = pair.map(\.header).reduce(into: [String]()) {
            if !$0.contains($1) { $0.append($1) }
        }
        fields.append(
            FieldDefinition(
                name: name, type: type, isMultiple: pair.contains(where: \.isMultiple),
                isPersonal: [.personName, .phone, .email, .address].contains(type),
                isJoined: isJoined, mayBeID: headers.contains(where: ids.contains),
                title: LocalizedText(["en": headers[0]]), headers: headers))
        columns.append(pair)
        notes.append(
            (isJoined
                ? "\(headers[0]) = " + headers.dropFirst().joined(separator: " + ")
                : headers.sorted().joined(separator: " = ")) + ": \(name) (\(type.rawValue))")
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
        while name == OtherIDColumns.fieldName.rawValue
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
