import Foundation
import Records
import Testing

@testable import RecordLinkage

@Suite("Accounts of pairs")
struct PairAccountTests {
    /// Twins of one name and address, of which each has its own number or none.
    private static let run = Result {
        var sample = try CounterpartySample(pairs: 120, onlyLeft: 10, onlyRight: 10, seed: 81)
        var firm = sample.firm()
        sample.addLeft(firm, id: "TL")
        sample.addRight(firm, id: "TR")
        firm.kpp = "770143001"
        firm.address = sample.firm().address
        sample.addRight(firm, id: "BR")
        // Two on the left and two on the right that nothing tells apart.
        let twin = sample.firm()
        for id in ["E1", "E2"] {
            sample = sample.with(
                left: sample.left + [
                    sample.record(id, ["name": twin.name, "email": twin.email ?? "a@twin.ru"])
                ],
                right: sample.right + [
                    sample.record(id, ["name": twin.name, "email": twin.email ?? "a@twin.ru"])
                ])
        }
        let known = [
            KnownPair(left: RecordID("L1"), right: RecordID("R1"), isSame: true),
            KnownPair(.left, RecordID("L1"), .left, RecordID("L2"), isSame: false),
        ]
        var options = LinkageOptions.quick
        options.isOneToOne = true
        let engine = LinkageEngine(entity: sample.entity, options: options)
        return (
            sample, engine.explainedLink(left: sample.left, right: sample.right, known: known)
        )
    }

    private func account(_ left: String, _ right: String) throws -> PairAccount {
        let (_, run) = try Self.run.get()
        return try #require(run.explainer.account(left: RecordID(left), right: RecordID(right)))
    }

    @Test("a link is accounted for, with the rules that brought it together")
    func linked() throws {
        let account = try account("TL", "TR")
        #expect(account.outcome == .assigned(isTied: false))
        #expect(account.isCandidate)
        let number = try #require(account.blocking.first { $0.rule == "tax_id" })
        // The branch has the number too.
        #expect(number.finding == .shared(records: 3))
        #expect(account.counterpartsOfFirst.isEmpty && account.counterpartsOfSecond.isEmpty)
    }

    @Test("the bits of every pair, linked or not, sum to the evidence")
    func sums() throws {
        let (sample, run) = try Self.run.get()
        for left in sample.left.prefix(12) {
            for right in sample.right.prefix(12) {
                let account = try #require(
                    run.explainer.account(left: left.id, right: right.id))
                let explanation = account.explanation
                let sum = explanation.evidence.reduce(0) { $0 + $1.weightBits }
                #expect(abs(sum - explanation.weightBits) < 1e-3)
                let isLinked = run.result.links.contains {
                    $0.left == left.id && $0.right == right.id
                }
                switch account.outcome {
                case .assigned, .followed: #expect(isLinked)
                default: #expect(!isLinked)
                }
            }
        }
    }

    @Test("a branch is kept apart by keys, and who is linked instead is named")
    func branch() throws {
        let account = try account("TL", "BR")
        #expect(account.outcome == .refusedByKeys)
        #expect(account.counterpartsOfFirst.map(\.id) == [RecordID("TR")])
        #expect(account.counterpartsOfSecond.isEmpty)
    }

    @Test("a person's verdict decides, and so does what follows from it")
    func verdicts() throws {
        #expect(try account("L1", "R1").outcome == .assigned(isTied: false))
        #expect(try account("L1", "R1").explanation.decidedBy?.kind == .verdict)
        #expect(try account("L2", "R1").outcome == .refusedByPerson(isImplied: true))
    }

    @Test("what has nothing in common was not compared and is too weak")
    func weak() throws {
        let account = try account("L121", "R131")
        #expect(account.outcome == .tooWeak && !account.isCandidate)
        #expect(account.counterpartsOfFirst.isEmpty && account.counterpartsOfSecond.isEmpty)
    }

    @Test("two confirmed taxpayers are kept apart by keys, and both have their counterparts")
    func taxpayers() throws {
        let account = try account("L3", "R4")
        #expect(account.outcome == .refusedByKeys)
        #expect(account.counterpartsOfFirst.map(\.id) == [RecordID("R3")])
        #expect(account.counterpartsOfSecond.map(\.id) == [RecordID("L4")])
    }

    @Test("where another choice is as good, it is named, and the pair is for review")
    func ties() throws {
        let (_, run) = try Self.run.get()
        let straight = try account("E1", "E1")
        let crossed = try account("E1", "E2")
        let (chosen, other) =
            straight.outcome == .assigned(isTied: true) ? (straight, crossed) : (crossed, straight)
        #expect(chosen.outcome == .assigned(isTied: true))
        #expect(chosen.equallyGood.count == 1)
        #expect(other.outcome == .lost)
        #expect(run.result.statistics.assignment.ties == 2)
        #expect(run.result.review.count { $0.doubt == .tied } == 2)
    }

    @Test("records that are not known are not accounted for")
    func unknown() throws {
        let (_, run) = try Self.run.get()
        #expect(run.explainer.account(left: RecordID("R1"), right: RecordID("L1")) == nil)
        #expect(run.explainer.knows(RecordID("L1"), on: .left))
        #expect(!run.explainer.knows(RecordID("L1"), on: .right))
    }
}
