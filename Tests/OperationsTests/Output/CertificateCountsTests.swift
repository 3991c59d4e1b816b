import Operations
import Records
import Testing

@Suite("How the records of a snapshot were counted")
struct CertificateCountsTests {
    @Test(
        "is told by what the source announced, of files by rows, once or twice",
        arguments: [
            (nil, 12, "12 announced before, unknown after; 11 listed, each id once"),
            (
                RowCounts(scanned: 14, read: 13), nil,
                "14 rows by the bytes of the files, 13 by reading; 11 listed, each id once"
            ),
            (
                RowCounts(scanned: nil, read: 13), nil,
                "13 rows, counted once; 11 listed, each id once"
            ),
        ] as [(RowCounts?, Int?, String)])
    func counts(rows: RowCounts?, announced: Int?, text: String) {
        var certificate = Certificate()
        (certificate.fileRows, certificate.announcedCount) = (rows, announced)
        certificate.listedCount = 11
        #expect(certificate.countExplanation == text)
    }
}
