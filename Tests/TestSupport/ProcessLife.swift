internal import Foundation
internal import Synchronization

extension Process {
    private static let starting = Mutex(())

    /// Starts it while no other test starts one: two starts at once have crashed inside Foundation.
    func start() throws { try Self.starting.withLock { _ in try run() } }
}

extension Process {
    /// Waits until it has ended.
    ///
    /// `waitUntilExit()` turns a run loop, and has been seen to wait for ever for a process that had
    /// ended before.
    func waitForEnd() {
        while isRunning { Thread.sleep(forTimeInterval: 0.001) }
    }
}
