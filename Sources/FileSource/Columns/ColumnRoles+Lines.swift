internal import Records

/// A file may repeat the head of a document in the row of each of its lines, as 1C exports it.
extension ColumnRoles {
    /// The field to which each row adds a line; `nil` where a row is a record of its own.
    var lineFieldOfRows: Int? { columnOfLinePart.isEmpty ? nil : lineField }

    /// The fields of which rows have values, in their order.
    var usedFields: [Int] {
        let fields = fieldOfColumn.compactMap(\.self) + [lineFieldOfRows].compactMap(\.self)
        return Set(fields).sorted()
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
    ///   - roles: The field of each column; what becomes a part of lines is none.
    /// - Returns: Nothing where no column says what a row is a line of, else the only sum that there
    ///   is: in such a row it is the line's, and the document's is not known.
    static func lineColumns(
        _ headers: [LinesMapping.Part: [String]], in known: [String], besides idColumn: Int?,
        takenFrom roles: inout [Int?]
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
        guard columns[.product] != nil || columns[.name] != nil else { return [:] }
        if columns[.sum] == nil {
            columns[.sum] = (headers[.sum] ?? []).lazy
                .compactMap { known.firstIndex(of: Self.key($0)) }
                .first { $0 != idColumn && !columns.values.contains($0) }
        }
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
