internal import Foundation
internal import Glibc

/// Stops a cluster and removes its folder when this process is gone.
///
/// A shell waits for the end of a pipe whose other end only this process holds, so that a test run
/// that is killed leaves nothing behind either.
enum Watchdog {
    /// Watches over a cluster's folder.
    static func watch(_ folder: URL) throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw POSIXError(.EMFILE) }
        _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
        let script = """
            trap '' INT TERM HUP
            read -r line
            pid=$(head -n 1 "$0/data/postmaster.pid" 2>/dev/null)
            if [ -n "$pid" ]; then
                kill -QUIT "$pid" 2>/dev/null
                for turn in 1 2 3 4 5 6 7 8 9 10; do
                    kill -0 "$pid" 2>/dev/null || break
                    sleep 0.3
                done
            fi
            rm -rf "$0"
            """
        let watchdog = Process()
        watchdog.executableURL = URL(filePath: "/bin/sh")
        watchdog.arguments = ["-c", script, folder.path]
        watchdog.standardInput = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true)
        watchdog.standardOutput = FileHandle.nullDevice
        watchdog.standardError = FileHandle.nullDevice
        try watchdog.run()
    }
}
