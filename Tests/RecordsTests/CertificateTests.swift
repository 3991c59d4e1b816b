import Foundation
import Records
import Testing

@Suite("Certificate")
struct CertificateTests {
    private func certificate(_ fingerprint: String?) -> Certificate {
        var certificate = Certificate()
        certificate.structureFingerprint = fingerprint
        return certificate
    }

    @Test("remarks another structure, and nothing where either reading does not tell")
    func structure() {
        var changed = certificate("b")
        changed.remarkStructure(since: certificate("a"), of: "2026-11-25")
        #expect(
            changed.remarks == [
                "What the source publishes has changed since the reading of 2026-11-25 (fingerprint "
                    + "a, now b): lists or fields came, went or became others. 'sverka check' says "
                    + "whether the mapping still fits."
            ])
        for (before, now) in [("a", "a"), (nil, "a"), ("a", nil)] as [(String?, String?)] {
            var same = certificate(now)
            same.remarkStructure(since: certificate(before), of: "2026-11-25")
            #expect(same.remarks.isEmpty)
        }
    }

    @Test("keeps the structure when it is stored, and is read where an earlier version did not")
    func stored() throws {
        let stored = try JSONEncoder().encode(certificate("a"))
        #expect(try JSONDecoder().decode(Certificate.self, from: stored) == certificate("a"))
        let earlier = Data(#"{"deliveredCount": 3, "doubts": []}"#.utf8)
        let read = try JSONDecoder().decode(Certificate.self, from: earlier)
        #expect(read.structureFingerprint == nil)
    }
}
