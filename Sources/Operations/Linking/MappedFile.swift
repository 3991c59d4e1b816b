internal import Foundation

/// A file as memory: pages that are not asked for cost nothing.
///
/// For files that are replaced by renaming only: one that is cut short while it is mapped ends the
/// program.
final class MappedFile: @unchecked Sendable {
    // Sendable because the bytes are only read.
    let bytes: UnsafeRawBufferPointer

    /// - Returns: `nil` when there is no such file, it is empty, or cannot be mapped.
    init?(_ url: URL) {
        guard let handle = try? FileHandle(forReadingFrom: url) else { return nil }
        var facts = stat()
        guard fstat(handle.fileDescriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG,
            facts.st_size > 0
        else { return nil }
        let count = Int(facts.st_size)
        // All pages are looked at for their checksums: mapped at once they cost least.
        let base = mmap(
            nil, count, PROT_READ, MAP_PRIVATE | MAP_POPULATE, handle.fileDescriptor, 0)
        guard let base, base != MAP_FAILED else { return nil }
        bytes = UnsafeRawBufferPointer(start: base, count: count)
    }

    deinit {
        munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    }
}
