internal import Foundation

/// A CSV file (RFC 4180, comma, UTF-8), written in pieces so that its size does not matter.
struct CSVFile {
    private let handle: FileHandle
    private var buffer = ByteWriter(capacity: 1 << 20)

    /// Creates the file, replacing one that is there.
    init(_ url: URL, header: [String]) throws {
        try Data().write(to: url)
        handle = try FileHandle(forWritingTo: url)
        try add(header)
    }

    /// Adds a row.
    mutating func add(_ cells: [String]) throws {
        for (index, cell) in cells.enumerated() {
            if index > 0 { buffer.byte(UInt8(ascii: ",")) }
            // Bytes, because a carriage return and a line feed are one Character.
            if cell.utf8.contains(where: { $0 == 34 || $0 == 44 || $0 == 10 || $0 == 13 }) {
                buffer.byte(34)
                buffer.raw(cell.replacing("\"", with: "\"\""))
                buffer.byte(34)
            } else {
                buffer.raw(cell)
            }
        }
        buffer.byte(10)
        if buffer.bytes.count > 1 << 20 { try flush() }
    }

    /// Writes what is left and closes the file.
    mutating func close() throws {
        try flush()
        try handle.close()
    }

    private mutating func flush() throws {
        try handle.write(contentsOf: Data(buffer.bytes))
        buffer.truncate(to: 0)
    }
}
