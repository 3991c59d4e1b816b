import Foundation
import Records
import TestSupport
import Testing

@testable import Operations

@Suite("A night over exported files", .timeLimit(.minutes(10)))
struct ExportedFilesTests {
    private static let dump = """
        <?xml version="1.0" encoding="UTF-8"?>
        <Справочник>
          <Элемент><Код>001</Код><Наименование>Товар 1</Наименование><Цена>1000</Цена></Элемент>
          <Элемент><Код>002</Код><Наименование>Товар 2</Наименование><Цена>2000</Цена></Элемент>
        </Справочник>
        """

    @Test("reads a plain XML dump by its mapping, takes it once, and moves it when it is stored")
    func plainDump() async throws {
        let folder = try TemporaryFolder()
        let place = folder.url.appending(path: "out")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        _ = try folder.write(Self.dump, to: "out/products.xml")
        _ = try folder.write("", to: "out/done")
        try await FolderScene.play(
            [:], settings: "entities: [product]"
        ) { scene in
            var scene = scene
            scene.configuration.sources[.left] = Configuration.Source(
                name: SourceName("dump"), kind: .xml, address: place.path, user: "", password: "",
                mapping: "plain-xml",
                intake: .init(
                    readyFile: "done", ledger: folder.url.appending(path: "ledger.json"),
                    takenFolder: folder.url.appending(path: "taken")))
            let outcome = try await scene.night()

            #expect(outcome.exitCode == 0, "\(outcome.incomplete)")
            let product = try #require(outcome.collected.first)
            #expect(product.counts.map(\.records) == [2])
            let files = FileManager.default
            #expect(
                files.fileExists(atPath: folder.url.appending(path: "taken/products.xml").path))
            #expect(!files.fileExists(atPath: place.appending(path: "products.xml").path))
            #expect(
                files.fileExists(atPath: folder.url.appending(path: "ledger.json").path))
        }
    }
}
