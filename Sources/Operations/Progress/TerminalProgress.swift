internal import Foundation
internal import Synchronization

/// Writes progress to standard error: a line that is redrawn on a terminal, plain lines elsewhere.
///
/// Of several stages at once, such as the two sides that are read, a terminal shows all.
public final class TerminalProgress: ProgressDisplay {
    private struct Running {
        let stage: ProgressStage
        let begun: ContinuousClock.Instant
        var shown: ContinuousClock.Instant
        var text: String
    }

    /// The columns of the terminal; `nil` where there is none, such as in a log.
    private let width: Int?
    private let output: @Sendable (String) -> Void
    private let clock = ContinuousClock()
    /// In the order in which they began.
    private let stages = Mutex<[Running]>([])

    /// Makes a teller for standard error.
    public convenience init() {
        self.init(width: isatty(STDERR_FILENO) == 1 ? Self.terminalWidth : nil) { text in
            // A log on a full disk, or a terminal that was closed, must not end the work.
            try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
        }
    }

    init(width: Int?, output: @escaping @Sendable (String) -> Void) {
        self.width = width
        self.output = output
    }

    /// Notes the beginning; a log gets a line.
    public func begin(_ stage: ProgressStage) {
        let now = clock.now
        stages.withLock { stages in
            stages.append(Running(stage: stage, begun: now, shown: now, text: stage.title))
            if width == nil { output("begin  \(stage.title)\n") } else { draw(stages) }
        }
    }

    /// Redraws at most ten times a second on a terminal; a log gets a line every ten seconds.
    public func advance(_ stage: ProgressStage, done: Int, total: Int?) {
        let now = clock.now
        let interval: Duration = width == nil ? .seconds(10) : .milliseconds(100)
        let share = total.map { $0 > 0 ? " of \($0) (\(min(100, done * 100 / $0)) %)" : "" } ?? ""
        stages.withLock { stages in
            guard let place = stages.firstIndex(where: { $0.stage == stage }),
                now - stages[place].shown >= interval
            else { return }
            stages[place].shown = now
            stages[place].text = "\(stage.title): \(done)\(share)"
            if width == nil { output("        \(stages[place].text)\n") } else { draw(stages) }
        }
    }

    /// Redraws on a terminal; a log gets no line.
    public func note(_ stage: ProgressStage, _ part: String) {
        guard width != nil else { return }
        stages.withLock { stages in
            guard let place = stages.firstIndex(where: { $0.stage == stage }) else { return }
            stages[place].text = "\(stage.title): \(part)"
            draw(stages)
        }
    }

    /// Writes the result with the time that the stage took.
    public func end(_ stage: ProgressStage, result: String) {
        let now = clock.now
        stages.withLock { stages in
            let place = stages.firstIndex { $0.stage == stage }
            let begun = place.map { stages.remove(at: $0).begun } ?? now
            let seconds = (now - begun) / .seconds(1)
            let time = String(format: "%.1f s", seconds)
            let mark = width == nil ? "done  " : "✓"
            line("\(mark) \(stage.title): \(result) (\(time))", over: stages)
        }
    }

    /// Writes a warning on a line of its own.
    public func warn(_ message: String) { inform("warning: \(message)") }

    /// Writes a line of its own.
    public func inform(_ message: String) { stages.withLock { line(message, over: $0) } }

    /// Writes a line above what is drawn.
    private func line(_ text: String, over stages: [Running]) {
        guard width != nil else { return output(text + "\n") }
        output(Self.cleared + text + "\n")
        draw(stages)
    }

    /// Draws the stages that run, on the one line that is drawn again: a longer text would wrap and
    /// stay.
    private func draw(_ stages: [Running]) {
        guard let width, !stages.isEmpty else { return }
        let text = "… " + stages.map(\.text).joined(separator: " · ")
        let shown: String =
            text.count < width ? text : text.prefix(max(0, width - 2)) + "…"
        output(Self.cleared + shown)
    }

    private static let cleared = "\r\u{1B}[2K"

    private static var terminalWidth: Int {
        var size = winsize()
        let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return isKnown ? Int(size.ws_col) : 80
    }
}
