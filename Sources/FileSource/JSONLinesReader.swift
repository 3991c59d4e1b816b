internal import Collection
internal import Foundation

/// Reads a file of JSON objects, one to a line.
struct JSONLinesReader {
    /// A line longer than this is refused.
    private static let longestLine = 64 * 1_048_576

    private let name: String
    private var chunks: FileChunks
    private var position = 0
    private(set) var line = 0

    /// Bytes read so far.
    var byteCount: Int { chunks.byteCount }

    /// Opens a file.
    init(_ url: URL, chunkLength: Int = 262_144) throws(CollectionError) {
        name = url.lastPathComponent
        chunks = try FileChunks(url, length: chunkLength)
    }

    /// The object of the next line that is not empty.
    mutating func next() throws(CollectionError) -> JSONValue? {
        while let bytes = try nextLine() {
            line += 1
            guard bytes.contains(where: { $0 > 0x20 }) else { continue }
            let document: JSONDocument
            do throws(JSONError) {
                document = try JSONDocument(parsing: bytes)
            } catch {
                throw CollectionError(
                    .malformed,
                    "\(name), line \(line): not JSON (\(error)). Mend the line or export the file "
                        + "again.")
            }
            guard document.root.kind == .object else {
                throw CollectionError(
                    .malformed, "\(name), line \(line): JSON, but not an object of named values.")
            }
            return document.root
        }
        return nil
    }

    private mutating func nextLine() throws(CollectionError) -> [UInt8]? {
        var searched = position
        while true {
            let buffer = chunks.buffer
            if let end = buffer[searched...].firstIndex(of: 0x0A) {
                defer { position = end + 1 }
                return Array(buffer[position..<end])
            }
            if chunks.isAtEnd {
                guard position < buffer.count else { return nil }
                defer { position = buffer.count }
                return Array(buffer[position...])
            }
            guard buffer.count - position < Self.longestLine else {
                throw CollectionError(
                    .malformed, "\(name), line \(line + 1): longer than 64 MB.")
            }
            searched = buffer.count - position
            try chunks.read(dropping: position)
            position = 0
        }
    }
}
