import Dispatch
import Foundation
import Synchronization

/// Turns the signals that end a program into a cancellation, so that work in hand is put away
/// properly; a second signal ends the program at once, as the first does where nothing is in hand.
final class Signals {
    /// What SIGHUP does, for a command that goes on after it; ended by it otherwise.
    static var reload: (@Sendable () -> Void)? {
        get { reloading.withLock { $0 } }
        set { reloading.withLock { $0 = newValue } }
    }
    private static let reloading = Mutex<(@Sendable () -> Void)?>(nil)

    /// Whether the first signal ends the program at once: while it only reads and reckons, so that
    /// nothing can be left half done.
    static var endsAtOnce: Bool {
        get { endingAtOnce.withLock { $0 } }
        set { endingAtOnce.withLock { $0 = newValue } }
    }
    private static let endingAtOnce = Mutex(false)

    private var sources: [any DispatchSourceSignal] = []

    /// Calls `cancel` at the first SIGINT, SIGTERM, or SIGHUP that does not reload.
    init(cancel: @escaping @Sendable () -> Void) {
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                if number == SIGHUP, let reload = Self.reload { return reload() }
                if Self.endsAtOnce { Exit.now(for: CancellationError()) }
                signal(number, SIG_DFL)
                cancel()
            }
            source.resume()
            sources.append(source)
        }
        // A reader that goes away (`sverka findings | head`) ends the program quietly.
        signal(SIGPIPE, SIG_DFL)
    }

    /// Stops listening.
    func ignore() { for source in sources { source.cancel() } }
}
