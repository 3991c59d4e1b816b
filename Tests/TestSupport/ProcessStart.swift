internal import Foundation
internal import Synchronization

extension Process {
    private static let starting = Mutex(())

    /// Starts it while no other test starts one: two starts at once have crashed inside Foundation.
    func start() throws { try Self.starting.withLock { _ in try run() } }
}
