import Foundation
import Glibc
import TestSupport
import Testing

@testable import PostgresClient

@Suite("Embedded cluster, refusals") struct ClusterRefusalTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func error(
        of cluster: EmbeddedCluster
    ) async throws -> EmbeddedClusterError {
        try #require(try await failure(of: { try await cluster.start() }) as? EmbeddedClusterError)
    }

    @Test("missing programs say what to install")
    func missingBinaries() async throws {
        let cluster = EmbeddedCluster(
            folder: folder.url.appending(path: "c"), binaries: folder.url)
        let error = try await error(of: cluster)
        #expect(error == .binariesMissing(searched: [folder.url.path]))
        #expect(error.description.contains("apt-get install postgresql"))
        #expect(!FileManager.default.fileExists(atPath: folder.url.path + "/c/data"))
    }

    @Test("programs older than 14 count as missing")
    func oldBinaries() async throws {
        for name in ["initdb", "pg_ctl", "postgres"] {
            let file = try folder.write("#!/bin/sh\necho postgres '(PostgreSQL) 13.4'\n", to: name)
            chmod(file.path, 0o755)
        }
        let error = try await failure(of: {
            try await PostgresBinaries.all(in: nil, roots: [folder.url.path])
        })
        #expect(
            error as? EmbeddedClusterError == .binariesMissing(searched: [folder.url.path]))
    }

    @Test("of several versions the newest comes first")
    func newest() async throws {
        for version in ["15.3", "16.1", "14.9"] {
            let bin = folder.url.appending(path: version)
            try FileManager.default.createDirectory(at: bin, withIntermediateDirectories: true)
            for name in ["initdb", "pg_ctl", "postgres"] {
                let file = try folder.write(
                    "#!/bin/sh\necho 'postgres (PostgreSQL) \(version) (Debian)'\n",
                    to: "\(version)/\(name)")
                chmod(file.path, 0o755)
            }
        }
        chmod(folder.url.path, 0o755)
        let roots = ["15.3", "16.1", "14.9"].map { folder.url.path + "/" + $0 }
        let found = try await PostgresBinaries.all(in: nil, roots: roots)
        #expect(found.map(\.major) == [16, 15, 14])
    }

    @Test("data of another major version say both versions and what to do")
    func wrongVersion() async throws {
        let data = folder.url.appending(path: "c/data")
        try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
        try Data("9\n".utf8).write(to: data.appending(path: "PG_VERSION"))
        let cluster = EmbeddedCluster(folder: folder.url.appending(path: "c"))
        guard case .wrongVersion(_, 9, let installed) = try await error(of: cluster) else {
            Issue.record("not the version")
            return
        }
        #expect(!installed.isEmpty)
        let text = try await error(of: cluster).description
        #expect(text.contains("made by PostgreSQL 9"))
        #expect(text.contains("pg_upgrade"))
    }

    @Test("a data folder that is not PostgreSQL's is left alone")
    func occupied() async throws {
        let data = folder.url.appending(path: "c/data")
        try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
        try Data().write(to: data.appending(path: "mine"))
        guard
            case .folderOccupied = try await error(
                of: EmbeddedCluster(folder: folder.url.appending(path: "c")))
        else {
            Issue.record("not occupied")
            return
        }
        #expect(FileManager.default.fileExists(atPath: data.path + "/mine"))
    }

    @Test("a folder that cannot be made says why")
    func notWritable() async throws {
        let file = try folder.write("", to: "file")
        let error = try await error(of: EmbeddedCluster(folder: file.appending(path: "c")))
        guard case .folderNotWritable(_, let reason) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(reason == "Not a directory")
    }

    @Test(
        "as root, a folder that the server's user cannot get to says which and what to do",
        .enabled(if: geteuid() == 0, "only root hands the server to another user"))
    func unreachable() async throws {
        let closed = folder.url.appending(path: "closed")
        try FileManager.default.createDirectory(at: closed, withIntermediateDirectories: true)
        chmod(closed.path, 0o700)
        let error = try await error(of: EmbeddedCluster(folder: closed.appending(path: "c")))
        #expect(
            error
                == .folderNotReachable(
                    folder: closed.path + "/c", user: "postgres", blocked: closed.path))
        #expect(error.description.contains("chmod o+x \(closed.path)"))
    }

    @Test("a server that cannot start shows the end of its log")
    func failedStart() async throws {
        let cluster = EmbeddedCluster(
            folder: folder.url.appending(path: "c"), settings: ["shared_buffers": "1000TB"])
        let error = try await error(of: cluster)
        guard case .startFailed(_, _, let log) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(log.contains("shared_buffers"))
    }
}
