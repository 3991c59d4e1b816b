import Dispatch
import Synchronization

extension Parallel {
    /// Does two different works side by side; in order where there is one thread only.
    ///
    /// The second is offered to a free thread, and done by the caller where none came meanwhile. So it
    /// helps within ``map(count:chunk:threads:_:)`` too, where a lane may have ended before others:
    /// `concurrentPerform` within itself gets no other thread where there are no more cores than lanes.
    ///
    /// - Parameters:
    ///   - threads: How many threads may work.
    ///   - first: What the caller does.
    ///   - second: What another thread may do.
    /// - Returns: The results of both.
    static func both<First, Second: Sendable>(
        threads: Int, _ first: () -> First, _ second: @escaping @Sendable () -> Second
    ) -> (First, Second) {
        guard threads > 1 else { return (first(), second()) }
        let offer = Offer(second)
        DispatchQueue.global().async { offer.take() }
        let own = first()
        return (own, offer.result())
    }
}

/// Work that is done once, by who comes first.
///
/// Sendable because the work is handed out under a lock, and what came of it is written before the
/// signal and read after it.
private final class Offer<Result: Sendable>: @unchecked Sendable {
    private let work: Mutex<(@Sendable () -> Result)?>
    private let done = DispatchSemaphore(value: 0)
    private var found: Result?

    init(_ work: @escaping @Sendable () -> Result) { self.work = Mutex(work) }

    /// Does the work, unless somebody does it.
    func take() {
        // Taken out, so that what it holds is not held until a thread looks at the offer in vain.
        guard let work = work.withLock({ $0.take() }) else { return }
        found = work()
        done.signal()
    }

    /// What came of the work, which is done here where nobody has begun it.
    func result() -> Result {
        take()
        done.wait()
        guard let found else { preconditionFailure("work that has ended has a result") }
        return found
    }
}
