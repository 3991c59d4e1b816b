import DatabaseTestSupport
import Foundation
import PostgresClient
import TestSupport
import Testing

@Suite("Statement catalogue") struct StatementCatalogTests {
    private func folder(_ files: [String: String]) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "run"), withIntermediateDirectories: true)
        for (name, text) in files { _ = try folder.write(text, to: name) }
        return folder
    }

    @Test("statements are found by area and name")
    func found() throws {
        let folder = try folder([
            "run/open.sql": "-- Opens a run; $1 its name.\nSELECT $1;\n", "run/notes.txt": "no",
        ])
        let catalog = try StatementCatalog(directory: folder.url)
        #expect(catalog.all.map(\.name) == ["run/open"])
        #expect(try catalog["run/open"].text.hasSuffix("SELECT $1;\n"))
        #expect(throws: StatementCatalogError.self) { try catalog["run/close"] }
    }

    @Test(
        "one statement is told from several, whatever its semicolons stand in",
        arguments: [
            ("SELECT ';' || E'\\';' || \"a;b\" FROM t -- ; x\n;", true),
            ("/* ; /* nested ; */ ; */ SELECT $1 + $2", true),
            ("DO $$ BEGIN PERFORM 1; PERFORM 2; END $$;", true),
            ("SELECT $tag$ ; $$ ; $tag$", true), ("SELECT 'it''s; one'", true),
            ("SELECT 1; SELECT 2", false), ("-- nothing", false), ("", false), (";;", false),
        ])
    func counted(text: String, isOne: Bool) throws {
        let folder = try folder(["run/some.sql": text])
        #expect(((try? StatementCatalog(directory: folder.url)) != nil) == isOne)
    }

    @Test("a folder that is not there is refused")
    func absent() throws {
        #expect(throws: StatementCatalogError.self) {
            try StatementCatalog(directory: URL(filePath: "/nowhere/at/all"))
        }
    }

    @Test("statements are checked against the schema without being run")
    func checked() async throws {
        try await withConnection { connection in
            try await connection.execute(sql("CREATE TABLE item (id int)"))
            try await connection.check(sql("DELETE FROM item WHERE id = $1"))
            let error = try await postgresError(of: {
                try await connection.check(sql("SELECT name FROM item", name: "item/names"))
            })
            #expect(error.kind == .statementInvalid)
            #expect(error.statement == "item/names")
        }
    }
}
