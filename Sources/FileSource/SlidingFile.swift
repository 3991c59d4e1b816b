internal import Foundation

/// A file that is open, for reading it from anywhere.
///
/// Not mapped: a program that cuts it short meanwhile would end this one.
final class OpenFile: Sendable {
    private let handle: FileHandle
    private let name: String
    /// How many bytes it had when it was opened.
    let size: Int

    /// Opens a file.
    ///
    /// - Returns: `nil` for one that is not there or may not be read, and for what has no bytes to go back
    ///   to: a pipe, a device.
    init?(_ url: URL) {
        guard let handle = try? FileHandle(forReadingFrom: url) else { return nil }
        var facts = stat()
        guard fstat(handle.fileDescriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            return nil
        }
        (self.handle, name, size) = (handle, url.lastPathComponent, Int(facts.st_size))
    }

    /// Reads bytes from a place on, as many as there are room for.
    ///
    /// - Returns: How many there were; fewer than asked for at the end of the file only.
    /// - Throws: ``FileError`` when they cannot be read.
    func read(
        from offset: Int, into target: UnsafeMutableBufferPointer<UInt8>
    ) throws(FileError) -> Int {
        var count = 0
        while count < target.count {
            let taken = pread(
                handle.fileDescriptor, target.baseAddress.map { $0 + count }, target.count - count,
                off_t(offset + count))
            if taken < 0, errno == EINTR { continue }
            guard taken >= 0 else {
                throw FileError(
                    file: name, message: "reading failed: \(String(cString: strerror(errno)))")
            }
            if taken == 0 { break }
            count += taken
        }
        return count
    }
}

/// The bytes of a file from a place on, some of them in memory: those that are done with make room for the
/// next ones.
struct SlidingFile: ~Copyable {
    private let file: OpenFile
    private var memory: UnsafeMutableBufferPointer<UInt8>
    private var count = 0
    /// Where in the file the first byte in memory stands.
    private(set) var offset: Int
    /// Whether the last byte of the file is in memory.
    private(set) var isAtEnd = false

    /// Fewer bytes than this are not looked at before there are more.
    static let leastAhead = 64 * 1024

    init(_ file: OpenFile, from offset: Int, byteCount: Int = 1 << 20) {
        (self.file, self.offset) = (file, offset)
        memory = .allocate(capacity: byteCount)
    }

    deinit { memory.deallocate() }

    /// The bytes in memory.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: memory[..<count]) }

    /// Reads on.
    ///
    /// - Parameter place: Bytes before it are done with; where there are none, more are kept in memory.
    /// - Throws: ``FileError``.
    mutating func advance(to place: Int) throws(FileError) {
        let rest = count - place
        if place > 0 {
            memory.baseAddress.unsafelyUnwrapped.update(
                from: memory.baseAddress.unsafelyUnwrapped + place, count: rest)
        } else if count == memory.count {
            let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 2 * memory.count)
            _ = larger.initialize(from: memory[..<count])
            memory.deallocate()
            memory = larger
        }
        offset += place
        let room = UnsafeMutableBufferPointer(rebasing: memory[rest...])
        let taken = try file.read(from: offset + rest, into: room)
        count = rest + taken
        isAtEnd = taken < room.count
    }
}
