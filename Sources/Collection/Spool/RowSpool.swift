public import Foundation

/// Rows of a related list, kept until their owners are read.
///
/// A list that can only be read in full pages by its own ids does not come in the order of its
/// owners. What does not fit into some megabytes goes to a file without a name, which vanishes with
/// the process; in memory remain twenty-four bytes a row.
public final class RowSpool {
    private struct Entry {
        /// The key of the owner: two halves, since sixteen bytes in one would be padded to thirty-two.
        let high: UInt64
        let low: UInt64
        /// Offset and length: forty and twenty-four bits.
        let place: UInt64

        init(_ owner: UInt128, place: UInt64) {
            high = UInt64(truncatingIfNeeded: owner >> 64)
            low = UInt64(truncatingIfNeeded: owner)
            self.place = place
        }

        static func < (left: Entry, right: Entry) -> Bool {
            if left.high != right.high { return left.high < right.high }
            if left.low != right.low { return left.low < right.low }
            return left.place < right.place
        }
    }

    private let bufferLimit: Int
    private let folder: URL
    private var entries: [Entry] = []
    private var buffer: [UInt8] = []
    /// Bytes that are in the file, before those of the buffer.
    private var written: UInt64 = 0
    private var file: Int32?
    private var isSorted = true
    /// Where the rows of the owner before ended: owners are asked for in the order of their keys.
    private var nextPosition = 0
    private var window = FileWindow()

    /// Makes an empty spool.
    ///
    /// - Parameters:
    ///   - bufferLimit: Rows up to this many bytes stay in memory.
    ///   - folder: Where the file is made for what does not.
    public init(
        bufferLimit: Int = 8 * 1_048_576, folder: URL = FileManager.default.temporaryDirectory
    ) {
        self.bufferLimit = bufferLimit
        self.folder = folder
    }

    deinit { if let file { close(file) } }

    /// How many rows are kept.
    public var count: Int { entries.count }

    /// Keeps a row.
    ///
    /// - Parameters:
    ///   - row: The row.
    ///   - owner: The key of what it belongs to.
    /// - Throws: ``CollectionError`` when there is no room on the disk, or the row is as large as no row is.
    public func append(_ row: JSONValue, owner: UInt128) throws(CollectionError) {
        let start = buffer.count
        row.appendRaw(to: &buffer)
        let (offset, length) = (written + UInt64(start), UInt64(buffer.count - start))
        guard length < 1 << 24, offset < 1 << 40 else {
            throw CollectionError(
                .limited,
                "A row of a related list has \(length) bytes, or its list more than a terabyte; "
                    + "what an earlier run stored is untouched.")
        }
        let entry = Entry(owner, place: offset << 24 | length)
        if let last = entries.last, entry < last { isSorted = false }
        entries.append(entry)
        if buffer.count > bufferLimit { try flush() }
    }

    /// Appends the JSON texts of an owner's rows in the order in which they came, each with a comma
    /// behind it.
    ///
    /// - Parameters:
    ///   - owner: The key of what they belong to.
    ///   - bytes: Takes the texts.
    /// - Returns: How many there are.
    /// - Throws: ``CollectionError`` when they cannot be read from the disk.
    public func appendRows(
        of owner: UInt128, to bytes: inout [UInt8]
    ) throws(CollectionError) -> Int {
        if !isSorted {
            entries.sort(by: <)
            isSorted = true
        }
        let key = Entry(owner, place: 0)
        let first = firstPosition(from: key)
        var position = first
        while position < entries.count, entries[position].high == key.high,
            entries[position].low == key.low
        {
            try read(entries[position].place, into: &bytes)
            bytes.append(UInt8(ascii: ","))
            position += 1
        }
        nextPosition = position
        return position - first
    }

    private func firstPosition(from key: Entry) -> Int {
        let isNext =
            nextPosition < entries.count && !(entries[nextPosition] < key)
            && (nextPosition == 0 || entries[nextPosition - 1] < key)
        if isNext { return nextPosition }
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func read(_ place: UInt64, into bytes: inout [UInt8]) throws(CollectionError) {
        let (offset, length) = (place >> 24, Int(place & 0xFF_FFFF))
        guard offset < written, let file else {
            let start = Int(offset - written)
            bytes.append(contentsOf: buffer[start..<start + length])
            return
        }
        guard window.read(offset, length, of: file, into: &bytes) else {
            throw failure("read from")
        }
    }

    private func flush() throws(CollectionError) {
        let file: Int32
        if let known = self.file { file = known } else { file = try temporaryFile() }
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
        guard isWhole else { throw failure("write to") }
        written += UInt64(buffer.count)
        buffer.removeAll(keepingCapacity: true)
    }

    private func temporaryFile() throws(CollectionError) -> Int32 {
        let path = folder.path + "/sverka-rows-XXXXXX"
        var template = Array(path.utf8CString)
        let file = mkstemp(&template)
        guard file >= 0 else { throw failure("make") }
        unlink(template)
        return file
    }

    private func failure(_ action: String) -> CollectionError {
        CollectionError(
            .limited,
            "Could not \(action) a temporary file in \(folder.path)"
                + " (\(String(cString: strerror(errno)))). Make room there, or set TMPDIR to a "
                + "folder with room; what an earlier run stored is untouched.")
    }
}
