internal import Collection
internal import Foundation
internal import Records

/// Turns the texts of one row into a record.
struct RowReader {
    private let roles: ColumnRoles
    private let fields: [FieldDefinition]
    private let conversions: [FieldConversion]
    private let keepsPayload: Bool
    private let lineMembers: LineMembers
    /// Whether each field has one column at most, so that a cell is a value by itself.
    private let isSimple: Bool
    /// Which cells are copied into a table, by field; `nil` when rows must be read as records.
    let tablePlan: TablePlan?

    struct TablePlan {
        struct Cell {
            var column: Int
            /// Whether the cell can hold several values.
            var mayPart: Bool
        }

        var idColumn: Int
        var cells: [Cell]
    }

    init(roles: ColumnRoles, entity: EntityDefinition, options: RecordFile.Options) {
        self.roles = roles
        fields = entity.fields
        conversions = entity.fields.map { FieldConversion($0, timeZone: options.timeZone) }
        keepsPayload = options.keepsPayload
        lineMembers = LineMembers(roles.lineField.map { entity.fields[$0].lineHeaders } ?? [:])
        let used = roles.fieldOfColumn.compactMap { $0 }
        let hasLines = roles.lineField.map { roles.usedFields.contains($0) } ?? false
        isSimple =
            roles.idColumn != nil && !keepsPayload && !hasLines && Set(used).count == used.count
        tablePlan = isSimple ? Self.tablePlan(roles, fields) : nil
    }

    private static func tablePlan(_ roles: ColumnRoles, _ fields: [FieldDefinition]) -> TablePlan? {
        guard let idColumn = roles.idColumn else { return nil }
        var plan = TablePlan(idColumn: idColumn, cells: [])
        for (field, definition) in fields.enumerated() {
            guard let column = roles.fieldOfColumn.firstIndex(of: field) else { continue }
            switch definition.type {
            // What is no text is converted, and noted where it does not fit its type.
            case .boolean, .integer, .quantity, .money, .date, .instant: return nil
            default: break
            }
            plan.cells.append(TablePlan.Cell(column: column, mayPart: definition.isMultiple))
        }
        return plan
    }

    /// Makes a record of a delimited row.
    ///
    /// - Returns: `nil` when the id is empty.
    func record(
        row: DelimitedRow, encoding: TextEncoding, names: inout RowNames?
    ) -> Record? {
        guard isSimple, let idColumn = roles.idColumn else {
            return record(
                cells: (0..<row.count).map { column in
                    let (text, hadNUL, isBroken) = encoding.decode(row[column])
                    return ([text], Self.notes(hadNUL, isBroken))
                }, names: &names)
        }
        guard idColumn < row.count else { return nil }
        let id = TextCleaning.trimmed(encoding.decode(row[idColumn]).text)
        guard !id.isEmpty else { return nil }
        var values = [FieldValue?](repeating: nil, count: fields.count)
        var notes: [ReadingNote] = []
        for column in 0..<min(row.count, roles.fieldOfColumn.count) {
            guard let field = roles.fieldOfColumn[column] else { continue }
            let bytes = row[column]
            guard !bytes.isEmpty else { continue }
            let (text, hadNUL, isBroken) = encoding.decode(bytes)
            if hadNUL || isBroken {
                notes += Self.notes(hadNUL, isBroken).map {
                    ReadingNote($0, field: fields[field].name)
                }
            }
            if fields[field].isMultiple, bytes.contains(where: Self.mayPart) {
                values[field] = conversions[field].value(of: Self.split(text), notes: &notes)
            } else {
                var text = TextCleaning.trimmed(text)
                if let column = roles.currencyColumnOfField[field], column < row.count {
                    let currency = encoding.decode(row[column]).text
                    text = amount(text, in: currency, of: field, notes: &notes)
                }
                values[field] = conversions[field].value(of: text, notes: &notes)
            }
        }
        return Record(id: RecordID(id), fields: values, readingNotes: notes)
    }

    /// An amount with the currency of another cell behind it.
    private func amount(
        _ text: String, in currency: String, of field: Int, notes: inout [ReadingNote]
    ) -> String {
        let (text, isKnown) = FieldConversion.written(text, in: TextCleaning.trimmed(currency))
        if !isKnown { notes.append(ReadingNote(.unknownKey, field: fields[field].name)) }
        return text
    }

    private static func notes(_ hadNUL: Bool, _ isBroken: Bool) -> [ReadingNote.Kind] {
        (hadNUL ? [.nulRemoved] : []) + (isBroken ? [.brokenEncoding] : [])
    }

    /// Whether a byte parts values, or begins a character that does: a line end of another kind.
    static func mayPart(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x0A...0x0D, 0x2C, 0x3B, 0x85, 0xC2, 0xE2: true
        default: false
        }
    }

    /// Makes a record of the cells' texts, each with its notes.
    ///
    /// - Parameters:
    ///   - cells: The cells in the order of the columns; there may be fewer or more.
    ///   - names: Gives an id to a row without one; `nil` when such a row is none.
    /// - Returns: `nil` when the id is empty.
    func record(
        cells: [(texts: [String], notes: [ReadingNote.Kind])], names: inout RowNames?
    ) -> Record? {
        guard let id = ownID(cells) ?? names?.name(of: meaning(of: cells)) else { return nil }
        var texts = [[String]](repeating: [], count: fields.count)
        var notes: [ReadingNote] = []
        for (column, cell) in cells.enumerated() {
            guard column < roles.fieldOfColumn.count, let field = roles.fieldOfColumn[column]
            else { continue }
            notes += cell.notes.map { ReadingNote($0, field: fields[field].name) }
            for text in cell.texts {
                let values = Self.values(of: text, in: fields[field])
                texts[field] += values
                if fields[field].type == .line, values.isEmpty, !Self.whole(text).isEmpty {
                    notes.append(ReadingNote(.typeMismatch, field: fields[field].name))
                }
            }
        }
        if let field = roles.lineFieldOfRows, let read = line(of: cells) {
            texts[field].append(read.text)
        }
        for (index, field) in fields.enumerated() where field.isJoined && texts[index].count > 1 {
            // Places are told apart by commas.
            texts[index] = [texts[index].joined(separator: field.type == .address ? ", " : " ")]
        }
        nameByFirstLine(&texts)
        var values: [FieldValue?] = []
        values.reserveCapacity(fields.count)
        for (index, conversion) in conversions.enumerated() {
            if let column = roles.currencyColumnOfField[index], column < cells.count,
                let currency = cells[column].texts.first
            {
                texts[index] = texts[index].map {
                    amount($0, in: currency, of: index, notes: &notes)
                }
            }
            values.append(conversion.value(of: texts[index], notes: &notes))
        }
        return Record(
            id: RecordID(id), fields: values, payload: keepsPayload ? payload(cells) : "",
            readingNotes: notes)
    }

    /// The texts of a member that stands for a column, of a list of lines each as it is kept.
    func texts(of value: JSONValue, column: Int) -> [String] {
        guard let field = roles.lineField, roles.fieldOfColumn[column] == field else {
            return value.cellTexts
        }
        return lineMembers.texts(of: value)
    }

    /// Has what the head does not name named by the first line that does.
    private func nameByFirstLine(_ texts: inout [[String]]) {
        guard let field = roles.fieldOfProduct, let lines = roles.lineField, texts[field].isEmpty
        else { return }
        for text in texts[lines] {
            guard let product = DocumentLine(text)?.product else { continue }
            return texts[field] = [product]
        }
    }

    /// The line that a row is; `nil` where it says nothing of one.
    private func line(of cells: [(texts: [String], notes: [ReadingNote.Kind])]) -> DocumentLine? {
        var parts = LineParts()
        for (part, column) in roles.columnOfLinePart where column < cells.count {
            if let text = cells[column].texts.first { parts.take(text, as: part) }
        }
        return parts.line
    }

    /// The values of a cell's text; for lines, which no cell of a person's file is, only such a text.
    private static func values(of text: String, in field: FieldDefinition) -> [String] {
        if field.type == .line { return DocumentLine(text) == nil ? [] : [text] }
        return field.isMultiple ? split(text) : whole(text)
    }

    private func ownID(_ cells: [(texts: [String], notes: [ReadingNote.Kind])]) -> String? {
        guard let column = roles.idColumn, column < cells.count,
            let id = cells[column].texts.first.map(TextCleaning.trimmed), !id.isEmpty
        else { return nil }
        return id
    }

    /// What a row says, whatever the order of its columns: headers and texts of filled cells.
    private func meaning(
        of cells: [(texts: [String], notes: [ReadingNote.Kind])]
    ) -> [String] {
        zip(roles.headers, cells).filter { $1.texts.contains { !$0.isEmpty } }
            .sorted { $0.0 < $1.0 }
            .flatMap { [$0] + $1.texts }
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
