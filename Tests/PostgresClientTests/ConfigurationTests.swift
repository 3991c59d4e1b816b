import DatabaseTestSupport
import Foundation
import PostgresClient
import Testing

@Suite("Configuration") struct ConfigurationTests {
    @Test("a URL gives host, port, database, credentials and settings")
    func url() throws {
        let configuration = try PostgresConfiguration(
            url: "postgres://anna:p%40ss@db.example.org:6432/audit?sslmode=require"
                + "&statement_timeout=1500&connect_timeout=3&application_name=night")
        #expect(configuration.address == .host("db.example.org"))
        #expect(configuration.port == 6432)
        #expect(configuration.database == "audit")
        #expect(configuration.user == "anna")
        #expect(configuration.password == "p@ss")
        #expect(configuration.effectiveTLSMode == .require)
        #expect(configuration.statementTimeout == .milliseconds(1500))
        #expect(configuration.connectTimeout == .seconds(3))
        #expect(configuration.applicationName == "night")
    }

    @Test("a session appears under the name it was given, else under the program's")
    func applicationName() async throws {
        try await withTestDatabase { configuration in
            var named = configuration
            named.applicationName = "night"
            for (settings, name) in [
                (named, "night"), (configuration, ProcessInfo.processInfo.processName),
            ] {
                let connection = try PostgresConnection(settings)
                let shown = try await connection.value(
                    "SELECT application_name FROM pg_stat_activity WHERE pid = pg_backend_pid()")
                // The server keeps no more than 63 bytes of it.
                #expect(try shown.text == String(name.prefix(63)))
                await connection.close()
            }
        }
    }

    @Test("a server that takes the connection and says nothing is given up after the time set")
    func silentServer() async throws {
        let listener = try SilentListener()
        let configuration = PostgresConfiguration(
            address: .host("127.0.0.1"), port: listener.port, database: "a", tlsMode: .disable,
            connectTimeout: .milliseconds(200))

        let error = try await postgresError(of: {
            try await PostgresConnection(configuration).query(sql("SELECT 1"))
        })

        #expect(error.kind == .timedOut)
    }

    @Test("a folder as the URL's host is a socket")
    func socket() throws {
        let configuration = try PostgresConfiguration(
            url: "postgresql:///audit?host=/var/run/postgresql")
        #expect(configuration.address == .socketFolder("/var/run/postgresql"))
        #expect(configuration.effectiveTLSMode == .prefer)
    }

    @Test(
        "a remote host is verified in full, this machine is not",
        arguments: [
            ("db.example.org", TLSMode.verifyFull), ("127.example.org", .verifyFull),
            ("10.0.0.7", .verifyFull), ("localhost", .prefer), ("127.0.0.1", .prefer),
            ("::1", .prefer),
        ])
    func verification(host: String, mode: TLSMode) {
        let configuration = PostgresConfiguration(address: .host(host), database: "audit")
        #expect(configuration.effectiveTLSMode == mode)
    }

    @Test("no description shows the password")
    func masked() throws {
        let configuration = try PostgresConfiguration(url: "postgres://anna:geheim@host/audit")
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in ["\(configuration)", String(reflecting: configuration), dumped] {
            #expect(!text.contains("geheim"))
        }
        #expect(configuration.description == "anna:***@host:5432/audit")
    }

    @Test(
        "a URL that cannot be used is refused without being repeated",
        arguments: [
            "mysql://anna:geheim@host/audit", "postgres://anna:geheim@host",
            "postgres://anna:geheim@host:99999/audit", "postgres://anna:geheim@host/a?sslmode=yes",
            "postgres://anna:geheim@host/a?speed=high",
            "postgres://anna:geheim@host/a?connect_timeout=x",
            "post gres",
        ])
    func refused(url: String) throws {
        do {
            let configuration = try PostgresConfiguration(url: url)
            // A database is not named: the user's name stands in, as libpq does it.
            #expect(configuration.database == "anna")
        } catch let error as PostgresURLError {
            #expect(!error.description.contains("geheim"))
        }
    }

    @Test("a server that cannot be reached is a failed connection")
    func unreachable() async throws {
        let connection = try PostgresConnection(
            PostgresConfiguration(address: .socketFolder("/nowhere"), database: "audit"))
        let error = try await postgresError(of: { try await connection.connect() })
        #expect(error.kind == .connectionFailed)
        #expect(error.message.contains("/nowhere"))
    }
}
