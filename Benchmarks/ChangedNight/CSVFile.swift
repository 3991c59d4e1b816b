import Foundation
import Records

/// The rows of a file of comma-separated values.
struct CSVRows {
    var header: [String]
    var rows: [[String]]

    /// The rows as the engine reads them; columns are recognised by their headers.
    func table(_ entity: EntityDefinition) -> RecordTable {
        func column(_ names: [String]) -> Int? {
            names.lazy.compactMap { name in
                header.firstIndex { $0.lowercased() == name.lowercased() }
            }.first
        }
        let id = column(entity.idHeaders) ?? 0
        let columns = entity.fields.map { column($0.headers) }
        let fields = columns.indices.filter { columns[$0] != nil }
        let builder = RecordTableBuilder(fields: fields, fieldCount: entity.fields.count)
        for row in rows {
            var bytes: [UInt8] = []
            func take(_ text: String) -> Range<Int> {
                let start = bytes.count
                bytes += text.utf8
                return start..<bytes.count
            }
            let own = take(row[id])
            let cells = fields.map { take(row[columns[$0] ?? 0]) }
            bytes.withUnsafeBufferPointer { bytes in
                cells.withUnsafeBufferPointer { _ = builder.append(bytes, id: own, cells: $0) }
            }
        }
        return builder.finish()
    }
}

extension CSVRows {
    /// The bytes of a file of these rows, a cell in quotes where it needs them.
    ///
    /// - Parameter lineEnd: What rows end with.
    /// - Returns: The bytes.
    func bytes(lineEnd: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for row in [header] + rows {
            for (place, cell) in row.enumerated() {
                if place > 0 { bytes.append(UInt8(ascii: ",")) }
                if cell.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) {
                    bytes += "\"\(cell.replacing("\"", with: "\"\""))\"".utf8
                } else {
                    bytes += cell.utf8
                }
            }
            bytes += lineEnd.utf8
        }
        return bytes
    }
}

/// Reads files of comma-separated values.
enum CSVFile {
    /// Reads a file whole; rows of another length than the header are left out.
    static func rows(_ url: URL) throws -> CSVRows {
        let data = try Data(contentsOf: url, options: .alwaysMapped)
        return data.withUnsafeBytes { raw in
            var reader = Reader(bytes: raw.bindMemory(to: UInt8.self))
            let header = reader.next() ?? []
            var rows: [[String]] = []
            while let row = reader.next() { if row.count == header.count { rows.append(row) } }
            return CSVRows(header: header, rows: rows)
        }
    }

    private struct Reader {
        let bytes: UnsafeBufferPointer<UInt8>
        private var place = 0

        init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

        mutating func next() -> [String]? {
            guard place < bytes.count else { return nil }
            var (row, cell, isQuoted) = ([String](), [UInt8](), false)
            func text() -> String { String(decoding: cell, as: UTF8.self) }
            while place < bytes.count {
                let byte = bytes[place]
                place += 1
                switch byte {
                case UInt8(ascii: "\"") where isQuoted:
                    if place < bytes.count, bytes[place] == UInt8(ascii: "\"") {
                        cell.append(byte)
                        place += 1
                    } else {
                        isQuoted = false
                    }
                case UInt8(ascii: "\""): isQuoted = true
                case UInt8(ascii: ",") where !isQuoted:
                    row.append(text())
                    cell.removeAll(keepingCapacity: true)
                case UInt8(ascii: "\n") where !isQuoted:
                    row.append(text())
                    return row
                case UInt8(ascii: "\r") where !isQuoted: break
                default: cell.append(byte)
                }
            }
            row.append(text())
            return row
        }
    }
}
