internal import Records

/// A file may repeat the head of a document in the row of each of its lines, as 1C exports it.
extension ColumnRoles {
    /// The field to which each row adds a line; `nil` where a row is a record of its own.
    var lineFieldOfRows: Int? { columnOfLinePart.isEmpty ? nil : lineField }

    /// The field to which rows of one id that follow one another add lines; `nil` where they are not
    /// put together while they are read.
    var lineFieldOfDocuments: Int? { isOfLinesOnly ? nil : lineFieldOfRows }

    /// The fields of which rows have values, in their order.
    var usedFields: [Int] {
        let ofLines: [Int?] = lineFieldOfRows.map { [$0, fieldOfProduct] } ?? []
        return Set((fieldOfColumn + ofLines).compactMap(\.self)).sorted()
    }

    /// The field that a header names too by which the product of a line is recognised.
    static func fieldNamedByLines(of entity: EntityDefinition) -> Int? {
        guard let lines = entity.fields.firstIndex(where: { $0.type == .line }) else { return nil }
        let products = Set((entity.fields[lines].lineHeaders[.product] ?? []).map(key))
        return entity.fields.indices.first { place in
            let field = entity.fields[place]
            return place != lines
                && (field.headers + [field.name.rawValue]).contains { products.contains(key($0)) }
        }
    }

    /// What was recognised of lines, for a person: `Количество → lines.quantity`.
    func recognisedLines(of fields: [FieldDefinition]) -> [String] {
        guard let field = lineFieldOfRows else { return [] }
        return LinesMapping.Part.allCases.compactMap { part in
            columnOfLinePart[part].map {
                "\(headers[$0]) → \(fields[field].name).\(part.rawValue)"
            }
        }
    }

    /// Recognises the columns of lines.
    ///
    /// - Parameters:
    ///   - headers: The headers that a part may have, the first that is there counts.
    ///   - known: The keys of the file's headers.
    ///   - idColumn: The id column.
    ///   - onlyWithOwnSum: Whether rows are lines only where they have a sum beside that of the head,
    ///     because the head names what lines are of, too. That column then counts for both.
    ///   - roles: The field of each column; what becomes a part of lines is none.
    /// - Returns: Nothing where no column says what a row is a line of, else the only sum that there
    ///   is: in such a row it is the line's, and the document's is not known.
    static func lineColumns(
        _ headers: [LinesMapping.Part: [String]], in known: [String], besides idColumn: Int?,
        onlyWithOwnSum: Bool, takenFrom roles: inout [Int?]
    ) -> [LinesMapping.Part: Int] {
        var columns: [LinesMapping.Part: Int] = [:]
        for part in LinesMapping.Part.allCases {
            for header in headers[part] ?? [] {
                guard let column = known.firstIndex(of: key(header)), column != idColumn,
                    !columns.values.contains(column), isFree(column, roles)
                else { continue }
                columns[part] = column
                break
            }
        }
        func onlyColumn(of part: LinesMapping.Part) -> Int? {
            (headers[part] ?? []).lazy.compactMap { known.firstIndex(of: Self.key($0)) }
                .first { $0 != idColumn && !columns.values.contains($0) }
        }
        if onlyWithOwnSum {
            guard columns[.sum] != nil else { return [:] }
            if columns[.product] == nil { columns[.product] = onlyColumn(of: .product) }
        }
        guard columns[.product] != nil || columns[.name] != nil else { return [:] }
        if columns[.sum] == nil { columns[.sum] = onlyColumn(of: .sum) }
        for column in columns.values { roles[column] = nil }
        return columns
    }

    /// Whether a column can be one of lines: no field takes it, or one that has another too.
    ///
    /// So `Сумма` is the line's where the document has a `СуммаДокумента`.
    private static func isFree(_ column: Int, _ roles: [Int?]) -> Bool {
        guard let field = roles[column] else { return true }
        return roles.count { $0 == field } > 1
    }
}
