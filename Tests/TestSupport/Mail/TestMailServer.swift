public import Foundation

/// An SMTP server that is not ours (aiosmtpd), in a process of its own, which ends when this goes.
public final class TestMailServer {
    /// What it was told of a message.
    public struct Envelope: Decodable, Equatable, Sendable {
        /// The sender.
        public var from: String
        /// The recipients.
        public var to: [String]
        /// Whether the connection was protected.
        public var tls: Bool
        /// Who logged in.
        public var user: String?
        /// By which mechanism.
        public var mechanism: String?
    }

    /// The port on which it listens.
    public let port: Int
    /// Whether it can be started here.
    public static let isPossible = ExternalTool.pythonHas("aiosmtpd")

    private let process = Process()
    private let input = Pipe()
    private let folder: TemporaryFolder

    /// Starts a server with the flags of `smtp_server.py`.
    public init(_ flags: [String]) throws {
        folder = try TemporaryFolder()
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "smtp_server.py")
        let output = Pipe()
        process.executableURL = URL(filePath: ExternalTool.python ?? "")
        process.arguments = [script.path, folder.url.path] + flags
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        // The first line is the port; the server listens when it is written.
        var line = Data()
        while line.last != 0x0A {
            let piece = output.fileHandleForReading.availableData
            if piece.isEmpty { break }
            line += piece
        }
        let text = String(decoding: line, as: UTF8.self)
        port = Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitForEnd()
    }

    /// The bytes of the n-th message accepted, from 1.
    public func message(_ number: Int) throws -> Data {
        try Data(contentsOf: folder.url.appending(path: "\(number).eml"))
    }

    /// The envelope of the n-th message accepted.
    public func envelope(_ number: Int) throws -> Envelope {
        let data = try Data(contentsOf: folder.url.appending(path: "\(number).json"))
        return try JSONDecoder().decode(Envelope.self, from: data)
    }

    /// Recipient and id of each message accepted, in order, of a server that keeps no more.
    public var log: [(recipient: String, id: String)] {
        let file = folder.url.appending(path: "log")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map { line in
            let parts = line.split(separator: " ")
            return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
        }
    }

    /// How many messages it accepted.
    public var messageCount: Int {
        let files = try? FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        return files?.count { $0.hasSuffix(".eml") } ?? 0
    }
}
