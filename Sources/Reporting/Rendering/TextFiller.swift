internal import Records

/// Fills a report's words with its numbers.
struct TextFiller {
    let definition: ReportDefinition
    let words: Words
    let data: ReportData
    /// The value of the sheet, where there is a sheet for each.
    let value: String?
    /// Whether personal data are shortened.
    var masks = false

    private var writer: ValueWriter {
        ValueWriter(
            words: words, request: data.request, masks: masks, isForSentences: true)
    }

    /// The lines of a block: one, but for a separator that ends lines.
    func lines(_ block: TextBlock) throws(ReportError) -> [String] {
        var parts: [String] = []
        for part in block.parts {
            let key = "texts.\(part.words)"
            guard let each = part.each else {
                parts.append(try text(key))
                continue
            }
            let table = data.table(each)
            for row in table.rows {
                let row = ReportRow(columns: table.columns, values: row)
                parts.append(try text(key, row, of: each))
            }
        }
        return parts.joined(separator: block.separator).split(separator: "\n").map(String.init)
    }

    /// The text of a key with everything in braces put in.
    func text(_ key: String) throws(ReportError) -> String { try text(key, nil, of: "") }

    private func text(
        _ key: String, _ row: ReportRow?, of table: String
    ) throws(ReportError) -> String {
        do {
            return try Words.filled(words[key]) { name in
                try filling(name, row, of: table)
            }
        } catch {
            throw (error as? ReportError)
                ?? .templateInvalid(
                    file: "words.\(words.language.rawValue).yaml", message: "\(error)")
        }
    }

    private func filling(
        _ name: String, _ row: ReportRow?, of table: String
    ) throws(ReportError) -> String? {
        let request = data.request
        switch name {
        case "period": return writer.period(request.period)
        case "company": return request.company
        case "made": return words.time(request.madeAt, in: request.timeZone)
        case "left": return request.names.sides[.left] ?? ""
        case "right": return request.names.sides[.right] ?? ""
        case "value": return value ?? ""
        default: break
        }
        let parts = name.split(separator: "|", maxSplits: 1).map(String.init)
        let noun = parts.count == 2 ? parts[1] : nil
        if let row, let value = row[parts[0]] {
            let format = definition.table(table)?.columns[parts[0]]
            return shown(value, format, row, noun)
        }
        guard let reference = CellReference(parts[0]) else {
            throw .templateInvalid(
                file: "reports/\(definition.name)/words.\(words.language.rawValue).yaml",
                message: "{\(name)} is nothing that this report has")
        }
        let found = try data.row(reference)
        return shown(
            found?.value ?? .empty,
            definition.table(reference.table)?.columns[reference.column], found?.row, noun)
    }

    private func shown(
        _ value: ReportValue, _ format: ColumnFormat?, _ row: ReportRow?, _ noun: String?
    ) -> String {
        if let noun, case .integer(let count) = value { return words.count(Int(count), noun) }
        return writer.text(value, format, row)
    }
}
