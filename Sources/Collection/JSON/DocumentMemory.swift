internal import Synchronization

/// Memory of one owner, who gives it back to ``DocumentMemory``.
struct MemoryBlock {
    let start: UnsafeMutableRawPointer
    let count: Int
}

/// Blocks of memory for documents, which are given on from one to the next.
///
/// A portion of a reading makes a few documents of some megabytes and drops them; the allocator gave
/// such blocks back to the system each time, and to touch them anew was a sixth of the processor time.
enum DocumentMemory {
    /// Smaller blocks are left to the allocator.
    private static let shortestKept = 65_536
    /// Longer ones are rare, and would be kept for nothing.
    private static let longestKept = 16 * 1_048_576
    /// How much is kept for the next document at most.
    private static let keptByteCount = 32 * 1_048_576

    /// What was given back, and is nobody's: hence `@unchecked Sendable`.
    private struct Kept: @unchecked Sendable {
        var blocks: [MemoryBlock] = []
        var byteCount = 0
    }

    private static let kept = Mutex(Kept())

    /// A block of a length at least, not initialised.
    static func take(_ byteCount: Int) -> MemoryBlock {
        guard byteCount >= shortestKept, byteCount <= longestKept else {
            return allocate(byteCount)
        }
        let found = kept.withLock { kept in
            // The shortest that is long enough, and not so long that a small document holds it.
            let fitting = kept.blocks.indices.filter {
                kept.blocks[$0].count >= byteCount && kept.blocks[$0].count / 4 <= byteCount
            }
            guard let place = fitting.min(by: { kept.blocks[$0].count < kept.blocks[$1].count })
            else { return Kept() }
            let block = kept.blocks.remove(at: place)
            kept.byteCount -= block.count
            return Kept(blocks: [block])
        }
        return found.blocks.first ?? allocate(byteCount)
    }

    /// Takes a block back.
    static func give(_ block: MemoryBlock) {
        let given = Kept(blocks: [block], byteCount: block.count)
        let isKept =
            block.count >= shortestKept && block.count <= longestKept
            && kept.withLock { kept in
                guard kept.byteCount + given.byteCount <= keptByteCount else { return false }
                kept.byteCount += given.byteCount
                kept.blocks += given.blocks
                return true
            }
        if !isKept { block.start.deallocate() }
    }

    private static func allocate(_ byteCount: Int) -> MemoryBlock {
        MemoryBlock(start: .allocate(byteCount: byteCount, alignment: 16), count: byteCount)
    }
}

/// The text of a document while it grows; whoever holds it takes its memory or gives it back.
struct DocumentText {
    private(set) var count = 0
    private var block: MemoryBlock

    init(capacity: Int) { block = DocumentMemory.take(max(64, capacity)) }

    /// Gives the memory back, in place of whoever else owns it.
    func deallocate() { DocumentMemory.give(block) }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        if count == block.count { grow(to: count + 1) }
        block.start.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count += 1
    }

    @inline(__always)
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        if count + bytes.count > block.count { grow(to: count + bytes.count) }
        if let source = bytes.baseAddress {
            (block.start + count).copyMemory(from: source, byteCount: bytes.count)
        }
        count += bytes.count
    }

    mutating func removeLast() { count -= 1 }

    /// The memory for a new owner, with eight bytes behind the text that may be read; the text is
    /// empty then.
    mutating func take() -> MemoryBlock {
        for _ in 0..<8 { append(0) }
        let taken = block
        self = DocumentText(capacity: 0)
        return taken
    }

    @inline(never)
    private mutating func grow(to needed: Int) {
        let larger = DocumentMemory.take(max(needed, block.count * 2))
        larger.start.copyMemory(from: block.start, byteCount: count)
        DocumentMemory.give(block)
        block = larger
    }
}
