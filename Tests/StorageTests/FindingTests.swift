import Foundation
import PostgresClient
import Reconciliation
import Records
import Storage
import Testing

@Suite("Stored findings")
struct FindingTests {
    private let entity = EntityName("counterparty")

    private func finding(
        _ id: String, kind: Finding.Kind = .mismatch, value: String = "1",
        severity: Finding.Severity = .warning, atStake: Money = Money(minorUnits: 1_000)
    ) -> Finding {
        let side: Side? = kind == .missing ? .right : nil
        return Finding(
            fingerprint: FindingFingerprint(
                entity: entity, kind: kind, side: side, field: FieldName("kpp"),
                leftIDs: [RecordID(id)], rightIDs: []),
            entity: entity, kind: kind, severity: severity, side: side, field: FieldName("kpp"),
            leftIDs: [RecordID(id)], rightIDs: [], title: "Имя \(id)", leftValue: value,
            reason: kind == .missing ? "no_counterpart" : "differs", evidence: "rule: tax_id",
            atStake: atStake)
    }

    /// One night: what is found is carried on from the nights before and stored.
    private func night(
        _ testing: StoreTesting, _ found: [Finding], certified: Set<Side> = [.left, .right]
    ) async throws -> RunID {
        let left = try await testing.take([testing.record("a")])
        let right = try await testing.take([testing.record("1")], source: SourceName("crm"))
        let run = try await testing.startRun()
        try await save(testing, found, run, left, right, certified: certified)
        return run
    }

    private func save(
        _ testing: StoreTesting, _ found: [Finding], _ run: RunID, _ left: Snapshot,
        _ right: Snapshot, certified: Set<Side> = [.left, .right]
    ) async throws {
        let known = try await testing.store.knownFindings(entity)
        try await testing.store.saveFindings(
            carry(known: known, found: found, certifiedSides: certified), of: entity, run: run,
            left: left.id, right: right.id)
    }

    /// States by left id, resolved ones included.
    private func states(_ testing: StoreTesting) async throws -> [String: FindingState] {
        let all = try await testing.store.findings(
            FindingFilter(entity: entity, states: Set(FindingState.allCases)))
        return Dictionary(
            uniqueKeysWithValues: all.map { ($0.finding.leftIDs[0].rawValue, $0.state) })
    }

    @Test("what is behind an alert is money of one currency, that of most findings")
    func currencies() async throws {
        try await StoreTesting.run { testing in
            let dollars = Money(minorUnits: 50_000, currency: "USD")
            _ = try await night(
                testing,
                [
                    finding("a"), finding("b"), finding("c", atStake: dollars),
                    finding("d", kind: .missing, atStake: dollars),
                ])
            let all = try await testing.store.findingCauses([:], onlyNew: false, limit: 10)
            #expect(all.map(\.type) == ["missing", "mismatch"])
            #expect(all.map(\.count) == [1, 3])
            #expect(all.map(\.currency) == ["USD", "RUB"])
            #expect(all.map(\.atStakeMinor) == [50_000, 2_000])
            let narrow = try await testing.store.findingCauses(
                ["currency": "USD", "kind": "mismatch"], onlyNew: true, limit: 10)
            #expect(narrow.map(\.count) == [1])
            #expect(narrow.map(\.atStakeMinor) == [50_000])
        }
    }

    @Test("findings live through the nights: new, open, resolved, reopened")
    func threeNights() async throws {
        try await StoreTesting.run { testing in
            let first = try await night(testing, [finding("a"), finding("b")])
            #expect(try await states(testing) == ["a": .new, "b": .new])
            let second = try await night(testing, [finding("a", value: "2"), finding("c")])
            #expect(try await states(testing) == ["a": .open, "b": .resolved, "c": .new])
            let third = try await night(testing, [finding("b"), finding("c")])
            #expect(try await states(testing) == ["a": .resolved, "b": .reopened, "c": .open])

            let events = try await testing.store.events(of: finding("b").fingerprint)
            #expect(events.map(\.kind) == [.found, .resolved, .foundAgain])
            #expect(events.map(\.run) == [first, second, third])
            let listed = try await testing.store.findings(FindingFilter(states: [.resolved]))
            #expect(listed.map(\.finding) == [finding("a", value: "2")])
            #expect(listed.map(\.firstRun) == [first])
        }
    }

    @Test("counts tell this run from the one before")
    func counts() async throws {
        try await StoreTesting.run { testing in
            let first = try await night(
                testing, [finding("a"), finding("b"), finding("c", kind: .missing)])
            let second = try await night(testing, [finding("a"), finding("d")])
            let comparison = try #require(try await testing.store.comparison(second, entity))
            #expect(comparison.previousRun == first)
            func lines(_ counts: [FindingCount]) -> [String] {
                counts.map {
                    "\($0.kind) \($0.state) \($0.count) \($0.atStake?.minorUnits ?? 0)"
                }
            }
            #expect(
                lines(comparison.previousCounts) == ["mismatch new 2 2000", "missing new 1 1000"])
            #expect(
                lines(comparison.counts) == [
                    "mismatch new 1 1000", "mismatch open 1 1000", "mismatch resolved 1 1000",
                    "missing resolved 1 1000",
                ])
        }
    }

    @Test("findings that stand as they stood are not written again")
    func unchanged() async throws {
        try await StoreTesting.run { testing in
            let found = (1...20).map { finding("\($0)") }
            _ = try await night(testing, found)
            let before = try await testing.writers(of: "finding")
            let events = try await testing.writers(of: "finding_event")
            _ = try await night(testing, found)
            #expect(try await testing.writers(of: "finding") == before)
            #expect(try await testing.writers(of: "finding_event") == events)
            #expect(events.count == 20)
        }
    }

    @Test("a stage that is repeated after its commit changes nothing")
    func repeated() async throws {
        try await StoreTesting.run { testing in
            _ = try await night(testing, [finding("a")])
            let left = try await testing.take([testing.record("a")])
            let right = try await testing.take([testing.record("1")], source: SourceName("crm"))
            let run = try await testing.startRun()
            try await save(testing, [finding("b")], run, left, right)
            let once = try await states(testing)
            let counts = try await testing.store.comparison(run, entity)
            try await save(testing, [finding("b")], run, left, right)
            #expect(try await states(testing) == once)
            #expect(once == ["a": .resolved, "b": .new])
            #expect(try await testing.store.comparison(run, entity) == counts)
        }
    }

    @Test("an uncertified night neither resolves nor opens what is missing")
    func uncertified() async throws {
        try await StoreTesting.run { testing in
            let missing = finding("a", kind: .missing)
            _ = try await night(testing, [missing, finding("b")])
            _ = try await night(testing, [], certified: [.left])
            #expect(try await states(testing) == ["a": .open, "b": .resolved])
        }
    }

    @Test("a person's acceptance outlives resolution, until it is taken back")
    func accepted() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            let found = finding("a")
            _ = try await night(testing, [found])
            try await store.accept(found.fingerprint, of: entity, person: "Анна")
            #expect(try await states(testing) == ["a": .accepted])
            _ = try await night(testing, [found])
            #expect(try await states(testing) == ["a": .accepted])
            _ = try await night(testing, [])
            #expect(try await states(testing) == ["a": .resolved])
            _ = try await night(testing, [found])
            #expect(try await states(testing) == ["a": .accepted])
            try await store.accept(
                found.fingerprint, of: entity, isAccepted: false, person: "Анна")
            _ = try await night(testing, [found])
            #expect(try await states(testing) == ["a": .open])
            let events = try await store.events(of: found.fingerprint).map(\.kind)
            #expect(events == [.found, .accepted, .resolved, .foundAgain, .acceptUndone])
            let unknown = FindingFingerprint(String(repeating: "0", count: 32))
            await #expect(throws: StorageError.notFound(what: "finding \(unknown.rawValue)")) {
                try await store.accept(unknown, of: entity, person: "Анна")
            }
        }
    }

    @Test("the history of findings and verdicts cannot be rewritten")
    func appendOnly() async throws {
        try await StoreTesting.run { testing in
            _ = try await night(testing, [finding("a")])
            for sql in [
                "UPDATE finding_event SET event = 'found'", "DELETE FROM finding_event",
                "DELETE FROM verdict",
            ] {
                await #expect(throws: PostgresError.self) { try await testing.texts(sql) }
            }
        }
    }

    @Test("filters choose by kind, severity, state and time, the worst first")
    func filters() async throws {
        try await StoreTesting.run { testing in
            _ = try await night(
                testing,
                [
                    finding("a", severity: .info), finding("b", kind: .missing, severity: .error),
                    finding("c"),
                ])
            func ids(_ filter: FindingFilter) async throws -> [String] {
                try await testing.store.findings(filter).map(\.finding.leftIDs[0].rawValue)
            }
            #expect(try await ids(FindingFilter()) == ["b", "c", "a"])
            #expect(try await ids(FindingFilter(limit: 1)) == ["b"])
            #expect(try await ids(FindingFilter(kinds: [.mismatch])) == ["c", "a"])
            #expect(try await ids(FindingFilter(severities: [.info])) == ["a"])
            #expect(try await ids(FindingFilter(states: [.open])) == [])
            #expect(try await ids(FindingFilter(entity: EntityName("product"))) == [])
            #expect(try await ids(FindingFilter(since: .distantPast)).count == 3)
            #expect(try await ids(FindingFilter(since: .distantFuture)) == [])
        }
    }

    @Test("of verdicts about a pair the last one counts")
    func pairVerdicts() async throws {
        try await StoreTesting.run { testing in
            let store = testing.store
            let (a, b) = (RecordID("a"), RecordID("b"))
            let pair = RecordPair(left: a, right: b)
            for areSame in [true, false] {
                try await store.addVerdict(entity, about: pair, areSame: areSame, person: "Анна")
            }
            try await store.addVerdict(
                entity, about: RecordPair(left: b, right: b), areSame: true, person: "Анна")
            #expect(try await store.pairVerdicts(entity).map(\.areSame) == [false, true])
            try await store.addVerdict(entity, about: pair, areSame: nil, person: "Анна")
            #expect(try await store.pairVerdicts(entity).map(\.pair.first) == [b])
        }
    }
}
