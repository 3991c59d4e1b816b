import Dispatch
import Synchronization

/// Work cut into chunks whose borders do not depend on the number of threads, so that results
/// joined in the order of the chunks are the same on every machine.
enum Parallel {
    /// Cuts `0..<count` into chunks, works on them on up to `threads` threads, and returns the
    /// results in the order of the chunks.
    static func map<Result: Sendable>(
        count: Int, chunk size: Int, threads: Int, _ work: @Sendable (Range<Int>) -> Result
    ) -> [Result] {
        let chunks = (count + size - 1) / size
        guard chunks > 0 else { return [] }
        @Sendable func range(_ chunk: Int) -> Range<Int> {
            chunk * size..<min(count, (chunk + 1) * size)
        }
        guard threads > 1, chunks > 1 else { return (0..<chunks).map { work(range($0)) } }
        let lanes = min(threads, chunks)
        let results = ChunkResults<Result>(count: chunks)
        let next = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: lanes) { _ in
            // Whoever is free takes the next chunk, so that no lane waits for a slower one.
            while true {
                let chunk = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard chunk < chunks else { break }
                results.set(chunk, work(range(chunk)))
            }
        }
        return results.take()
    }
}

/// One place for the result of each chunk.
///
/// Sendable because each place is written by one thread only and read after all have ended.
private final class ChunkResults<Result: Sendable>: @unchecked Sendable {
    private let places: UnsafeMutableBufferPointer<Result?>

    init(count: Int) {
        places = .allocate(capacity: count)
        places.initialize(repeating: nil)
    }

    deinit {
        places.deinitialize()
        places.deallocate()
    }

    func set(_ index: Int, _ result: Result) { places[index] = result }

    func take() -> [Result] { places.compactMap { $0 } }
}
