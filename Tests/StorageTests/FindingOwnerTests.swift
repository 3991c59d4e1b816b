import PostgresClient
import Records
import Storage
import Testing

@Suite("Owners of stored findings")
struct FindingOwnerTests {
    @Test("are the employees responsible for the records, named by the users of the same source")
    func owners() async throws {
        try await StoreTesting.run { testing in
            let entity = testing.counterparty.name
            let left = try await testing.take([testing.record("a", ["owner": .text("7")])])
            let right = try await testing.take(
                [testing.record("1", ["owner": .text("7")])], source: SourceName("crm"))
            try await testing.takeUser("7", "Анна Левая", source: testing.source)
            try await testing.takeUser("8", "Пётр Правый", source: SourceName("crm"))
            let run = try await testing.startRun()
            let finding = Finding(
                fingerprint: FindingFingerprint("0123456789abcdef0123456789abcdef"),
                entity: entity, kind: .mismatch, severity: .warning, side: nil,
                field: FieldName("phone"), leftIDs: [RecordID("a")], rightIDs: [RecordID("1")],
                title: "А", reason: "differs")
            try await testing.store.saveFindings(
                [
                    FindingTransition(
                        fingerprint: finding.fingerprint, from: nil, to: .new, finding: finding)
                ], of: entity, run: run, left: left.id, right: right.id)

            let stored = try #require(try await testing.store.openFindings(entity).first)

            #expect(stored.leftOwner == Owner(id: RecordID("7"), name: "Анна Левая"))
            #expect(stored.rightOwner == Owner(id: RecordID("7"), name: nil))
            #expect(stored.ownerName == "Анна Левая")
        }
    }
}
