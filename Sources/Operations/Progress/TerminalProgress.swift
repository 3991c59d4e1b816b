internal import Foundation
internal import Synchronization

/// Writes progress to standard error: a line that is redrawn on a terminal, plain lines elsewhere.
public final class TerminalProgress: ProgressDisplay {
    private struct Stage {
        var begun: ContinuousClock.Instant
        var shown: ContinuousClock.Instant
    }

    private let isTerminal: Bool
    private let clock = ContinuousClock()
    private let stages = Mutex<[ProgressStage: Stage]>([:])

    /// Makes a teller for standard error.
    public init() { isTerminal = isatty(STDERR_FILENO) == 1 }

    /// Notes the beginning; a log gets a line.
    public func begin(_ stage: ProgressStage) {
        let now = clock.now
        stages.withLock { $0[stage] = Stage(begun: now, shown: now) }
        if isTerminal { draw("… \(stage.title)") } else { line("begin  \(stage.title)") }
    }

    /// Redraws at most ten times a second on a terminal; a log gets a line every ten seconds.
    public func advance(_ stage: ProgressStage, done: Int, total: Int?) {
        let now = clock.now
        let interval: Duration = isTerminal ? .milliseconds(100) : .seconds(10)
        let isDue = stages.withLock { stages in
            guard let last = stages[stage]?.shown, now - last >= interval else { return false }
            stages[stage]?.shown = now
            return true
        }
        guard isDue else { return }
        let share = total.map { $0 > 0 ? " of \($0) (\(min(100, done * 100 / $0)) %)" : "" } ?? ""
        if isTerminal {
            draw("… \(stage.title): \(done)\(share)")
        } else {
            line("        \(stage.title): \(done)\(share)")
        }
    }

    /// Redraws on a terminal; a log gets no line.
    public func note(_ stage: ProgressStage, _ part: String) {
        if isTerminal { draw("… \(stage.title): \(part)") }
    }

    /// Writes the result with the time that the stage took.
    public func end(_ stage: ProgressStage, result: String) {
        let now = clock.now
        let begun = stages.withLock { $0.removeValue(forKey: stage)?.begun ?? now }
        let seconds =
            Double((now - begun).components.seconds)
            + Double((now - begun).components.attoseconds) / 1e18
        let time = String(format: "%.1f s", seconds)
        if isTerminal { draw("") }
        line("\(isTerminal ? "✓" : "done  ") \(stage.title): \(result) (\(time))")
    }

    /// Writes a warning on a line of its own.
    public func warn(_ message: String) {
        if isTerminal { draw("") }
        line("warning: \(message)")
    }

    /// Writes a line of its own.
    public func inform(_ message: String) {
        if isTerminal { draw("") }
        line(message)
    }

    private func draw(_ text: String) { write("\r\u{1B}[2K" + text) }
    private func line(_ text: String) { write(text + "\n") }

    /// A log on a full disk, or a terminal that was closed, must not end the work.
    private func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
