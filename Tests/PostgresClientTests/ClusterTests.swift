import Foundation
import Glibc
import TestSupport
import Testing

@testable import PostgresClient

/// Each test has a cluster of its own and starts servers, which is slow; one at a time.
@Suite("Embedded cluster", .serialized) struct ClusterTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func cluster(_ name: String = "c") -> EmbeddedCluster {
        EmbeddedCluster(
            folder: folder.url.appending(path: name), database: "audit",
            settings: ["fsync": "off", "shared_buffers": "16MB"])
    }

    private func postmaster(_ name: String = "c") -> pid_t? {
        let data = folder.url.appending(path: name + "/data").path
        return PostmasterFile(dataFolder: data).flatMap {
            $0.isRunning(dataFolder: data) ? $0.processIdentifier : nil
        }
    }

    private func answer(_ configuration: PostgresConfiguration) async throws -> Int {
        let connection = try PostgresConnection(configuration)
        let answer = try await connection.value("SELECT 40 + 2").int
        await connection.close()
        return answer
    }

    private func clusterError<Value>(
        of work: nonisolated(nonsending) () async throws -> Value
    ) async throws -> EmbeddedClusterError {
        try #require(try await failure(of: work) as? EmbeddedClusterError)
    }

    @Test("is made, started, used and stopped; its data are there after the next start")
    func life() async throws {
        let cluster = cluster()
        let configuration = try await cluster.start()
        let connection = try PostgresConnection(configuration)
        #expect(configuration.database == "audit")
        let settings = try await connection.query(
            sql(
                """
                SELECT current_setting('listen_addresses') AS addresses,
                    current_setting('server_encoding') AS encoding,
                    current_setting('data_checksums') AS checksums,
                    lower('ЁЖ') AS lower, 'а' < 'Б' AS by_letter
                """))[0]
        #expect(try settings["addresses"].text == "")
        #expect(try settings["encoding"].text == "UTF8")
        #expect(try settings["checksums"].text == "on")
        #expect(try settings["lower"].text == "ёж")
        #expect(try !settings["by_letter"].bool)
        try await connection.execute(sql("CREATE TABLE kept (id int)"))
        await connection.close()
        try await cluster.stop()
        #expect(postmaster() == nil)

        let again = self.cluster()
        let next = try PostgresConnection(try await again.start())
        #expect(try await next.query(sql("SELECT * FROM kept")).isEmpty)
        await next.close()
        try await again.stop()
    }

    @Test("a server that survived its process is taken over, and stopped by the last who uses it")
    func adopted() async throws {
        var first: EmbeddedCluster? = cluster()
        _ = try await first?.start()
        let identifier = try #require(postmaster())
        // As after kill -9: the lock ends with its descriptor, the server goes on.
        first = nil

        let second = cluster()
        let third = cluster()
        let secondConfiguration = try await second.start()
        #expect(try await answer(secondConfiguration) == 42)
        #expect(postmaster() == identifier)
        let configuration = try await third.start()
        try await second.stop()
        #expect(try await answer(configuration) == 42)
        try await third.stop()
        #expect(postmaster() == nil)
        try await third.stop()
    }

    @Test("processes that start it at once share one server")
    func together() async throws {
        let clusters = (0..<3).map { _ in cluster() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for cluster in clusters {
                group.addTask {
                    let configuration = try await cluster.start()
                    #expect(try await answer(configuration) == 42)
                }
            }
            try await group.waitForAll()
        }
        for (index, cluster) in clusters.enumerated() {
            #expect(postmaster() != nil, "before stop \(index)")
            try await cluster.stop()
        }
        #expect(postmaster() == nil)
    }

    @Test("the postmaster has none of this process's descriptors")
    func descriptors() async throws {
        let marker = folder.url.appending(path: "marker").path
        // Without O_CLOEXEC: a child would inherit it.
        let descriptor = open(marker, O_CREAT | O_RDWR, 0o600)
        defer { close(descriptor) }
        let cluster = cluster()
        _ = try await cluster.start()
        let identifier = try #require(postmaster())
        let place = "/proc/\(identifier)/fd"
        let open = try FileManager.default.contentsOfDirectory(atPath: place).compactMap {
            try? FileManager.default.destinationOfSymbolicLink(atPath: place + "/" + $0)
        }
        #expect(!open.isEmpty)
        #expect(!open.contains { $0.contains("marker") || $0.hasSuffix(".lock") })
        #expect(getpgid(identifier) != getpgid(0))
        try await cluster.stop()
    }

    @Test("only the folder's owner and root get in: as root the server is another user's")
    func ownership() async throws {
        let cluster = cluster()
        let configuration = try await cluster.start()
        guard case .socketFolder(let socket) = configuration.address else {
            Issue.record("no socket")
            return
        }
        var status = stat()
        #expect(stat(socket, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o700)
        #expect(status.st_uid != 0)
        #expect(stat(folder.url.appending(path: "c/data").path, &status) == 0)
        #expect(status.st_mode & 0o077 == 0)
        let rules = try String(
            contentsOf: folder.url.appending(path: "c/data/pg_hba.conf"), encoding: .utf8)
        #expect(rules == "local all all peer map=owner\n")
        try await cluster.stop()
    }

    @Test("a path too long for a socket gets a short, private folder, and is found again")
    func longPath() async throws {
        let name = String(repeating: "long-folder-name/", count: 6) + "c"
        let first = cluster(name)
        let configuration = try await first.start()
        guard case .socketFolder(let socket) = configuration.address else {
            Issue.record("no socket")
            return
        }
        #expect(socket.utf8.count < 60)
        let second = cluster(name)
        #expect(try await second.start() == configuration)
        try await first.stop()
        try await second.stop()
        rmdir(socket)
    }

    @Test("a postmaster.pid whose process is gone, or is another program, is in nobody's way")
    func stalePID() async throws {
        let first = cluster()
        _ = try await first.start()
        let identifier = try #require(postmaster())
        kill(identifier, SIGKILL)
        while postmaster() != nil { await Task.yield() }
        let second = cluster()
        let secondConfiguration = try await second.start()
        #expect(try await answer(secondConfiguration) == 42)
        try await second.stop()
        try await first.stop()

        let file = folder.url.appending(path: "c/data/postmaster.pid")
        try Data("\(getpid())\n/elsewhere\n1\n5432\n/tmp\n\n\nready\n".utf8).write(to: file)
        let third = cluster()
        let thirdConfiguration = try await third.start()
        #expect(try await answer(thirdConfiguration) == 42)
        try await third.stop()
    }

    @Test("a server that is killed in the middle of COPY is an error; started again, all goes on")
    func killedInCopy() async throws {
        let cluster = cluster()
        let connection = try PostgresConnection(try await cluster.start())
        try await connection.execute(sql("CREATE TABLE item (id bigint, name text)"))
        let identifier = try #require(postmaster())
        let error = try await postgresError(of: {
            try await connection.copyIn(sql("COPY item FROM STDIN (FORMAT binary)")) { writer in
                for id in 0..<5_000_000 {
                    // Immediate shutdown, as the kernel's out-of-memory killer leaves it.
                    if id == 10_000 { kill(identifier, SIGQUIT) }
                    try await writer.row { row in
                        row.int64(Int64(id))
                        row.text("some name")
                    }
                }
            }
        })
        #expect(error.kind == .connectionLost(outcomeUnknown: false))
        let unreachable = try await postgresError(of: {
            try await connection.value("SELECT count(*) FROM item")
        })
        #expect([.connectionFailed, .shuttingDown].contains(unreachable.kind))

        let again = self.cluster()
        _ = try await again.start()
        #expect(try await connection.value("SELECT count(*) FROM item").int == 0)
        await connection.close()
        try await again.stop()
        try await cluster.stop()
    }
}
