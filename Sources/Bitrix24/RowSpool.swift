internal import Collection
internal import Foundation

/// Rows of a related list, kept until their owners are read.
///
/// A list that can only be read in full pages by its own ids does not come in the order of its
/// owners. What does not fit into a few megabytes goes to a file without a name, which vanishes with
/// the process; in memory remain sixteen bytes a row.
final class RowSpool {
    /// Rows up to this many bytes stay in memory.
    static let bufferLimit = 8 * 1_048_576

    private struct Entry {
        let owner: Int64
        /// Offset and length: forty and twenty-four bits.
        let place: UInt64
    }

    private let bufferLimit: Int
    private var entries: [Entry] = []
    private var buffer: [UInt8] = []
    /// Bytes that are in the file, before those of the buffer.
    private var written: UInt64 = 0
    private var file: Int32?
    private var isSorted = true

    init(bufferLimit: Int = RowSpool.bufferLimit) { self.bufferLimit = bufferLimit }

    deinit { if let file { close(file) } }

    /// How many rows are kept.
    var count: Int { entries.count }

    /// Keeps a row.
    ///
    /// - Throws: ``CollectionError`` when there is no room on the disk.
    func append(_ row: JSONValue, owner: Int64) throws {
        let start = buffer.count
        row.appendRaw(to: &buffer)
        let (offset, length) = (written + UInt64(start), UInt64(buffer.count - start))
        precondition(length < 1 << 24 && offset < 1 << 40, "rows are bounded by the body's limit")
        entries.append(Entry(owner: owner, place: offset << 24 | length))
        isSorted = false
        if buffer.count > bufferLimit { try flush() }
    }

    /// The rows of the given owners, each owner's in the order in which they came.
    func rows(of owners: [String]) throws -> [String: [JSONValue]] {
        if !isSorted {
            entries.sort { ($0.owner, $0.place) < ($1.owner, $1.place) }
            isSorted = true
        }
        var (bytes, found): ([UInt8], [String]) = ([UInt8(ascii: "[")], [])
        for owner in owners {
            guard let number = Int64(owner) else { continue }
            var position = firstPosition(of: number)
            while position < entries.count, entries[position].owner == number {
                if !found.isEmpty { bytes.append(UInt8(ascii: ",")) }
                try read(entries[position].place, into: &bytes)
                found.append(owner)
                position += 1
            }
        }
        bytes.append(UInt8(ascii: "]"))
        var byOwner: [String: [JSONValue]] = [:]
        for (owner, row) in zip(found, try JSONDocument(parsing: bytes).root.elements) {
            byOwner[owner, default: []].append(row)
        }
        return byOwner
    }

    private func firstPosition(of owner: Int64) -> Int {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].owner < owner { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func read(_ place: UInt64, into bytes: inout [UInt8]) throws {
        let (offset, length) = (place >> 24, Int(place & 0xFF_FFFF))
        guard offset < written, let file else {
            let start = Int(offset - written)
            bytes.append(contentsOf: buffer[start..<start + length])
            return
        }
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: length))
        let isWhole = bytes.withUnsafeMutableBytes { all in
            var done = 0
            while done < length {
                let part = UnsafeMutableRawBufferPointer(rebasing: all[(start + done)...])
                let count = pread(
                    file, part.baseAddress, length - done, off_t(offset) + off_t(done))
                guard count > 0 else { return false }
                done += count
            }
            return true
        }
        guard isWhole else { throw Self.failure("read from") }
    }

    private func flush() throws {
        let file = try self.file ?? Self.temporaryFile()
        self.file = file
        let isWhole = buffer.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let part = UnsafeRawBufferPointer(rebasing: bytes[done...])
                let count = write(file, part.baseAddress, part.count)
                guard count > 0 else { return false }
                done += count
            }
            return true
        }
        guard isWhole else { throw Self.failure("write to") }
        written += UInt64(buffer.count)
        buffer.removeAll(keepingCapacity: true)
    }

    private static func temporaryFile() throws -> Int32 {
        let path = FileManager.default.temporaryDirectory.path + "/sverka-rows-XXXXXX"
        var template = Array(path.utf8CString)
        let file = mkstemp(&template)
        guard file >= 0 else { throw failure("make") }
        unlink(template)
        return file
    }

    private static func failure(_ action: String) -> CollectionError {
        CollectionError(
            .limited,
            "Could not \(action) a temporary file in \(FileManager.default.temporaryDirectory.path)"
                + " (\(String(cString: strerror(errno)))). Make room there, or set TMPDIR to a "
                + "folder with room; what an earlier run stored is untouched.")
    }
}
