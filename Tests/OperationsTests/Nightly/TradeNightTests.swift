import DatabaseTestSupport
import Foundation
import Records
import Sandbox
import Storage
import TestSupport
import Testing

@testable import Operations

@Suite("A night over what a company trades", .timeLimit(.minutes(10)))
struct TradeNightTests {
    private static let world = World(WorldOptions(size: 300, seed: 4))

    /// What was planted into an entity's field and must be found.
    private static func planted(
        _ entity: String, _ field: String, _ note: String
    ) throws
        -> [(left: RecordID, right: RecordID)]
    {
        try world.plantedErrors.filter {
            $0.isRequired && $0.entity == entity && $0.field == field && $0.note == note
        }.map {
            (RecordID(try #require($0.leftIDs.first)), RecordID(try #require($0.rightIDs.first)))
        }
    }

    /// The standing findings about a pair.
    private static func about(
        _ pair: (left: RecordID, right: RecordID), _ findings: [StoredFinding]
    ) -> [Finding] {
        findings.map(\.finding).filter {
            $0.leftIDs == [pair.left] && $0.rightIDs == [pair.right] && $0.kind == .mismatch
        }
    }

    @Test("finds another currency, other lines and another company, each once, and says which")
    func differences() async throws {
        try await NightScene.play(
            world: Self.world, infobase: .ut11,
            settings: "entities: [contact, order, product, counterparty]\n"
        ) { scene in
            let outcome = try await scene.night()
            #expect(outcome.exitCode == 0, "\(outcome.incomplete)")
            // In the order of the settings, though compared in another one.
            #expect(
                outcome.entities.map(\.entity.rawValue) == [
                    "contact", "order", "product", "counterparty",
                ])
            let (orders, contacts) = try await scene.withStore {
                (
                    try await $0.openFindings(EntityName("order")),
                    try await $0.openFindings(EntityName("contact"))
                )
            }
            try Self.checkOrders(orders)
            try Self.checkContacts(contacts)
            Self.checkTruth(outcome)

            // The same again has nothing new to say.
            let again = try await scene.night()
            #expect(again.entities.allSatisfy { $0.stateCounts[.new] == nil })
        }
    }

    private static func checkOrders(_ orders: [StoredFinding]) throws {
        let currencies = try planted("order", "total", "currency")
        #expect(!currencies.isEmpty)
        for pair in currencies {
            let found = about(pair, orders)
            #expect(found.map(\.reason) == ["currency_differs"], "\(found)")
            #expect(found.first?.field == FieldName("total"))
        }
        for (note, reason) in [
            ("line_vat", "line_vat"), ("line_quantity", "line_quantity"),
            ("line_price", "line_price"), ("line_missing", "line_only_left"),
        ] {
            let pairs = try planted("order", "lines", note)
            #expect(!pairs.isEmpty)
            for pair in pairs {
                let found = about(pair, orders)
                #expect(found.map(\.reason) == [reason], "\(found)")
                #expect(found.first?.leftValue?.contains(". ") == true)
                if note != "line_vat" { #expect((found.first?.atStake?.minorUnits ?? 0) > 0) }
            }
        }
        // Orders in dollars and euros that are right are no finding.
        let named = orders.filter { $0.finding.reason == "currency_differs" }
        #expect(named.count == currencies.count)
    }

    private static func checkContacts(_ contacts: [StoredFinding]) throws {
        let moved = try planted("contact", "company", "differs")
        #expect(!moved.isEmpty)
        for pair in moved {
            let found = about(pair, contacts).filter { $0.field == FieldName("company") }
            #expect(found.count == 1, "\(pair)")
            // Called by name, not by id.
            #expect(found.first?.leftValue.map { $0.count != 36 } == true)
            #expect(found.first.map { $0.rightValue.flatMap { Int($0) } == nil } == true)
        }
    }

    private static func checkTruth(_ outcome: JobOutcome) {
        let errors = world.plantedErrors.map {
            ListedError(
                kind: Finding.Kind(rawValue: $0.kind.rawValue) ?? .stale,
                entity: EntityName($0.entity), field: $0.field,
                side: $0.side.flatMap { Side(rawValue: $0.rawValue) }, leftIDs: $0.leftIDs,
                rightIDs: $0.rightIDs, isRequired: $0.isRequired)
        }
        let findings = outcome.entities.flatMap(\.findings)
        for entity in ["order", "contact"] {
            let name = EntityName(entity)
            let comparison = PlantedErrorComparison(
                planted: errors.filter { $0.entity == name },
                findings: findings.filter { $0.entity == name && $0.kind == .mismatch })
            let mismatches = comparison.lines.filter { $0.kind == .mismatch }
            #expect(mismatches.allSatisfy { $0.planted == $0.found }, "\(comparison.lines)")
            #expect(comparison.beyond["mismatch"] == nil, "\(entity): \(comparison.beyond)")
        }
    }
}
