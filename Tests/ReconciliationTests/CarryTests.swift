import Reconciliation
import Records
import Testing

@Suite("Carrying findings from run to run")
struct CarryTests {
    /// A finding that says on which side something is missing or broken.
    private func finding(_ kind: Finding.Kind = .missing, side: Side? = .right) -> Finding {
        let ids = [RecordID("a")]
        let reason = kind == .brokenLink ? FindingReason.pointsNowhere : FindingReason.differs
        return Finding(
            fingerprint: FindingFingerprint(
                entity: EntityName("counterparty"), kind: kind, side: side, field: nil,
                leftIDs: ids, rightIDs: []),
            entity: EntityName("counterparty"), kind: kind, severity: .error, side: side,
            field: nil, leftIDs: ids, rightIDs: [], title: "Альфа", reason: reason)
    }

    private func known(
        _ finding: Finding, _ state: FindingState, accepted: Bool = false
    ) -> KnownFinding {
        KnownFinding(
            fingerprint: finding.fingerprint, kind: finding.kind, side: finding.side,
            reason: finding.reason, state: state, isAccepted: accepted)
    }

    @Test("what is found for the first time is new")
    func new() {
        let transitions = carry(known: [], found: [finding()], certifiedSides: [.left, .right])
        #expect(transitions.map(\.to) == [.new])
        #expect(transitions.first?.from == nil)
        #expect(transitions.first?.finding == finding())
    }

    @Test(
        "every state goes on as the table says",
        arguments: [
            // before, accepted, when found, when not found, when not judged
            (FindingState.new, false, FindingState.open, FindingState.resolved, FindingState.open),
            (.open, false, .open, .resolved, .open),
            (.reopened, false, .open, .resolved, .open),
            (.accepted, true, .accepted, .resolved, .accepted),
            (.accepted, false, .accepted, .resolved, .accepted),
        ])
    func table(
        before: FindingState, accepted: Bool, found: FindingState, gone: FindingState,
        unjudged: FindingState
    ) {
        let missing = finding()
        let known = [known(missing, before, accepted: accepted)]
        let all: Set<Side> = [.left, .right]
        #expect(
            carry(known: known, found: [missing], certifiedSides: all).map(\.to) == [found])
        let resolved = carry(known: known, found: [], certifiedSides: all)
        #expect(resolved.map(\.to) == [gone])
        #expect(resolved.map(\.finding) == [nil])
        let kept = carry(known: known, found: [], certifiedSides: [.left])
        #expect(kept.map(\.to) == [unjudged])
        #expect(kept.map(\.from) == [before])
    }

    @Test("what was resolved comes back as reopened, or as accepted when a person accepted it")
    func reopened() {
        let missing = finding()
        for (accepted, state) in [(false, FindingState.reopened), (true, .accepted)] {
            let known = [known(missing, .resolved, accepted: accepted)]
            let all: Set<Side> = [.left, .right]
            #expect(carry(known: known, found: [missing], certifiedSides: all).map(\.to) == [state])
            #expect(carry(known: known, found: [], certifiedSides: all) == [])
            #expect(carry(known: known, found: [], certifiedSides: []) == [])
        }
    }

    private static let judgements: [(Finding.Kind, Side, Set<Side>, Bool)] = [
        (.missing, .right, [.left], false), (.missing, .right, [.right], true),
        (.missing, .left, [.right], false), (.brokenLink, .right, [.right], false),
        (.brokenLink, .right, [.left], true), (.mismatch, .right, [], true),
        (.duplicate, .left, [], true), (.conflict, .left, [], true), (.invalid, .left, [], true),
    ]

    @Test("an uncertified side leaves what only it could refute", arguments: judgements)
    func judged(kind: Finding.Kind, side: Side, certified: Set<Side>, isJudged: Bool) {
        let before = finding(kind, side: side)
        let transitions = carry(
            known: [known(before, .open)], found: [], certifiedSides: certified)
        #expect(transitions.map(\.to) == [isJudged ? .resolved : .open])
    }

    @Test("a finding given twice counts once, and transitions are in the order of fingerprints")
    func order() {
        let findings = Finding.Kind.allCases.map { finding($0) }
        let transitions = carry(
            known: [known(findings[2], .open), known(findings[0], .resolved)],
            found: findings + findings, certifiedSides: [.left, .right])
        #expect(transitions.count == findings.count)
        #expect(transitions.map(\.fingerprint) == transitions.map(\.fingerprint).sorted())
    }
}
