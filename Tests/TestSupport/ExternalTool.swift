public import Foundation

/// Programs that are not ours, against which ours is tested; a test without one is skipped.
public enum ExternalTool {
    /// What a program left behind when it ended.
    public struct Outcome: Sendable {
        /// The exit status.
        public var status: Int32
        /// What it wrote to its standard output.
        public var output: Data
    }

    /// The interpreter named by `SVERKA_TEST_PYTHON`, else `python3` of the path.
    public static let python: String? =
        ProcessInfo.processInfo.environment["SVERKA_TEST_PYTHON"] ?? path(of: "python3")

    /// Whether the interpreter has a module.
    public static func pythonHas(_ module: String) -> Bool {
        guard let python else { return false }
        return (try? run(python, ["-c", "import \(module)"]))?.status == 0
    }

    /// Where a program of the path is; `nil` when there is none.
    public static func path(of name: String) -> String? {
        let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return folders.split(separator: ":").map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Runs a program to its end, without input; its complaints are dropped.
    public static func run(
        _ program: String, _ arguments: [String], in folder: URL? = nil
    ) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.start()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitForEnd()
        return Outcome(status: process.terminationStatus, output: data)
    }

    /// Starts a program that goes on until it is killed, and waits until it has written something.
    ///
    /// - Returns: The number of its process.
    public static func start(_ program: String, _ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.start()
        _ = output.fileHandleForReading.availableData
        return process.processIdentifier
    }

    /// Runs a program to its end on a thread of its own.
    ///
    /// For programs that wait for servers of this process: on a thread of the pool they would keep it
    /// from answering, and two of them would hold all that a small machine has.
    public static func runAside(
        _ program: String, _ arguments: [String], in folder: URL? = nil
    ) async throws -> Outcome {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try run(program, arguments, in: folder) })
            }
        }
    }
}
