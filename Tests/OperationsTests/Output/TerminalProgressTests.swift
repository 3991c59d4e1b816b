import Foundation
import Synchronization
import Testing

@testable import Operations

@Suite("Progress of long work")
struct TerminalProgressTests {
    private final class Screen: Sendable {
        private let written = Mutex("")
        var text: String { written.withLock { $0 } }
        func write(_ text: String) { written.withLock { $0 += text } }

        /// What stands on the line that is drawn again and again.
        var lastLine: String {
            text.components(separatedBy: "\r\u{1B}[2K").last ?? ""
        }
    }

    private let screen = Screen()
    private let left = ProgressStage("read 1c")
    private let right = ProgressStage("read bitrix24")

    private func progress(width: Int?) -> TerminalProgress {
        TerminalProgress(width: width) { [screen] in screen.write($0) }
    }

    @Test("a terminal shows both sides on one line while they are read, and keeps the results")
    func terminal() {
        let progress = progress(width: 80)
        progress.begin(left)
        progress.begin(right)
        progress.note(right, "page 7")
        #expect(screen.lastLine == "… read 1c · read bitrix24: page 7")

        progress.end(left, result: "120 records")
        #expect(screen.text.contains("\r\u{1B}[2K✓ read 1c: 120 records ("))
        #expect(screen.lastLine == "… read bitrix24: page 7")

        progress.warn("nearly full")
        #expect(screen.text.contains("\r\u{1B}[2Kwarning: nearly full\n"))
        #expect(screen.lastLine == "… read bitrix24: page 7")

        progress.end(right, result: "119 records")
        #expect(screen.text.hasSuffix(" s)\n"))
    }

    @Test("a narrow terminal gets a line that does not wrap", arguments: [1, 2, 12, 20, 30])
    func narrow(width: Int) {
        let progress = progress(width: width)
        progress.begin(left)
        progress.begin(right)
        // The ellipsis alone takes the one column of a terminal that has no more.
        #expect(screen.lastLine.count < max(2, width))
        #expect(screen.lastLine.hasSuffix("…") || width > 28)
    }

    @Test("a log gets plain lines and nothing that moves a cursor")
    func log() {
        let progress = progress(width: nil)
        progress.begin(left)
        progress.note(left, "page 7")
        progress.advance(left, done: 5, total: 10)
        progress.warn("nearly full")
        progress.end(left, result: "120 records")
        let lines = screen.text.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[0] == "begin  read 1c")
        #expect(lines[1] == "warning: nearly full")
        #expect(lines[2].hasPrefix("done   read 1c: 120 records ("))
        #expect(!screen.text.contains("\u{1B}"))
    }
}
