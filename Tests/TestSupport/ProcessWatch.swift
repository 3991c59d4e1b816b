internal import Foundation
internal import Synchronization

/// Ends the processes that tests started when the test run itself is gone, however that ended.
///
/// A shell waits for the end of a pipe whose other end only this process holds.
enum ProcessWatch {
    private static let pipe: Mutex<FileHandle?> = Mutex(start())

    /// A process was started.
    static func began(_ processID: Int32) { tell("+\(processID)") }

    /// A process has ended; its number may soon be another's.
    static func ended(_ processID: Int32) { tell("-\(processID)") }

    private static func tell(_ line: String) {
        pipe.withLock { try? $0?.write(contentsOf: Data((line + "\n").utf8)) }
    }

    private static func start() -> FileHandle? {
        let script = """
            trap '' INT TERM HUP
            alive=
            while read -r line; do
                case $line in
                    +*) alive="$alive ${line#+} " ;;
                    -*) alive=$(printf %s "$alive" | sed "s/ ${line#-} //") ;;
                esac
            done
            [ -z "$alive" ] || kill -TERM $alive
            """
        let pipe = Pipe()
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-c", script]
        shell.standardInput = pipe.fileHandleForReading
        shell.standardOutput = FileHandle.nullDevice
        shell.standardError = FileHandle.nullDevice
        guard (try? shell.run()) != nil else { return nil }
        _ = fcntl(pipe.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
        return pipe.fileHandleForWriting
    }
}
