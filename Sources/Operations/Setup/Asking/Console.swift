internal import Foundation

/// Asks a person questions, one line each.
public protocol Console {
    /// Asks and waits for a line.
    ///
    /// - Parameters:
    ///   - question: The question, without punctuation at the end.
    ///   - usual: What an empty answer means; `nil` when there is no such answer.
    ///   - isSecret: Whether what is typed must not be seen.
    /// - Returns: The answer, trimmed; `nil` when the input ended or the task was cancelled.
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
        write("\(question)\(shown): ")
        let isTerminal = isatty(STDIN_FILENO) == 1
        var settings = termios()
        if isSecret, isTerminal {
            tcgetattr(STDIN_FILENO, &settings)
            var silent = settings
            silent.c_lflag &= ~tcflag_t(ECHO)
            tcsetattr(STDIN_FILENO, TCSANOW, &silent)
        }
        defer {
            if isSecret, isTerminal {
                tcsetattr(STDIN_FILENO, TCSANOW, &settings)
                say("")
            }
        }
        guard !isTerminal || Self.waitForLine() else {
            if !isSecret { say("") }
            return nil
        }
        guard let line = readLine() else { return nil }
        let answer = line.trimmingCharacters(in: .whitespaces)
        return answer.isEmpty ? usual ?? "" : answer
    }

    /// Prints a line, at once: what is asked next must stand below it also where output is kept back.
    public func say(_ text: String) {
        write(text + "\n")
    }

    private func write(_ text: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    }

    /// Waits for a line on the terminal, or until the task is cancelled: reading would go on waiting,
    /// with the echo off, for a line of a person who has pressed Ctrl-C.
    private static func waitForLine() -> Bool {
        var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        while !Task.isCancelled {
            if poll(&input, 1, 100) > 0 { return true }
        }
        return false
    }
}
