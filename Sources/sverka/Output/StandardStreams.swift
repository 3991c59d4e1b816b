import Foundation
import Operations

/// Writes to standard output; what does not get through is an error, not an end by a signal.
enum StandardOutput {
    /// Writes bytes after everything that was printed before.
    static func write(_ data: Data) throws {
        try finish()
        do {
            try FileHandle.standardOutput.write(contentsOf: data)
        } catch {
            throw OutputError(place: "standard output", cause: error)
        }
    }

    /// Writes out what was printed; to be called before a command may say that it succeeded.
    static func finish() throws {
        // Printing itself tells of nothing; the stream remembers.
        let isBroken = fflush(nil) != 0
        guard isBroken else { return }
        throw OutputError(place: "standard output", cause: POSIXError.last)
    }
}

/// Writes to standard error, where there is nobody to tell when it fails.
enum StandardError {
    /// Writes a line.
    static func say(_ line: String) {
        try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }
}

/// A result that could not be written.
struct OutputError: ExplainedFailure {
    let explanation: String
    let exitCode: Int32 = 1

    init(place: String, cause: any Error) {
        let reason = SystemReason.text(of: cause) ?? cause.localizedDescription
        explanation =
            "the result could not be written to \(place): \(reason). Nothing else was changed; "
            + "make room or name another place, and start again."
    }
}

extension POSIXError {
    /// The error of the last system call.
    static var last: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
