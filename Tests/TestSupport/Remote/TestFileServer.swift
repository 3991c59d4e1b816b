internal import Foundation
internal import Synchronization

/// A file server that is not ours (pyftpdlib, Python's http.server, asyncssh), in a process of its
/// own, which ends when this goes.
public final class TestFileServer: Sendable {
    /// The files that it serves.
    public let folder: TemporaryFolder
    /// The port on which it listens.
    public let port: Int
    /// The SHA-256 of the host key, and the key itself, for `sftp`.
    public let hostKey: (hash: String, line: String)
    /// The user and the password that it takes.
    public static let user = "sverka"
    /// The password.
    public static let password = "päss wörd"

    /// Whether such a server can be started here.
    public static func isPossible(_ kind: String) -> Bool {
        let module = kind.hasPrefix("ftp") ? "pyftpdlib" : kind == "sftp" ? "asyncssh" : "http"
        return ExternalTool.pythonHas(module)
            && (kind != "ftpes" || ExternalTool.pythonHas("OpenSSL"))
    }

    // Told to start here; afterwards only waited for.
    private let process: Mutex<Process>
    private let input = Pipe()
    private let output = Pipe()
    private let heard = LineBox()

    /// Starts a server.
    ///
    /// - Parameters:
    ///   - kind: `ftp`, `ftpes`, `http`, `https` or `sftp`.
    ///   - flags: Those of `file_server.py`.
    /// - Throws: What the system says when it cannot be started.
    public init(_ kind: String, _ flags: [String] = []) throws {
        folder = try TemporaryFolder()
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "file_server.py")
        let process = Process()
        process.executableURL = URL(filePath: ExternalTool.python ?? "")
        process.arguments = [script.path, folder.url.path, kind] + flags
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        self.process = Mutex(process)
        let reading = output.fileHandleForReading
        var text = ""
        func line() -> String {
            while !text.contains("\n") {
                let piece = reading.availableData
                if piece.isEmpty { break }
                text += String(decoding: piece, as: UTF8.self)
            }
            let line = text.prefix { $0 != "\n" }
            text = String(text.dropFirst(line.count + 1))
            return String(line)
        }
        // The first line is the port; the server listens when it is written.
        port = Int(line()) ?? 0
        hostKey = kind == "sftp" ? (line(), line()) : ("", "")
        let lines = heard
        reading.readabilityHandler = { handle in
            let piece = handle.availableData
            if piece.isEmpty {
                handle.readabilityHandler = nil
            } else {
                lines.append(String(decoding: piece, as: UTF8.self))
            }
        }
    }

    /// The commands that it got so far.
    public var commands: [String] { heard.lines }

    deinit {
        try? input.fileHandleForWriting.close()
        process.withLock { $0.waitForEnd() }
    }

    /// Lets it serve a file that was modified at a time, in seconds since 1970.
    public func put(_ bytes: [UInt8], _ name: String, modified: Int = 1_767_225_600) throws {
        let place = folder.url.appending(path: name)
        try FileManager.default.createDirectory(
            at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: place)
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSince1970: Double(modified))],
            ofItemAtPath: place.path)
    }
}

/// What was heard so far.
private final class LineBox: Sendable {
    private let text = Mutex("")

    var lines: [String] { text.withLock { $0.split(separator: "\n").map(String.init) } }

    func append(_ piece: String) { text.withLock { $0 += piece } }
}
