import Foundation
import TestSupport

@testable import Mail

/// An SMTP server in a process of its own, which ends when this goes.
final class TestServer {
    /// What it was told of a message.
    struct Envelope: Decodable, Equatable {
        var from: String
        var to: [String]
        var tls: Bool
        var user: String?
    }

    let port: Int
    private let process = Process()
    private let input = Pipe()
    private let folder: TemporaryFolder

    /// Starts a server with the flags of `smtp_server.py`.
    init(_ flags: [String]) throws {
        folder = try TemporaryFolder()
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Fixtures/smtp_server.py")
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
        process.waitUntilExit()
    }

    /// The bytes of the n-th message accepted, from 1.
    func message(_ number: Int) throws -> Data {
        try Data(contentsOf: folder.url.appending(path: "\(number).eml"))
    }

    /// The envelope of the n-th message accepted.
    func envelope(_ number: Int) throws -> Envelope {
        let data = try Data(contentsOf: folder.url.appending(path: "\(number).json"))
        return try JSONDecoder().decode(Envelope.self, from: data)
    }

    /// How many messages it accepted.
    var messageCount: Int {
        let files = try? FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        return files?.count { $0.hasSuffix(".eml") } ?? 0
    }
}

/// A certificate made for one test run, valid for `localhost`.
struct TestCertificate {
    let certificate: URL
    let key: URL
    private let folder: TemporaryFolder

    static let isPossible = ExternalTool.path(of: "openssl") != nil

    init() throws {
        folder = try TemporaryFolder()
        certificate = folder.url.appending(path: "cert.pem")
        key = folder.url.appending(path: "key.pem")
        _ = try ExternalTool.run(
            ExternalTool.path(of: "openssl") ?? "",
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout",
                key.path, "-out", certificate.path,
            ])
    }

    var flags: [String] { ["cert=\(certificate.path)", "key=\(key.path)"] }
}
