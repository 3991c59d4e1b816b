internal import Foundation

/// Asks a person questions, one line each.
public protocol Console {
    /// Asks and waits for a line.
    ///
    /// - Parameters:
    ///   - question: The question, without punctuation at the end.
    ///   - usual: What an empty answer means; `nil` when there is no such answer.
    ///   - isSecret: Whether what is typed must not be seen.
    /// - Returns: The answer, trimmed; `nil` when the input ended.
    func ask(_ question: String, usual: String?, isSecret: Bool) -> String?
    /// Tells something.
    func say(_ text: String)
}

/// The terminal, or lines piped into the program.
public struct StandardConsole: Console {
    /// Makes a console on standard input and output.
    public init() {}

    /// Prints the question and reads a line; secrets are read without echo on a terminal.
    public func ask(_ question: String, usual: String?, isSecret: Bool) -> String? {
        let shown = usual.flatMap { $0.isEmpty ? nil : " [\($0)]" } ?? ""
        FileHandle.standardOutput.write(Data("\(question)\(shown): ".utf8))
        let hides = isSecret && isatty(STDIN_FILENO) == 1
        var settings = termios()
        if hides {
            tcgetattr(STDIN_FILENO, &settings)
            var silent = settings
            silent.c_lflag &= ~tcflag_t(ECHO)
            tcsetattr(STDIN_FILENO, TCSANOW, &silent)
        }
        defer {
            if hides {
                tcsetattr(STDIN_FILENO, TCSANOW, &settings)
                print()
            }
        }
        guard let line = readLine() else { return nil }
        let answer = line.trimmingCharacters(in: .whitespaces)
        return answer.isEmpty ? usual ?? "" : answer
    }

    /// Prints a line.
    public func say(_ text: String) { print(text) }
}
