public import Foundation

/// The `sverka` that was built with the tests, run as a user runs it: as a process of its own.
public struct BuiltProgram: Sendable {
    /// What came of a run.
    public struct Outcome: Sendable {
        /// The exit code; for a process that was killed, the signal's number.
        public var exitCode: Int32
        /// What it wrote to standard output.
        public var output: String
        /// What it wrote to standard error.
        public var errors: String
    }

    /// The executable.
    public let executable: URL

    /// Finds the executable beside the test bundle.
    public init() {
        executable = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appending(path: "sverka")
    }

    /// Runs it to its end.
    ///
    /// - Parameters:
    ///   - arguments: The arguments.
    ///   - folder: The working folder.
    ///   - environment: Added to the test's own environment.
    ///   - input: Given on standard input.
    /// - Returns: What came of it.
    /// - Throws: What the system says when it cannot be started.
    public func run(
        _ arguments: [String], in folder: URL, environment: [String: String] = [:],
        input: String = ""
    ) async throws -> Outcome {
        let running = try start(arguments, in: folder, environment: environment, input: input)
        return await running.outcome()
    }

    /// Starts it and returns at once.
    public func start(
        _ arguments: [String], in folder: URL, environment: [String: String] = [:],
        input: String = ""
    ) throws -> RunningProgram {
        try RunningProgram(
            executable: executable, arguments: arguments, folder: folder,
            environment: environment, input: input)
    }
}

/// A process under way, with its output in files so that no pipe can fill up.
public final class RunningProgram: @unchecked Sendable {
    // Foundation's `Process` is not marked Sendable; it is only told to start here, and after that
    // only its thread-safe `processIdentifier` and `isRunning` are used.
    private let process = Process()
    private let folder: TemporaryFolder
    private let ended: AsyncStream<Void>

    init(
        executable: URL, arguments: [String], folder workingFolder: URL,
        environment: [String: String], input: String
    ) throws {
        folder = try TemporaryFolder()
        let output = try folder.write("", to: "output")
        let errors = try folder.write("", to: "errors")
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = workingFolder
        process.environment = ProcessInfo.processInfo.environment
            .merging(environment) { _, given in given }
        process.standardInput = try FileHandle(forReadingFrom: folder.write(input, to: "input"))
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        ended = stream
        process.terminationHandler = { process in
            ProcessWatch.ended(process.processIdentifier)
            continuation.finish()
        }
        try process.start()
        ProcessWatch.began(process.processIdentifier)
    }

    /// The process id.
    public var processID: Int32 { process.processIdentifier }

    /// Sends a signal; nothing happens once it has ended, as its number may be another's by then.
    public func send(_ signal: Int32) {
        guard process.isRunning else { return }
        kill(process.processIdentifier, signal)
    }

    /// Waits until it has written a text, to standard output or standard error.
    ///
    /// - Returns: Whether it did so before it ended.
    public func says(_ text: String) async throws -> Bool {
        while !(outputSoFar + errorsSoFar).contains(text) {
            guard process.isRunning else { return (outputSoFar + errorsSoFar).contains(text) }
            // Looks again; nothing depends on how long it takes.
            try await Task.sleep(for: .milliseconds(5))
        }
        return true
    }

    /// Kills it a moment after it has written so much to standard error.
    ///
    /// Watched by a thread of its own: a task of a busy pool may come only when it has ended.
    ///
    /// - Parameters:
    ///   - byteCount: How much it has written then, in bytes.
    ///   - pause: How long it goes on after that, in seconds.
    /// - Returns: Whether it was still running.
    public func end(onceTold byteCount: Int, after pause: Double) async -> Bool {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { [self] in
                while isRunning, errorsSoFar.utf8.count < byteCount {
                    Thread.sleep(forTimeInterval: 0.002)
                }
                Thread.sleep(forTimeInterval: pause)
                let wasRunning = isRunning
                send(SIGKILL)
                continuation.resume(returning: wasRunning)
            }
        }
    }

    /// What it wrote to standard output so far.
    public var outputSoFar: String { text(of: "output") }

    /// What it wrote to standard error so far.
    public var errorsSoFar: String { text(of: "errors") }

    /// Whether it has not ended yet.
    public var isRunning: Bool { process.isRunning }

    /// Waits for its end.
    public func outcome() async -> BuiltProgram.Outcome {
        for await _ in ended {}
        // The end is told a moment before the process says so itself.
        while process.isRunning { try? await Task.sleep(for: .milliseconds(1)) }
        return BuiltProgram.Outcome(
            exitCode: process.terminationStatus, output: text(of: "output"),
            errors: text(of: "errors"))
    }

    private func text(of name: String) -> String {
        let data = (try? Data(contentsOf: folder.url.appending(path: name))) ?? Data()
        return String(decoding: data, as: UTF8.self)
    }
}
