public import Records

/// Which column of a file is which field of an entity.
public struct ColumnRoles: Hashable, Sendable {
    /// The position of the id column; `nil` in a journal whose rows have none.
    public let idColumn: Int?
    /// The field positions of each column; `nil` for a column that is not used.
    public let fieldOfColumn: [Int?]
    /// The column with the currency of each field's amounts; `nil` where there is none.
    public let currencyColumnOfField: [Int?]
    /// The columns that say what the line of a document consists of, by the parts of a line; none where
    /// rows are no lines.
    public let columnOfLinePart: [LinesMapping.Part: Int]
    /// The field in which lines are kept; `nil` where the entity has none.
    let lineField: Int?
    /// The field that names the same as the products of lines, as a payment its order; `nil` where there
    /// is none.
    ///
    /// Where the head of a document does not say it, its first line does.
    let fieldOfProduct: Int?
    /// Whether the rows are nothing but lines, each with the id of its document.
    let isOfLinesOnly: Bool
    /// The fields whose only column says something of lines instead; nothing is known of them.
    private let fieldsGivenToLines: Set<Int>
    /// The header of each column.
    public let headers: [String]
    private let fields: [FieldDefinition]

    /// Recognises columns by their headers.
    ///
    /// - Parameters:
    ///   - headers: The file's headers, in order.
    ///   - entity: Whose fields are looked for: a header names a field when it equals one of the
    ///     field's `headers`, or its name, without regard to case and surrounding spaces.
    ///   - idHeader: The header of the id column; `nil` to take the first that the entity knows.
    ///   - isIDOptional: Whether rows may have no id.
    ///   - documentHeaders: In a file of nothing but lines, the headers of the column with the id of the
    ///     document; `nil` in a file of records.
    ///   - fieldOfHeader: The field that each column is, where that is known of this file.
    ///   - encoding: How its bytes became text, for errors; `nil` where nobody had to tell.
    ///   - file: The file, for errors.
    /// - Throws: ``FileError`` when there is no id column, no field is recognised, or a file of lines does
    ///   not say what they are of.
    public init(
        headers: [String], entity: EntityDefinition, idHeader: String?, isIDOptional: Bool = false,
        documentHeaders: [String]? = nil, fieldOfHeader: [String: FieldName]? = nil,
        encoding: TextEncoding? = nil, file: String
    ) throws(FileError) {
        let known = headers.map(Self.key)
        let wanted = documentHeaders ?? idHeader.map { [$0] } ?? entity.idHeaders
        let idColumn = wanted.lazy.compactMap { known.firstIndex(of: Self.key($0)) }.first
        guard idColumn != nil || isIDOptional else {
            throw FileError(
                file: file, line: 1,
                message: "no id column: expected one of \(wanted.joined(separator: ", ")); "
                    + "the columns are \(headers.joined(separator: ", "))"
                    + (encoding.map { " (read as \($0.rawValue))" } ?? ""))
        }
        var fieldByHeader: [String: Int] = [:]
        for (index, field) in entity.fields.enumerated() {
            for header in field.headers + [field.name.rawValue] {
                let key = Self.key(header)
                if fieldByHeader[key] == nil { fieldByHeader[key] = index }
            }
        }
        isOfLinesOnly = documentHeaders != nil
        var roles = known.map { documentHeaders == nil ? fieldByHeader[$0] : nil }
        if let fieldOfHeader {
            roles = headers.enumerated().map { column, header in
                // Of several columns of one header the first is the one that was recognised.
                known.firstIndex(of: Self.key(header)) == column
                    ? fieldOfHeader[header].flatMap(entity.index) : nil
            }
        }
        if let idColumn, let field = roles[idColumn], !entity.fields[field].mayBeID {
            roles[idColumn] = nil
        }
        let lineField = entity.fields.firstIndex { $0.type == .line }
        let lineHeaders = lineField.map { entity.fields[$0].lineHeaders } ?? [:]
        let headFields = Set(roles.compactMap(\.self))
        fieldOfProduct = Self.fieldNamedByLines(of: entity)
        columnOfLinePart = Self.lineColumns(
            lineHeaders, in: known, besides: idColumn,
            onlyWithOwnSum: fieldOfProduct != nil && documentHeaders == nil, takenFrom: &roles)
        self.lineField = lineField
        guard documentHeaders == nil ? !headFields.isEmpty : !columnOfLinePart.isEmpty else {
            throw FileError(
                file: file, line: 1,
                message: "none of the columns \(headers.joined(separator: ", ")) is known as a "
                    + (documentHeaders == nil ? "field" : "product or name of lines")
                    + " of '\(entity.name)'; add their headers to the entity file")
        }
        fieldsGivenToLines = headFields.subtracting(roles.compactMap(\.self))
        currencyColumnOfField = entity.fields.map { field in
            field.currencyHeaders.lazy.compactMap { known.firstIndex(of: Self.key($0)) }
                .first { $0 != idColumn && roles[$0] == nil }
        }
        self.idColumn = idColumn
        self.headers = headers
        fieldOfColumn = roles
        fields = entity.fields
    }

    /// The roles of no columns.
    init(nothingOf entity: EntityDefinition) {
        (idColumn, fieldOfColumn, headers, fields) = (nil, [], [], entity.fields)
        (columnOfLinePart, lineField, fieldsGivenToLines) = ([:], nil, [])
        (fieldOfProduct, isOfLinesOnly) = (nil, false)
        currencyColumnOfField = entity.fields.map { _ in nil }
    }

    /// The header of the id column.
    public var idHeader: String { idColumn.map { headers[$0] } ?? "(none)" }

    /// What was recognised, for a person: `ИНН → tax_id`.
    public var recognised: [String] {
        let values = zip(headers, fieldOfColumn).compactMap { header, field in
            field.map { "\(header) → \(fields[$0].name)" }
        }
        let currencies = zip(fields, currencyColumnOfField).compactMap { field, column in
            column.map { "\(headers[$0]) → \(field.name)" }
        }
        return values + currencies + recognisedLines(of: fields)
    }

    /// The headers of columns that are not used.
    public var ignored: [String] {
        headers.indices.filter {
            $0 != idColumn && fieldOfColumn[$0] == nil && !currencyColumnOfField.contains($0)
                && !columnOfLinePart.values.contains($0)
        }.map { headers[$0] }
    }

    /// The mandatory fields for which none of these files has a column, with the headers that one
    /// could have; none where no file has columns, as a journal that was just begun, and none whose
    /// column says something of lines.
    static func lostFields(of entity: EntityDefinition, in files: [ColumnRoles]) -> [LostField] {
        let files = files.filter { !$0.headers.isEmpty }
        guard !files.isEmpty else { return [] }
        let found = files.reduce(into: Set<Int>()) { found, file in
            found.formUnion(file.fieldOfColumn.compactMap(\.self))
            found.formUnion(file.fieldsGivenToLines)
        }
        return entity.fields.indices.filter { entity.fields[$0].isMandatory && !found.contains($0) }
            .map { place in
                let field = entity.fields[place]
                return LostField(
                    field.name,
                    places: field.headers.isEmpty ? [field.name.rawValue] : field.headers)
            }
    }

    /// What of a header counts.
    static func key(_ header: String) -> String {
        String(
            header.lowercased().drop(while: \.isWhitespace).reversed()
                .drop(while: \.isWhitespace).reversed())
    }
}
