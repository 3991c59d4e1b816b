import Dispatch
import Foundation

/// Turns the signals that end a program into a cancellation, so that work in hand is put away
/// properly; a second signal ends the program at once.
final class Signals {
    private var sources: [any DispatchSourceSignal] = []

    /// Calls `cancel` at the first SIGINT, SIGTERM or SIGHUP.
    init(cancel: @escaping @Sendable () -> Void) {
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
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
