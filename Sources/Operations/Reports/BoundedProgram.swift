internal import Subprocess

/// Runs a program that may hang, and never for longer than a limit.
struct BoundedProgram {
    /// The program's name, looked for on the PATH.
    var name: String
    /// Its arguments.
    var arguments: [String]
    /// The time it has before it is asked to end.
    var limit = Duration.seconds(300)
    /// The time it has to end by itself once it was asked, before it is killed.
    var grace = Duration.seconds(10)

    /// Runs it to its end, without holding a thread of the pool; what it says is not kept.
    ///
    /// Once the limit is over, or the task is cancelled, it and what it started are asked to end, then
    /// killed; this returns when it is gone.
    ///
    /// - Returns: Its exit code, or 128 and the signal that ended it; `nil` when the limit was over.
    /// - Throws: `CancellationError`; `SubprocessError` when it cannot be started.
    func run() async throws -> Int32? {
        do {
            return try await withThrowingTaskGroup(of: Int32?.self) { group in
                group.addTask { try await ended() }
                group.addTask {
                    try await Task.sleep(for: limit)
                    return nil
                }
                defer { group.cancelAll() }
                return try await group.next() ?? nil
            }
        } catch {
            // Whatever was first to notice it.
            try Task.checkCancellation()
            throw error
        }
    }

    private func ended() async throws -> Int32 {
        var platform = PlatformOptions()
        // A session of its own, so that a launcher's children can be told to end with it.
        platform.createSession = true
        platform.teardownSequence = [
            .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: grace)
        ]
        let result = try await Subprocess.run(
            .name(name), arguments: Arguments(arguments), platformOptions: platform,
            output: .discarded, error: .discarded)
        return switch result.terminationStatus {
        case .exited(let code): code
        case .signaled(let signal): 128 + signal
        }
    }
}
