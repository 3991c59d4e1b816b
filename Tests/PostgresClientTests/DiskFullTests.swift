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
        let disk = try SmallDisk(kilobytes: 8 * 1024)
        let cluster = EmbeddedCluster(folder: disk.url.appending(path: "c"))
        let error = try await failure(of: { try await cluster.start() })
        guard case .diskFull = error as? EmbeddedClusterError else {
            Issue.record("\(error)")
            return
        }
        #expect(!FileManager.default.fileExists(atPath: disk.url.path + "/c/data.new"))
    }

    @Test("rows that do not fit are refused as disk full, none is kept, the connection goes on")
    func rows() async throws {
        let disk = try SmallDisk(kilobytes: 4 * 1024)
        try await withConnection { connection in
            let space = "small_\(getpid())"
            try disk.giveToServer()
            try await connection.execute(
                sql("CREATE TABLESPACE \(space) LOCATION '\(disk.url.path)/space'"))
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

extension SmallDisk {
    /// Makes a folder on the disk that belongs to the database's server.
    fileprivate func giveToServer() throws {
        let user = try ServerUser.resolve(dataFolder: "/nowhere")
        let place = url.appending(path: "space")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        chown(place.path, user.identifier, user.group)
    }
}
