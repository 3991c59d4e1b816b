public import Foundation

/// A certificate made for one test run, valid for `localhost`.
public struct TestCertificate {
    /// The certificate, its own authority.
    public let certificate: URL
    /// Its private key.
    public let key: URL
    private let folder: TemporaryFolder

    /// Whether there is a program to make it with.
    public static let isPossible = ExternalTool.path(of: "openssl") != nil

    /// Makes it.
    ///
    /// - Parameter names: Whom it is for, as openssl writes it.
    /// - Throws: When there is no room for files.
    public init(for names: String = "DNS:localhost,IP:127.0.0.1") throws {
        folder = try TemporaryFolder()
        certificate = folder.url.appending(path: "cert.pem")
        key = folder.url.appending(path: "key.pem")
        _ = try ExternalTool.run(
            ExternalTool.path(of: "openssl") ?? "",
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                "/CN=localhost", "-addext", "subjectAltName=\(names)", "-keyout",
                key.path, "-out", certificate.path,
            ])
    }

    /// What tells a `TestMailServer` to show it.
    public var flags: [String] { ["cert=\(certificate.path)", "key=\(key.path)"] }
}
