import PostgresClient
import Records
import Storage
import Testing

@Suite("Stored certificates")
struct CertificateTests {
    @Test("come back with every number that a collector proved")
    func whole() async throws {
        try await StoreTesting.run { testing in
            let run = try await testing.startRun()
            let writer = try await testing.store.beginSnapshot(
                source: testing.source, entity: testing.counterparty, run: run)
            try await writer.append([testing.record("a"), testing.record("b")])
            var certificate = Certificate()
            (certificate.announcedCount, certificate.announcedCountAfter) = (3, 3)
            (certificate.listedCount, certificate.skippedCount) = (3, 1)
            (certificate.appearedCount, certificate.waits) = (1, 4)
            certificate.failureCounts = ["503": 2, "connection": 1]
            certificate.remarks = ["moved to another address"]
            certificate.fileRows = RowCounts(scanned: 3, read: 4)
            let taken = try await writer.commit(certificate)

            let stored = try await testing.store.snapshot(taken.id).certificate

            #expect(stored.listedCount == 3)
            #expect(stored.appearedCount == 1)
            #expect(stored.waits == 4)
            #expect(stored.fileRows == RowCounts(scanned: 3, read: 4))
            #expect(stored.failureCounts == ["503": 2, "connection": 1])
            #expect(stored.remarks == ["moved to another address"])
            #expect([stored.firstID, stored.lastID] == [RecordID("a"), RecordID("b")])
            #expect(stored.isCertified)
        }
    }

    @Test("of a first reading that gave nothing doubt the rights to a system, not to files")
    func nothing() {
        let limits = SnapshotLimits()
        #expect(
            limits.doubt(delivered: 0, certified: nil)
                == .rightsLost(detail: "the source has no records at all"))
        #expect(
            limits.doubt(delivered: 0, certified: nil, areFiles: true)
                == .partial(detail: "the files have no records at all"))
        #expect(limits.doubt(delivered: 1, certified: nil, areFiles: true) == nil)
    }

    @Test("of an earlier version are read, without the numbers that it did not know")
    func earlier() async throws {
        try await StoreTesting.run { testing in
            let taken = try await testing.take([testing.record("a"), testing.record("b")])
            _ = try await testing.texts(
                """
                UPDATE snapshot SET certificate = certificate - 'listedCount' - 'appearedCount'
                    - 'failureCounts' - 'waits' - 'remarks'
                RETURNING certificate::text
                """)

            let stored = try await testing.store.snapshot(taken.id).certificate

            #expect(stored.deliveredCount == 2)
            #expect(stored.listedCount == 2, "what was delivered and left out")
            #expect(stored.appearedCount == nil)
            #expect(stored.failureCounts.isEmpty)
        }
    }
}
