import Foundation

/// Ends the program when what was told to end does not: a database that answers nothing any more, a
/// mail server in the middle of a mail.
enum StopDeadline {
    /// Begins to count.
    ///
    /// - Parameter limit: How long is waited.
    static func begin(_ limit: Duration) {
        let seconds = Double(limit.components.seconds)
        // A thread of its own: those of the pool may be what hangs.
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: seconds)
            StandardError.say(
                "what was running did not end within \(Int(seconds)) seconds and was left as it is; "
                    + "nothing that was stored is lost, and the next start goes on with it "
                    + "('serve: {stop_within: …}')")
            // Without what usually comes at the end, which would wait for the same.
            _exit(1)
        }
    }
}
