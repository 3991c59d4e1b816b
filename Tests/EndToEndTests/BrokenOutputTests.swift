import Foundation
import TestSupport
import Testing

@Suite("Where the output goes", .timeLimit(.minutes(5)))
struct BrokenOutputTests {
    private let program = BuiltProgram()
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        _ = try folder.write("id,name,inn\n1,Ромашка,7707083893\n", to: "left.csv")
        _ = try folder.write("id,name,inn\n9,ООО Ромашка,7707083893\n", to: "right.csv")
    }

    private static let link = [
        "link", "--left", "left.csv", "--right", "right.csv", "--entity", "counterparty",
    ]

    /// Runs a line of the shell in which `$0` is the program and `$@` are its arguments.
    private func shell(_ line: String, _ arguments: [String]) throws -> ExternalTool.Outcome {
        try ExternalTool.run(
            "/bin/sh",
            ["-c", "cd '\(folder.url.path)'; \(line)", program.executable.path] + arguments)
    }

    private var errors: String {
        get throws {
            try String(contentsOf: folder.url.appending(path: "errors"), encoding: .utf8)
        }
    }

    @Test(
        "a full disk behind it is an error with what to do, not an end by a signal",
        arguments: [link, ["reports"], ["--help"]])
    func full(arguments: [String]) throws {
        let outcome = try shell("\"$0\" \"$@\" >/dev/full 2>errors", arguments)
        #expect(outcome.status == 1)
        #expect(try errors.contains("No space left on device"))
    }

    @Test("a log on a full disk does not end the work")
    func fullLog() throws {
        let outcome = try shell(
            "\"$0\" \"$@\" 2>/dev/full", Self.link + ["--out", "links.csv"])
        #expect(outcome.status == 0)
        let links = try String(
            contentsOf: folder.url.appending(path: "links.csv"), encoding: .utf8)
        #expect(links.contains("1,9,"))
    }

    @Test("a pipe is written to and stays one")
    func pipe() throws {
        let outcome = try shell(
            "mkfifo links; cat links >got & \"$0\" \"$@\" 2>errors; code=$?; wait; test -p links && exit $code",
            Self.link + ["--out", "links"])
        #expect(outcome.status == 0)
        let got = try String(contentsOf: folder.url.appending(path: "got"), encoding: .utf8)
        #expect(got.hasPrefix("left_id,right_id,probability,weight,reason\n1,9,"))
    }

    @Test("a place that is none is refused before the work begins", arguments: ["none/l.csv", "."])
    func noPlace(path: String) async throws {
        let outcome = try await program.run(Self.link + ["--out", path], in: folder.url)
        #expect(outcome.exitCode == 2)
        #expect(outcome.errors.contains("--out: "))
        #expect(!outcome.errors.contains("begin"))
    }
}
