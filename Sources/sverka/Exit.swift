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
            StandardError.say(
                "interrupted; nothing is left half done, what a run had finished is kept")
            exit(1)
        }
        if let failure = error as? any ExplainedFailure {
            StandardError.say("error: \(failure.explanation)")
            exit(failure.exitCode)
        }
        switch Sverka.exitCode(for: error) {
        case .success:  // --help and --version arrive here
            print(Sverka.fullMessage(for: error))
            do { try StandardOutput.finish() } catch { now(for: error) }
            exit(0)
        case .validationFailure:
            StandardError.say(Sverka.fullMessage(for: error))
            exit(2)
        default:
            StandardError.say("error: \(SystemReason.sentence(of: error) ?? "\(error)")")
            exit(1)
        }
    }
}
