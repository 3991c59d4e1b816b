/// An array that never changes again, read in hot loops without reference counting.
///
/// Threads that read one array would otherwise contend for its counter; here an access is a load
/// through a plain pointer. The memory lives as long as any copy of this value.
struct Frozen<Element>: @unchecked Sendable {
    // Sendable because the memory is written once, before the value exists, and then only read;
    // elements are plain values.
    let base: UnsafePointer<Element>
    let count: Int
    let owner: AnyObject

    private final class Owner {
        let memory: UnsafeMutableBufferPointer<Element>

        init(_ parts: [[Element]]) {
            memory = .allocate(capacity: max(1, parts.reduce(0) { $0 + $1.count }))
            var place = 0
            for part in parts {
                place = memory[place...].initialize(fromContentsOf: part)
            }
        }

        deinit { memory.deallocate() }
    }

    init(_ elements: [Element]) where Element: BitwiseCopyable { self.init(joining: [elements]) }

    /// The elements of several arrays, one after another.
    init(joining parts: [[Element]]) where Element: BitwiseCopyable {
        let owner = Owner(parts)
        base = UnsafePointer(owner.memory.baseAddress.unsafelyUnwrapped)
        count = parts.reduce(0) { $0 + $1.count }
        self.owner = owner
    }

    /// Elements in memory that something else owns, such as a mapped file.
    ///
    /// - Parameters:
    ///   - elements: Aligned; must not change.
    ///   - owner: Keeps the memory as long as it lives.
    init(_ elements: UnsafeBufferPointer<Element>, owner: AnyObject)
    where Element: BitwiseCopyable {
        self.owner = owner
        base = elements.baseAddress ?? UnsafePointer(bitPattern: 16).unsafelyUnwrapped
        count = elements.count
    }

    @inline(__always)
    subscript(index: Int) -> Element {
        assert(index >= 0 && index < count)
        return base[index]
    }

    @inline(__always)
    subscript(range: Range<Int>) -> UnsafeBufferPointer<Element> {
        assert(range.lowerBound >= 0 && range.upperBound <= count)
        return UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
    }

    var all: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }
}

/// A table of texts that takes no more texts.
struct FrozenTable: Sendable {
    let hashes: Frozen<UInt64>
    private let codes: Frozen<UInt8>
    private let ends: Frozen<UInt32>

    init(_ table: TextTable) {
        (hashes, codes, ends) = table.frozen()
    }

    var count: Int { hashes.count }

    /// The letters of all texts, counted.
    func letterCounts(threads: Int) -> [LetterCounts] {
        Parallel.array(count: count, chunk: 16384, threads: threads) { range, counts in
            for number in range {
                (counts + (number - range.lowerBound)).initialize(
                    to: LetterCounts(self[UInt32(number)]))
            }
        }
    }

    /// The bytes of a text.
    @inline(__always)
    subscript(number: UInt32) -> UnsafeBufferPointer<UInt8> {
        codes[Int(ends[Int(number)])..<Int(ends[Int(number) + 1])]
    }

    /// How many bytes a text has.
    @inline(__always)
    func length(_ number: UInt32) -> Int {
        Int(ends[Int(number) + 1] - ends[Int(number)])
    }
}
