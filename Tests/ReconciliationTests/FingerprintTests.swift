import Reconciliation
import Records
import Testing

@Suite("Fingerprints")
struct FingerprintTests {
    @Test("a stored fingerprint stays the same in later versions")
    func stable() {
        // Findings of customers' databases are keyed by it: another value orphans them all.
        let fingerprint = FindingFingerprint(
            entity: EntityName("counterparty"), kind: .mismatch, side: nil,
            field: FieldName("kpp"), leftIDs: [RecordID("a")], rightIDs: [RecordID("1")])
        #expect(fingerprint.rawValue == "42abc85871ca369edfad5d876c09dcb7")
    }

    @Test("ids of different sides and different splits of one text are told apart")
    func distinct() {
        func fingerprint(_ left: [String], _ right: [String]) -> FindingFingerprint {
            FindingFingerprint(
                entity: EntityName("e"), kind: .duplicate, side: nil, field: nil,
                leftIDs: left.map(RecordID.init), rightIDs: right.map(RecordID.init))
        }
        let all = [
            fingerprint(["1"], ["2"]), fingerprint(["2"], ["1"]), fingerprint(["1", "2"], []),
            fingerprint(["12"], []), fingerprint([], ["1", "2"]), fingerprint([], ["12"]),
            fingerprint(["1"], []), fingerprint([], []),
        ]
        #expect(Set(all).count == all.count)
    }
}
