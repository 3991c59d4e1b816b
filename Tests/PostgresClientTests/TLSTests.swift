import Foundation
import Glibc
import TestSupport
import Testing

@testable import PostgresClient

/// A server that speaks TLS on loopback, with a certificate for `localhost` and `127.0.0.1`.
@Suite(
    "TLS", .serialized, .timeLimit(.minutes(5)),
    .enabled(if: TestCertificate.isPossible, "there is no openssl to make a certificate with"))
struct TLSTests {
    private let folder: TemporaryFolder
    private let certificate: TestCertificate
    private let cluster: EmbeddedCluster
    private let port: Int

    init() throws {
        folder = try TemporaryFolder()
        certificate = try TestCertificate()
        port = try Self.freePort()
        chmod(folder.url.path, 0o755)
        // The server's user owns its key, as PostgreSQL demands.
        let user = try ServerUser.resolve(dataFolder: folder.url.appending(path: "none").path)
        let key = folder.url.appending(path: "server.key")
        let chain = folder.url.appending(path: "server.crt")
        try FileManager.default.copyItem(at: certificate.key, to: key)
        try FileManager.default.copyItem(at: certificate.certificate, to: chain)
        chown(key.path, user.identifier, user.group)
        chmod(key.path, 0o600)
        chmod(chain.path, 0o644)
        let rules = try folder.write(
            "local all all peer map=owner\nhostssl all all 127.0.0.0/8 trust\n", to: "hba.conf")
        chmod(rules.path, 0o644)
        cluster = EmbeddedCluster(
            folder: folder.url.appending(path: "c"), database: "audit",
            settings: [
                "fsync": "off", "shared_buffers": "16MB", "ssl": "on", "ssl_key_file": key.path,
                "ssl_cert_file": chain.path, "hba_file": rules.path, "port": String(port),
                "listen_addresses": "127.0.0.1,127.0.0.2",
            ])
    }

    /// A port that was free a moment ago, below those that the system gives to other tests' servers.
    private static func freePort() throws -> Int {
        for port in (20_000..<32_000).shuffled().prefix(100) {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(descriptor) }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = inet_addr("127.0.0.1")
            address.sin_port = UInt16(port).bigEndian
            let length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let isFree = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(descriptor, $0, length) == 0
                }
            }
            if isFree { return port }
        }
        throw POSIXError(.EADDRINUSE)
    }

    @Test("verify-full takes the server whose certificate and name are right, and no other")
    func verified() async throws {
        _ = try await cluster.start()
        let trusted = certificate.certificate

        let port = port
        #expect(try await isProtected(host: "localhost", port: port, trusting: trusted))
        let other = try TestCertificate()
        let stranger = try await postgresError(of: {
            try await isProtected(host: "localhost", port: port, trusting: other.certificate)
        })
        #expect(stranger.kind == .connectionFailed)
        #expect(stranger.message.contains("certificate verify failed"))
        let misnamed = try await postgresError(of: {
            try await isProtected(host: "127.0.0.2", port: port, trusting: trusted)
        })
        #expect(misnamed.kind == .connectionFailed)
        #expect(misnamed.message.contains("127.0.0.2"))
        try await cluster.stop()
    }

    @Test("a server without TLS is refused where TLS is asked for")
    func plain() async throws {
        let plain = EmbeddedCluster(
            folder: folder.url.appending(path: "p"), database: "audit",
            settings: [
                "fsync": "off", "shared_buffers": "16MB", "port": String(port),
                "listen_addresses": "127.0.0.1",
            ])
        _ = try await plain.start()
        let (port, trusted) = (port, certificate.certificate)
        let error = try await postgresError(of: {
            try await isProtected(host: "localhost", port: port, trusting: trusted)
        })
        #expect(error.kind == .connectionFailed)
        #expect(error.message.contains("SSL"))
        try await plain.stop()
    }
}

/// Connects as to a remote host, `verify-full`, and says whether the wire is protected.
private func isProtected(
    host: String, port: Int, trusting root: URL
) async throws -> Bool {
    let connection = try PostgresConnection(
        PostgresConfiguration(
            address: .host(host), port: port, database: "audit",
            user: EmbeddedCluster.superuser, tlsMode: .verifyFull, rootCertificate: root.path))
    do {
        let answer = try await connection.value(
            "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        ).bool
        await connection.close()
        return answer
    } catch {
        await connection.close()
        throw error
    }
}
