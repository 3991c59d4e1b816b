internal import Glibc
internal import Subprocess

/// Runs one of PostgreSQL's programs to its end.
struct ChildProcess {
    /// As whom; `nil` is the user of this process.
    var user: ServerUser?

    struct Outcome {
        var succeeded: Bool
        /// Standard output and error, together.
        var output: String
    }

    /// Runs a program.
    ///
    /// The child starts with a small environment of its own, so that no `PG…` variable of ours
    /// changes what it does, in a folder that everybody can enter, and without our descriptors.
    func run(_ program: String, _ arguments: [String]) async throws -> Outcome {
        var platform = PlatformOptions()
        // The user is changed by a program, not in the forked child: glibc's setuid waits there for
        // threads that only the parent has, and now and then for ever.
        var command = [program] + arguments
        if let user, user.isOther {
            command =
                [
                    "setpriv", "--reuid=\(user.identifier)", "--regid=\(user.group)",
                    "--init-groups", "--",
                ] + command
        }
        // Ctrl-C in the terminal is for this process; it decides what becomes of the server.
        platform.createSession = true
        let result = try await Subprocess.run(
            .name("sh"),
            arguments: Arguments(["-c", "cd / && exec \"$@\"", "sh"] + command),
            environment: environment, platformOptions: platform,
            output: .string(limit: 256 * 1024), error: .combinedWithOutput)
        return Outcome(
            succeeded: result.terminationStatus.isSuccess, output: result.standardOutput)
    }

    private var environment: Environment {
        var variables: [Environment.Key: String] = [
            "PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC",
        ]
        for name in ["PATH", "LD_LIBRARY_PATH"] {
            if let value = getenv(name) {
                variables[Environment.Key(stringLiteral: name)] = String(cString: value)
            }
        }
        return .custom(variables)
    }
}
