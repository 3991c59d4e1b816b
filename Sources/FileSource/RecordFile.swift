internal import Collection
internal import Foundation
internal import Records

/// A file of records of one entity, read one by one.
struct RecordFile {
    private enum Rows {
        case csv(CSVReader, headers: [String])
        case jsonLines(JSONLinesReader, first: JSONValue?, positions: [String: Int])
    }

    /// One row: the texts of its columns.
    private struct Row {
        var texts: [[String]]
        var mended: [(cell: Int, kind: ReadingNote.Kind)] = []
        var payload = ""
        var isRagged = false
    }

    /// What the columns mean; `nil` when the file holds no record at all.
    private(set) var columns: FileColumns?
    private(set) var builder = CertificateBuilder()
    private var rows: Rows
    private var seen = IdentitySet()
    private let conversions: [FieldConversion]
    private let isMultiple: [Bool]
    private let names: [FieldName]
    private let keepsPayload: Bool

    init(
        _ url: URL, entity: EntityDefinition, options: FileOptions, keepsPayload: Bool
    ) throws(CollectionError) {
        conversions = entity.fields.map { FieldConversion($0) }
        isMultiple = entity.fields.map(\.isMultiple)
        names = entity.fields.map(\.name)
        self.keepsPayload = keepsPayload
        let file = url.lastPathComponent
        if try Self.isJSONLines(url) {
            var reader = try JSONLinesReader(url)
            let first = try reader.next()
            let headers = first.map { $0.members.map(\.name) } ?? []
            if first != nil {
                columns = try FileColumns(headers, entity: entity, options: options, file: file)
            }
            let positions = Dictionary(
                headers.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
            rows = .jsonLines(reader, first: first, positions: positions)
        } else {
            var reader = try CSVReader(url, options: options)
            guard let header = try reader.next() else {
                throw CollectionError(
                    .malformed,
                    "\(file) is empty: not even a line of headers. Export it again.")
            }
            columns = try FileColumns(header.cells, entity: entity, options: options, file: file)
            rows = .csv(reader, headers: header.cells.map(TextCleaning.trimmed))
        }
    }

    /// Bytes read so far.
    var byteCount: Int {
        switch rows {
        case .csv(let reader, _): reader.byteCount
        case .jsonLines(let reader, _, _): reader.byteCount
        }
    }

    /// The next record; rows without an id and rows that repeat one are counted and passed over.
    mutating func next() throws(CollectionError) -> Record? {
        while let row = try nextRow() {
            if row.isRagged { builder.countNote("ragged_row") }
            guard let columns,
                let id = row.texts[columns.idColumn].lazy.map(TextCleaning.trimmed)
                    .first(where: { !$0.isEmpty })
            else {
                builder.skipWithoutID()
                continue
            }
            guard seen.insert(id) else {
                builder.repeatRow()
                continue
            }
            let record = record(id: id, row, columns)
            builder.deliver(record)
            return record
        }
        return nil
    }

    private func record(id: String, _ row: Row, _ columns: FileColumns) -> Record {
        var notes: [ReadingNote] = []
        var values: [FieldValue?] = []
        values.reserveCapacity(conversions.count)
        for (field, sources) in columns.byField.enumerated() {
            var texts: [String] = []
            for column in sources where column < row.texts.count {
                for cell in row.texts[column] {
                    for part in isMultiple[field] ? Self.parts(of: cell) : [cell] {
                        let text = TextCleaning.trimmed(part)
                        if !text.isEmpty { texts.append(text) }
                    }
                }
                for mended in row.mended where mended.cell == column {
                    notes.append(ReadingNote(mended.kind, field: names[field]))
                }
            }
            values.append(conversions[field].value(of: texts, notes: &notes))
        }
        for mended in row.mended where !notes.contains(where: { $0.kind == mended.kind }) {
            notes.append(ReadingNote(mended.kind))
        }
        return Record(
            id: RecordID(id), fields: values, payload: row.payload, readingNotes: notes)
    }

    /// The values of a cell that may hold several: split at `;`, line ends, and commas with a space.
    static func parts(of cell: String) -> [String] {
        guard cell.utf8.contains(where: { $0 == 0x3B || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D })
        else { return [cell] }
        return cell.replacing(", ", with: ";").split { $0 == ";" || $0.isNewline }.map(String.init)
    }

    private mutating func nextRow() throws(CollectionError) -> Row? {
        switch rows {
        case .csv(var reader, let headers):
            let next = try reader.next()
            rows = .csv(reader, headers: headers)
            return next.map { row(of: $0, headers: headers) }
        case .jsonLines(var reader, let first, var positions):
            var next = first
            if next == nil { next = try reader.next() }
            if let next {
                // Later objects may have names that the first had not.
                for (name, _) in next.members where positions[name] == nil {
                    positions[name] = columns?.count ?? 0
                    columns?.append(name)
                }
            }
            rows = .jsonLines(reader, first: nil, positions: positions)
            return next.map { row(of: $0, positions: positions) }
        }
    }

    private func row(of source: CSVReader.Row, headers: [String]) -> Row {
        var row = Row(texts: source.cells.map { [$0] }, mended: source.mended)
        let extra = source.cells.dropFirst(headers.count)
        row.isRagged =
            source.cells.count < headers.count || extra.contains { !$0.isEmpty }
        while row.texts.count < headers.count { row.texts.append([]) }
        guard keepsPayload else { return row }
        var writer = JSONWriter()
        writer.object { writer in
            for (header, cell) in zip(headers, source.cells) {
                writer.name(header)
                writer.write(cell)
            }
        }
        row.payload = writer.text
        return row
    }

    private func row(of source: JSONValue, positions: [String: Int]) -> Row {
        var row = Row(texts: Array(repeating: [], count: columns?.count ?? 0))
        for (name, value) in source.members {
            guard let column = positions[name] else { continue }
            row.texts[column] = Self.texts(of: value)
            if value.hadNUL { row.mended.append((column, .nulRemoved)) }
            if value.hadBrokenEncoding { row.mended.append((column, .brokenEncoding)) }
        }
        if keepsPayload { row.payload = source.jsonText }
        return row
    }

    private static func texts(of value: JSONValue) -> [String] {
        switch value.kind {
        case .array: value.elements.flatMap(texts)
        case .true: ["true"]
        case .false: ["false"]
        default: value.scalarText.map { [$0] } ?? []
        }
    }

    /// Whether a file holds JSON lines: by its name, else by its first character.
    private static func isJSONLines(_ url: URL) throws(CollectionError) -> Bool {
        switch url.pathExtension.lowercased() {
        case "jsonl", "ndjson": return true
        case "csv", "tsv": return false
        default: break
        }
        var chunks = try FileChunks(url, length: 1_024)
        try chunks.read(dropping: 0)
        let text = chunks.buffer.starts(with: [0xEF, 0xBB, 0xBF])
            ? chunks.buffer.dropFirst(3) : chunks.buffer[...]
        return text.first { $0 > 0x20 } == UInt8(ascii: "{")
    }
}
