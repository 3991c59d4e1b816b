public import Records

/// Gathers what a reading can prove about its completeness.
public struct CertificateBuilder: Sendable {
    private var certificate = Certificate()
    private let clock: MonotonicClock
    private let start: Duration
    private var withoutID = 0
    /// The rules whose objects are missed.
    private var doubtfulReasons: Set<String> = []
    private var listed: Int?

    /// Begins with the first request.
    public init(clock: MonotonicClock = .system) {
        self.clock = clock
        start = clock.elapsed
    }

    /// Records delivered so far.
    public var deliveredCount: Int { certificate.deliveredCount }

    /// Objects left out so far.
    public var skippedCount: Int { certificate.skippedCount }

    /// Takes the number announced before reading.
    public mutating func announce(_ count: Int?) { certificate.announcedCount = count }

    /// Takes the number announced after reading.
    public mutating func announceAfter(_ count: Int?) { certificate.announcedCountAfter = count }

    /// Takes the rows of files, which announce nothing.
    public mutating func countRows(_ counts: RowCounts) { certificate.fileRows = counts }

    /// Takes the number of objects that are listed, where one gives several records or none; without,
    /// it is what was delivered and skipped.
    public mutating func list(_ count: Int) { listed = (listed ?? 0) + count }

    /// Takes the number of objects that appeared while reading.
    public mutating func appear(_ count: Int?) { certificate.appearedCount = count }

    /// Adds something that a person should know, once.
    public mutating func remark(_ remark: String) {
        if !certificate.remarks.contains(remark) { certificate.remarks.append(remark) }
    }

    /// Takes what tells whether the source still consists of the same.
    public mutating func structure(_ fingerprint: String) {
        certificate.structureFingerprint = fingerprint
    }

    /// Counts a page that was read.
    public mutating func countPage(_ count: Int = 1) { certificate.pages += count }

    /// Counts a record that is delivered.
    public mutating func deliver(_ record: Record) {
        certificate.deliveredCount += 1
        if certificate.firstID.map({ record.id < $0 }) ?? true { certificate.firstID = record.id }
        if certificate.lastID.map({ $0 < record.id }) ?? true { certificate.lastID = record.id }
        for note in record.readingNotes { countNote(note.kind.rawValue) }
    }

    /// Counts something that was mended or noticed.
    public mutating func countNote(_ name: String) {
        certificate.noteCounts[name, default: 0] += 1
    }

    /// Counts a row that came again.
    public mutating func repeatRow() { certificate.repeatedCount += 1 }

    /// Counts an object that is none of the entity's, by the mapping's rule: a folder.
    public mutating func skip(reason: String) {
        certificate.skippedCount += 1
        countNote("skipped_" + reason)
    }

    /// Takes the rules of a mapping of which anything that is left out speaks against completeness.
    public mutating func expectNoSkips(of mapping: EntityMapping) {
        for skip in mapping.skips where skip.isDoubtful {
            if let reason = skip.reason { doubtfulReasons.insert(reason) }
        }
    }

    /// Counts an object without an id, which speaks against completeness.
    public mutating func skipWithoutID() {
        certificate.skippedCount += 1
        withoutID += 1
    }

    /// Counts an object that was left out since a reference of it leads to what was not read, which
    /// speaks against completeness.
    public mutating func skipUnknownKey() {
        certificate.skippedCount += 1
        withoutID += 1
        countNote(ReadingNote.Kind.unknownKey.rawValue)
    }

    /// Counts an object that the source cannot give, which speaks against completeness.
    public mutating func skipUnreadable() {
        certificate.skippedCount += 1
        withoutID += 1
        countNote("skipped_unreadable")
    }

    /// Adds something that speaks against completeness.
    public mutating func doubt(_ doubt: Certificate.Doubt) {
        if !certificate.doubts.contains(doubt) { certificate.doubts.append(doubt) }
    }

    /// Closes the certificate.
    ///
    /// - Parameter traffic: What was sent and received.
    /// - Returns: The certificate with its doubts.
    public consuming func finish(_ traffic: Traffic = Traffic()) -> Certificate {
        var certificate = self.certificate
        var missed = withoutID
        for reason in doubtfulReasons.sorted() {
            guard let count = certificate.noteCounts["skipped_" + reason] else { continue }
            missed += count
            certificate.remarks.append(
                "\(count) rows were left out as '\(reason)', though they say something: see this "
                    + "rule in the mapping.")
        }
        if missed > 0 { certificate.doubts.append(.recordsSkipped(count: missed)) }
        certificate.listedCount = listed ?? certificate.deliveredCount + certificate.skippedCount
        certificate.requests = traffic.requests
        certificate.retries = traffic.retries
        certificate.failureCounts = traffic.failures
        certificate.waits = traffic.waits
        certificate.waitedMilliseconds = traffic.waited.milliseconds
        certificate.byteCount += traffic.bytes
        certificate.durationMilliseconds = (clock.elapsed - start).milliseconds
        return certificate
    }
}
