import Foundation
import Records
@testable import Sandbox
import Storage
import Testing

@testable import Operations

@Suite("A night over a plain exchange", .timeLimit(.minutes(10)))
struct PlainNightTests {
    /// By which preset 1C is read, and where the portal keeps what it tells things apart by.
    static let presets = [("onec-plain", "UF_1C_ID"), ("onec-plain-ref", "XML_ID")]

    @Test("links products, prices and stocks, by code or by reference", arguments: presets)
    func links(mapping: String, member: String) async throws {
        let names = ["product", "price", "stock"]
        try await NightScene.play(
            infobase: .ut11, settings: "entities: [\(names.joined(separator: ", "))]\n"
        ) { scene in
            var scene = scene
            let path = try MappingPath(parsing: member)
            scene.configuration.sources[.left]?.mapping = mapping
            scene.configuration.sources[.right]?.mapping = "bitrix24-plain"
            scene.configuration.sources[.right]?.ownFields = [
                ("product", "other_id"), ("price", "product"), ("stock", "product"),
            ].map { OwnField(entity: EntityName($0), field: FieldName($1), path: path) }
            let outcome = try await scene.night()

            #expect(outcome.exitCode == 0, "\(outcome.incomplete)")
            #expect(outcome.entities.map(\.entity.rawValue) == names)
            let exchanged = Self.exchangedCount(in: NightScene.world)
            #expect(exchanged > 0)
            for entity in outcome.entities {
                #expect(entity.linkCount * 2 > exchanged, "\(entity.entity): \(entity.linkCount)")
            }
            // Of a wrong kind, nearly every price would differ.
            let stored = try await scene.withStore {
                try await $0.openFindings(EntityName("price"))
            }
            let differing = stored.map(\.finding).filter { $0.kind == .mismatch }
            let others = Set(differing.flatMap(\.rightIDs))
                .subtracting(Self.spoiltPrices(in: NightScene.world))
            #expect(others.isEmpty, "\(others)")
        }
    }

    /// The portal's products whose retail price was spoilt, or may be.
    private static func spoiltPrices(in world: World) -> Set<RecordID> {
        let ids = world.plantedErrors
            .filter { $0.entity == "price" && $0.kind == .mismatch }
            .flatMap(\.rightIDs).compactMap { Int64($0) }
        // A price's id is that of its product times eight, and its kind; the retail kind is 0.
        return Set(ids.filter { $0 % 8 == 0 }.map { RecordID(String($0 / 8)) })
    }

    /// How many goods without variants the two systems know as the same.
    private static func exchangedCount(in world: World) -> Int {
        let keys = Set(world.infobase.products.map(\.key.text))
        return world.portal.products.count { $0.kind == .simple && keys.contains($0.xmlID) }
    }
}
