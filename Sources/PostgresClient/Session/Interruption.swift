internal import Glibc

/// Wakes a connection's thread out of `poll` from another thread.
///
/// A pipe rather than `PQcancel` from the cancelling thread: that one would race with the end of the
/// statement and could hit the next one.
final class Interruption: Sendable {
    /// Becomes readable when interrupted.
    let readEnd: Int32
    private let writeEnd: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            let reason = String(cString: strerror(errno))
            throw PostgresError(.resourceExhausted, message: "no pipe can be opened: \(reason)")
        }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        (readEnd, writeEnd) = (ends[0], ends[1])
    }

    deinit {
        close(readEnd)
        close(writeEnd)
    }

    /// Wakes the thread; safe from every thread.
    func signal() {
        var byte: UInt8 = 1
        _ = write(writeEnd, &byte, 1)
    }

    /// Forgets what was signalled before.
    func reset() {
        var bytes: [UInt8] = Array(repeating: 0, count: 16)
        while read(readEnd, &bytes, bytes.count) > 0 {}
    }
}
