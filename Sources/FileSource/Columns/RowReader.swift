internal import Collection
internal import Records

/// Turns the texts of one row into a record.
struct RowReader {
    private let roles: ColumnRoles
    private let fields: [FieldDefinition]
    private let conversions: [FieldConversion]
    private let keepsPayload: Bool

    init(roles: ColumnRoles, entity: EntityDefinition, keepsPayload: Bool) {
        self.roles = roles
        fields = entity.fields
        conversions = entity.fields.map { FieldConversion($0) }
        self.keepsPayload = keepsPayload
    }

    /// Makes a record of the cells' texts, each with its notes.
    ///
    /// - Returns: `nil` when the id is empty.
    func record(cells: [(texts: [String], notes: [ReadingNote.Kind])]) -> Record? {
        guard roles.idColumn < cells.count,
            let id = cells[roles.idColumn].texts.first.map(TextCleaning.trimmed), !id.isEmpty
        else { return nil }
        var texts = [[String]](repeating: [], count: fields.count)
        var notes: [ReadingNote] = []
        for (column, cell) in cells.enumerated() {
            guard column < roles.fieldOfColumn.count, let field = roles.fieldOfColumn[column]
            else { continue }
            notes += cell.notes.map { ReadingNote($0, field: fields[field].name) }
            for text in cell.texts {
                texts[field] += fields[field].isMultiple ? Self.split(text) : Self.whole(text)
            }
        }
        var values: [FieldValue?] = []
        values.reserveCapacity(fields.count)
        for (index, conversion) in conversions.enumerated() {
            values.append(conversion.value(of: texts[index], notes: &notes))
        }
        return Record(
            id: RecordID(id), fields: values, payload: keepsPayload ? payload(cells) : "",
            readingNotes: notes)
    }

    private static func whole(_ text: String) -> [String] {
        let trimmed = TextCleaning.trimmed(text)
        return trimmed.isEmpty ? [] : [trimmed]
    }

    /// Several values of one cell: separated by semicolons, line ends, or commas.
    private static func split(_ text: String) -> [String] {
        text.split(whereSeparator: { $0 == ";" || $0 == "," || $0.isNewline })
            .flatMap { whole(String($0)) }
    }

    private func payload(_ cells: [(texts: [String], notes: [ReadingNote.Kind])]) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            for (column, cell) in cells.enumerated() where column < roles.headers.count {
                writer.name(roles.headers[column])
                writer.write(cell.texts.joined(separator: "; "))
            }
        }
        return writer.text
    }
}
