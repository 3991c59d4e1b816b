import DatabaseTestSupport
import Foundation
import Glibc
import TestSupport
import Testing

@testable import PostgresClient

@Suite("Full disk", .enabled(if: SmallDisk.isPossible, "mounting a small disk needs root"))
struct DiskFullTests {
    @Test("a new cluster that does not fit says so, and leaves nothing half-made")
    func initialization() async throws {
        let disk = try SmallDisk(megabytes: 8)
        let cluster = EmbeddedCluster(folder: disk.folder.url.appending(path: "mounted/c"))
        let error = try await failure(of: { try await cluster.start() })
        guard case .diskFull = error as? EmbeddedClusterError else {
            Issue.record("\(error)")
            return
        }
        #expect(!FileManager.default.fileExists(atPath: disk.place + "/c/data.new"))
    }

    @Test("rows that do not fit are refused as disk full, none is kept, the connection goes on")
    func rows() async throws {
        let disk = try SmallDisk(megabytes: 4)
        try await withConnection { connection in
            let space = "small_\(getpid())"
            try disk.giveToServer()
            try await connection.execute(
                sql("CREATE TABLESPACE \(space) LOCATION '\(disk.place)/space'"))
            try await connection.execute(sql("CREATE TABLE item (name text) TABLESPACE \(space)"))
            let error = try await postgresError(of: {
                try await connection.copyIn(sql("COPY item FROM STDIN (FORMAT binary)")) { writer in
                    for _ in 0..<100_000 {
                        try await writer.row { row in row.text(String(repeating: "x", count: 100)) }
                    }
                }
            })
            #expect(error.kind == .diskFull)
            #expect(try await connection.value("SELECT count(*) FROM item").int == 0)
            try await connection.execute(sql("DROP TABLE item"))
            try await connection.execute(sql("DROP TABLESPACE \(space)"))
        }
    }
}

/// A disk of a few megabytes in memory, unmounted with the last reference.
private final class SmallDisk {
    static let isPossible: Bool = geteuid() == 0 && (try? SmallDisk(megabytes: 1)) != nil

    let folder: TemporaryFolder
    let place: String

    init(megabytes: Int) throws {
        folder = try TemporaryFolder()
        place = folder.url.path + "/mounted"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        chmod(folder.url.path, 0o755)
        guard mount("tmpfs", place, "tmpfs", 0, "size=\(megabytes)m,mode=755") == 0 else {
            throw POSIXError(.EPERM)
        }
    }

    func giveToServer() throws {
        let user = try ServerUser.resolve(dataFolder: "/nowhere")
        try FileManager.default.createDirectory(
            atPath: place + "/space", withIntermediateDirectories: true)
        chown(place + "/space", user.identifier, user.group)
    }

    deinit { umount2(place, Int32(MNT_DETACH)) }
}
