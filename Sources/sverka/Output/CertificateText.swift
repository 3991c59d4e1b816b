import Operations
import Records
import Storage

/// A snapshot with everything that its certificate says.
struct CertificateText {
    private let snapshot: Snapshot
    private let time: LocalTime

    init(_ snapshot: Snapshot, time: LocalTime) {
        self.snapshot = snapshot
        self.time = time
    }

    func print() {
        let certificate = snapshot.certificate
        Swift.print(
            "snapshot \(snapshot.id.rawValue): \(snapshot.entity) from \(snapshot.source), "
                + "run \(snapshot.run.rawValue), \(time.text(snapshot.takenAt))")
        if snapshot.isCertified { Swift.print("  certified: it may be taken for the whole") }
        for doubt in certificate.doubts { Swift.print("  NOT CERTIFIED: \(doubt.explanation)") }
        line("count", certificate.countExplanation)
        line(
            "read",
            "\(certificate.deliveredCount) records, each id once; "
                + "\(certificate.skippedCount) objects left out")
        line(
            "paging",
            "\(certificate.repeatedCount) rows moved and came again, "
                + (certificate.appearedCount.map { "\($0) appeared while reading" }
                    ?? "how many appeared while reading cannot be told"))
        line(
            "records",
            "\(snapshot.recordCount) stand: \(snapshot.addedCount) added, "
                + "\(snapshot.changedCount) changed, \(snapshot.removedCount) removed")
        if let first = certificate.firstID, let last = certificate.lastID {
            line("ids", "from \(first) to \(last)")
        }
        line(
            "traffic",
            "\(certificate.requests) requests, \(certificate.retries) of them repeated, "
                + "\(certificate.pages) pages, \(certificate.byteCount) bytes")
        let failures = certificate.failureCounts.sorted { $0.key < $1.key }
        if !failures.isEmpty {
            line("refusals", failures.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
        }
        line(
            "time",
            "\(certificate.durationMilliseconds) ms, "
                + "\(certificate.waitedMilliseconds) ms of them in \(certificate.waits) waits")
        line("checksum", snapshot.contentChecksum)
        let notes = certificate.noteCounts.sorted { $0.key < $1.key }
        if !notes.isEmpty {
            line("notes", notes.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
        }
        for remark in certificate.remarks { line("remark", remark) }
    }

    private func line(_ name: String, _ text: String) {
        Swift.print("  \(TextTable.padded(name, 9)) \(text)")
    }
}
