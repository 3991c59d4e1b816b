import Foundation
import Records
import Storage
import TestSupport
import Testing

@testable import Operations

@Suite("A night in which records have another editor and nothing else", .timeLimit(.minutes(10)))
struct EditorNightTests {
    private static let left = """
        id,Наименование,ИНН,КПП,Телефон
        a,ООО Ромашка,7707083893,770701001,+7 495 123-45-67
        b,АО Заря,7736050003,773601001,

        """

    private static func right(editor: String, phone: String = "+7 495 123-45-99") -> String {
        """
        id,TITLE,RQ_INN,RQ_KPP,PHONE,CREATED_BY_ID,MODIFY_BY_ID
        1,Ромашка ООО,7707083893,770701001,\(phone),7,\(editor)
        2,Заря АО,7736050003,773601001,,7,\(editor)

        """
    }

    private static let entity = EntityName("counterparty")

    /// Under which key the records were linked last: an equal one was not matched again.
    private static func key(_ scene: FolderScene) async throws -> String? {
        try await scene.withStore { try await $0.previousLinkageKey(entity) }
    }

    /// The editors of the right records, as a night left them.
    private static func editors(_ scene: FolderScene, _ run: RunID) async throws -> [FieldValue?] {
        let definition = try EntityCatalog(ResourceFolders(overrides: nil)).entity(
            entity.rawValue)
        let records = try await scene.withStore { store in
            let snapshots = try await store.snapshots(source: SourceName("crm"), run: run)
            return try await store.loadRecords(try #require(snapshots.first), as: definition)
        }
        let field = try #require(definition.index(of: FieldName("modified_by")))
        return records.map { $0[field] }
    }

    @Test("writes no record and matches none; the editor is kept with what else changes")
    func editors() async throws {
        let files = [
            "left/counterparty.csv": Self.left,
            "right/counterparty.csv": Self.right(editor: "7"),
        ]
        try await FolderScene.play(files, settings: "entities: [counterparty]") { scene in
            let first = try await scene.night()
            let key = try await Self.key(scene)
            #expect(try await Self.editors(scene, first.run) == [.text("7"), .text("7")])

            _ = try scene.folder.write(Self.right(editor: "8"), to: "right/counterparty.csv")
            let touched = try await scene.night()
            #expect(touched.entities.flatMap(\.writtenCounts.values).reduce(0, +) == 0)
            #expect(try await Self.key(scene) == key)
            #expect(try await Self.editors(scene, touched.run) == [.text("7"), .text("7")])

            _ = try scene.folder.write(
                Self.right(editor: "9", phone: "+7 495 123-45-11"), to: "right/counterparty.csv")
            let changed = try await scene.night()
            #expect(changed.entities.flatMap(\.writtenCounts.values).reduce(0, +) == 1)
            #expect(try await Self.editors(scene, changed.run) == [.text("9"), .text("7")])
        }
    }
}
