internal import Synchronization

/// Says to a blocking call that its task was cancelled.
final class CancellationFlag: Sendable {
    private let flag = Atomic(false)

    /// Whether it was.
    var isSet: Bool { flag.load(ordering: .relaxed) }

    /// Says so.
    func set() { flag.store(true, ordering: .relaxed) }
}
