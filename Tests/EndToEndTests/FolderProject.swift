import DatabaseTestSupport
import Foundation
import PostgresClient
import TestSupport

/// A folder with a configuration, two exported files that differ, and a database of its own.
struct FolderProject {
    let folder: TemporaryFolder

    var url: URL { folder.url }

    /// Sets it up, plays, and puts it away.
    ///
    /// - Parameters:
    ///   - settings: Lines of `sverka.yaml` beside sources and database.
    ///   - sources: Lines under `sources:` beside left and right.
    ///   - play: The test.
    /// - Throws: What the test throws; what keeps the folder from being set up.
    static func play(
        _ settings: String = "", sources: String = "",
        _ play: (FolderProject) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        for (place, text) in files {
            let file = folder.url.appending(path: place)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        // Whole from the beginning, so that no night has to watch them.
        for side in ["left", "right"] { _ = try folder.write("", to: side + "/done") }
        try await withTestDatabase { database in
            let host =
                switch database.address {
                case .socketFolder(let folder): folder
                case .host(let name): name
                }
            let user = database.user.map { "&user=\($0)" } ?? ""
            _ = try folder.write(
                """
                data: data
                database:
                  url: "postgres:///\(database.database)?host=\(host)&port=\(database.port)\(user)"
                entities: [contact]
                \(settings)
                sources:
                  left: {name: 1c, kind: files, folder: left, ready_file: done}
                  right: {name: crm, kind: files, folder: right, ready_file: done}
                \(sources)

                """, to: "sverka.yaml")
            try await play(FolderProject(folder: folder))
        }
    }

    private static let files = [
        "left/contact.csv": "id;ФИО;Телефон\n1;Иванов Пётр Сергеевич;+7 495 123-45-67\n",
        "right/contact.csv": "ID,name,PHONE\n7,Петр Иванов,84951234567\n8,Кто Ещё,\n",
    ]
}
