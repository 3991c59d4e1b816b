import Definitions
import Foundation
import Records
import TestSupport
import Testing

@testable import Reconciliation

@Suite("Words of two systems for one state")
struct EquivalentsTests {
    @Test(
        "are the same where they share a meaning, in any case of letters",
        arguments: [
            ("Закрыт", "WON", true), ("закрыт", "won", true), ("Закрыт", "closed", true),
            ("Закрыт", "LOSE", false), ("WON", "К отгрузке", true), ("Закрыт", "К отгрузке", false),
            ("unknown", "unknown too", false),
        ])
    func words(left: String, right: String, areSame: Bool) {
        let states = Equivalents([
            "closed": ["Закрыт", "WON"], "shipped": ["К отгрузке", "WON"], "lost": ["LOSE"],
        ])

        #expect(states.areSame(left, right) == areSame)
        #expect(states.areSame(right, left) == areSame)
    }

    @Test("make no mismatch of an order's status; other words do")
    func orders() throws {
        let order = try EntityFile.read(
            ProjectFolders.root.appending(path: "templates/entities/order.yaml"))
        let status = try #require(order.index(of: FieldName("status")))
        func record(_ id: String, _ state: String) -> Record {
            var fields = [FieldValue?](repeating: nil, count: order.fields.count)
            fields[status] = .text(state)
            return Record(id: RecordID(id), fields: fields)
        }

        let findings = reconcile(
            ReconciliationInput(
                definition: order, left: [record("a", "Закрыт"), record("b", "Закрыт")],
                right: [record("1", "WON"), record("2", "LOSE")],
                links: [link("a", "1"), link("b", "2")], leftClusters: [], rightClusters: [],
                certifiedSides: [.left, .right]))

        #expect(findings.map(\.leftIDs) == [[RecordID("b")]])
        #expect(findings.first?.kind == .mismatch)
    }
}
