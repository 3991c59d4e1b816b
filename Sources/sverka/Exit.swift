import ArgumentParser
import Foundation
import Operations

/// Turns an error into a message on standard error and the exit code of the documentation.
enum Exit {
    static func now(for error: any Error) -> Never {
        if let outcome = error as? JobOutcome { exit(outcome.exitCode) }
        // A command that has said all that there is to say.
        if let code = error as? ExitCode { exit(code.rawValue) }
        if error is CancellationError {
            write("interrupted; what was finished is kept, the next run goes on from there")
            exit(1)
        }
        if let failure = error as? any ExplainedFailure {
            write("error: \(failure.explanation)")
            exit(failure.exitCode)
        }
        switch Sverka.exitCode(for: error) {
        case .success:  // --help and --version arrive here
            print(Sverka.fullMessage(for: error))
            exit(0)
        case .validationFailure:
            write(Sverka.fullMessage(for: error))
            exit(2)
        default:
            write("error: \(error)")
            exit(1)
        }
    }

    private static func write(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }
}
