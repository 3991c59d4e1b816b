import Foundation
import Records
import Storage
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

    private static let recorded = ProjectFolders.shared?.appending(path: "onec/commerceml")

    /// What exporters of several versions wrote, and how many records a night reads of it.
    struct Recorded: CustomTestStringConvertible, Sendable {
        let folder: String
        let files: [String]
        let counts: [String: Int]
        /// Whether it says itself that it is a part only, from whose silence nothing follows.
        let isPart: Bool
        var testDescription: String { folder }
    }

    static let exports = [
        Recorded(
            folder: "dobromyslov", files: ["import0_1.xml", "offers0_1.xml"],
            counts: ["product": 36, "price": 44, "stock": 132], isPart: false),
        Recorded(
            folder: "gillbeits",
            files: [
                "prices___d66a6b51-ce9c-4e7a-8c7c-25079721107f.xml",
                "rests___1af6e7b8-a026-4690-9752-1c9d64cb914d.xml",
            ], counts: ["price": 978, "stock": 978], isPart: true),
        Recorded(
            folder: "carono", files: ["orders.xml"], counts: ["order": 1, "counterparty": 1],
            isPart: true),
        Recorded(
            folder: "rshkabko", files: ["import_0.xml", "import_1.xml"], counts: ["product": 1],
            isPart: false),
    ]

    @Test(
        "reads what real exporters wrote into snapshots, and says which are parts only",
        .enabled(if: recorded != nil, "needs the recorded exports beside the checkout"),
        arguments: exports)
    func recordedExports(export: Recorded) async throws {
        let from = try #require(Self.recorded).appending(path: export.folder)
        let folder = try TemporaryFolder()
        for file in export.files {
            try FileManager.default.copyItem(
                at: from.appending(path: file), to: folder.url.appending(path: file))
        }
        _ = try folder.write("", to: "done")
        let names = export.counts.keys.sorted()
        try await FolderScene.play(
            [:], settings: "entities: [\(names.joined(separator: ", "))]"
        ) { scene in
            var scene = scene
            scene.configuration.sources[.left] = Configuration.Source(
                name: SourceName("site"), kind: .xml, address: folder.url.path, user: "",
                password: "", mapping: "commerceml", intake: .init(readyFile: "done"))
            let outcome = try await scene.night()
            let snapshots = try await scene.withStore { try await $0.snapshots(run: outcome.run) }

            let counts = outcome.collected.map { ($0.entity.rawValue, $0.counts[0].records) }
            #expect(Dictionary(uniqueKeysWithValues: counts) == export.counts)
            #expect(snapshots.allSatisfy { $0.isCertified == !export.isPart })
        }
    }
}
