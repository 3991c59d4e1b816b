extension Parallel {
    /// Fills an array chunk by chunk, each thread writing its own places without copies.
    ///
    /// - Parameters:
    ///   - count: How many items there are.
    ///   - width: How many elements an item has.
    ///   - size: How many items a chunk has.
    ///   - threads: How many threads may work.
    ///   - fill: Takes the items of a chunk and the place of the first element; initialises all of
    ///     their elements.
    /// - Returns: The elements in order.
    static func array<Element: Sendable>(
        count: Int, width: Int = 1, chunk size: Int, threads: Int,
        _ fill: @Sendable (Range<Int>, UnsafeMutablePointer<Element>) -> Void
    ) -> [Element] {
        [Element](unsafeUninitializedCapacity: count * width) { buffer, filled in
            filled = count * width
            guard let base = buffer.baseAddress, filled > 0 else { return }
            let places = Places(base: base)
            _ = map(count: count, chunk: size, threads: threads) { range in
                fill(range, places.base + range.lowerBound * width)
            }
        }
    }

    /// Fills an array part by part, each thread writing its own places without copies.
    ///
    /// - Parameters:
    ///   - counts: How many elements each part has.
    ///   - threads: How many threads may work.
    ///   - fill: Takes the number of a part and the place of its first element; initialises all of
    ///     its elements.
    /// - Returns: The elements in order.
    static func array<Element: Sendable>(
        ofParts counts: [Int], threads: Int,
        _ fill: @Sendable (Int, UnsafeMutablePointer<Element>) -> Void
    ) -> [Element] {
        var (starts, count) = ([Int](), 0)
        for own in counts {
            starts.append(count)
            count += own
        }
        return [Element](unsafeUninitializedCapacity: count) { [starts, count] buffer, filled in
            filled = count
            guard let base = buffer.baseAddress, count > 0 else { return }
            let places = Places(base: base)
            _ = map(count: counts.count, chunk: 1, threads: threads) { range in
                fill(range.lowerBound, places.base + starts[range.lowerBound])
            }
        }
    }

    /// Several arrays as one, copied by several threads.
    static func joined<Element: Sendable & BitwiseCopyable>(
        _ parts: [[Element]], threads: Int
    ) -> [Element] {
        array(ofParts: parts.map(\.count), threads: threads) { part, places in
            copy(parts[part][...], to: places)
        }
    }

    /// Initialises places by the elements of a slice.
    static func copy<Element: BitwiseCopyable>(
        _ elements: ArraySlice<Element>, to places: UnsafeMutablePointer<Element>
    ) {
        elements.withUnsafeBufferPointer { elements in
            guard let source = elements.baseAddress else { return }
            places.initialize(from: source, count: elements.count)
        }
    }

    /// Sendable because chunks write to places apart.
    private struct Places<Element>: @unchecked Sendable {
        let base: UnsafeMutablePointer<Element>
    }
}

extension Parallel {
    /// Builds something in chunks that are then joined in their order; on one thread in one go,
    /// which gives the same and saves the joining.
    ///
    /// - Parameters:
    ///   - count: How many items there are.
    ///   - size: How many items a chunk has.
    ///   - threads: How many threads may work.
    ///   - empty: What nothing was added to.
    ///   - add: Adds the items of a chunk.
    ///   - append: Appends what was built of the next chunk.
    /// - Returns: What was built of all.
    static func joined<Builder: Sendable>(
        count: Int, chunk size: Int, threads: Int, _ empty: Builder,
        _ add: @Sendable (inout Builder, Range<Int>) -> Void,
        append: (inout Builder, Builder) -> Void
    ) -> Builder {
        var builder = empty
        guard threads > 1, count > size else {
            add(&builder, 0..<count)
            return builder
        }
        let chunks = map(count: count, chunk: size, threads: threads) { range in
            var part = empty
            add(&part, range)
            return part
        }
        for chunk in chunks { append(&builder, chunk) }
        return builder
    }
}
