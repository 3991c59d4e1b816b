@testable import Reconciliation
import Records
import Testing

@Suite("Fingerprints")
struct FingerprintTests {
    @Test(
        "bytes are hashed as FNV-1a does",
        arguments: [
            ("", "6c62272e07bb014262b821756295c58d"), ("a", "d228cb696f1a8caf78912b704e4a8964"),
            ("foobar", "343e1662793c64bf6f0d3597ba446f18"),
        ])
    func vectors(text: String, digits: String) {
        var hash = StableHash()
        for byte in text.utf8 { hash.combine(byte) }
        #expect(hash.hexadecimal == digits)
    }

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
