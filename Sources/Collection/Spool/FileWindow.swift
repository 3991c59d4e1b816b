internal import Foundation

/// A piece of a file that is held in memory, since what is read next often stands behind what was
/// read last: a related list and the list of its owners come in nearly the same order.
///
/// What stands elsewhere is read by itself, so that rows in no order cost no more than their bytes.
struct FileWindow {
    /// How much is read ahead.
    private static let length = 32_768

    private var bytes: [UInt8] = []
    /// Where in the file the bytes stand.
    private var start: UInt64 = 0
    private var count = 0

    /// Appends bytes of a file.
    ///
    /// - Parameters:
    ///   - offset: Where they begin.
    ///   - length: How many they are.
    ///   - file: The file; always the same one, of which what was written does not change.
    ///   - target: Takes the bytes.
    /// - Returns: Whether they could be read.
    mutating func read(
        _ offset: UInt64, _ length: Int, of file: Int32, into target: inout [UInt8]
    ) -> Bool {
        let end = start + UInt64(count)
        if offset < start || offset + UInt64(length) > end {
            let isNear = offset >= start && offset < end + UInt64(Self.length)
            fill(from: offset, isNear ? max(length, Self.length) : length, of: file)
        }
        guard offset + UInt64(length) <= start + UInt64(count) else { return false }
        let first = Int(offset - start)
        bytes.withUnsafeBufferPointer { held in
            target.append(contentsOf: held[first..<first + length])
        }
        return true
    }

    /// Reads as much as there is of a piece.
    private mutating func fill(from offset: UInt64, _ wanted: Int, of file: Int32) {
        if bytes.count < wanted { bytes = [UInt8](repeating: 0, count: wanted) }
        (start, count) = (offset, 0)
        while count < wanted {
            let done = count
            let read = bytes.withUnsafeMutableBytes { held in
                pread(
                    file, held.baseAddress.map { $0 + done }, wanted - done,
                    off_t(offset) + off_t(done))
            }
            guard read > 0 else { return }
            count += read
        }
    }
}
