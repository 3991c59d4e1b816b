public import Records

/// Everything about a pair: the evidence, how it came to be compared, and what became of it.
public struct PairAccount: Hashable, Sendable {
    /// What became of a pair.
    public enum Outcome: Hashable, Sendable {
        /// The link that was assigned; others would have fitted as well where `isTied`.
        case assigned(isTied: Bool)
        /// The same thing, through the duplicates of one of them.
        case followed
        /// A person decided that they are two things; it follows from other verdicts where `isImplied`.
        case refusedByPerson(isImplied: Bool)
        /// Keys say that they are two things.
        case refusedByKeys
        /// The evidence is too weak.
        case tooWeak
        /// Likely enough, but no blocking rule brought them together.
        case neverCompared
        /// Likely enough, but each other's counterparts, or no counterpart, are better as a whole.
        case lost
    }

    /// A record that has what the other wanted.
    public struct Rival: Hashable, Sendable {
        /// The record.
        public var id: RecordID
        /// How probable its pair with the record asked about is, 0 to 1.
        public var probability: Double
        /// The match weight of that pair, in bits.
        public var weightBits: Double
    }

    /// The evidence.
    public var explanation: LinkageExplanation
    /// What each blocking rule makes of the pair.
    public var blocking: [BlockingTrace]
    /// Whether the pair was compared.
    public var isCandidate: Bool
    /// What became of it.
    public var outcome: Outcome
    /// The counterparts that the first record has, without the second.
    public var counterpartsOfFirst: [Rival]
    /// The counterparts that the second record has, without the first.
    public var counterpartsOfSecond: [Rival]
    /// Right records that the first would have in another assignment of the same total.
    public var equallyGood: [RecordID]
}

extension LinkageExplainer {
    /// Accounts for a pair of a left and a right record.
    ///
    /// - Returns: `nil` when one of the records is not known.
    /// - Complexity: O(records).
    public func account(left leftID: RecordID, right rightID: RecordID) -> PairAccount? {
        let records = solution.prepared.records
        guard let first = records.find(leftID, on: .left),
            let second = records.find(rightID, on: .right)
        else { return nil }
        return account(first, second)
    }

    /// Whether a record is known on a side.
    public func knows(_ id: RecordID, on side: Side) -> Bool {
        solution.prepared.records.find(id, on: side) != nil
    }

    private func account(_ first: Int, _ second: Int) -> PairAccount {
        let bundle = grouping.bundles.first {
            $0.left.contains(first) && $0.right.contains(second)
        }
        let explanation = explain(first, second)
        let pair = KeyDecisions.pair(first, second)
        let isCandidate = solution.candidates.contains(pair)
        return PairAccount(
            explanation: explanation,
            blocking: solution.candidates.trace(first, second, solution.prepared),
            isCandidate: isCandidate,
            outcome: outcome(first, second, bundle, explanation, isCandidate: isCandidate),
            counterpartsOfFirst: grouping.bundles.filter { $0.left.contains(first) }
                .flatMap(\.right).filter { $0 != second }.map { rival($0, of: first) },
            counterpartsOfSecond: grouping.bundles.filter { $0.right.contains(second) }
                .flatMap(\.left).filter { $0 != first }.map { rival($0, of: second) },
            equallyGood: bundle.map { ties($0) } ?? [])
    }

    /// What the things of a link could be exchanged for at no loss.
    private func ties(_ bundle: Grouping.Bundle) -> [RecordID] {
        (bundle.left.first.flatMap { grouping.ties[Int32($0)] } ?? [])
            .filter { $0 >= 0 }.map { solution.prepared.records[Int($0)].id }
    }

    private func outcome(
        _ first: Int, _ second: Int, _ bundle: Grouping.Bundle?,
        _ explanation: LinkageExplanation, isCandidate: Bool
    ) -> PairAccount.Outcome {
        if let bundle {
            guard solution.assigned(bundle.left, bundle.right, Scratch()) == (first, second) else {
                return .followed
            }
            let isTied = bundle.left.first.flatMap { grouping.ties[Int32($0)] } != nil
            return .assigned(isTied: isTied)
        }
        switch solution.keys.known[KeyDecisions.pair(first, second)] {
        case .verdict(false):
            let isImplied = solution.keys.implied.contains(KeyDecisions.pair(first, second))
            return .refusedByPerson(isImplied: isImplied)
        default: break
        }
        if explanation.isDistinct { return .refusedByKeys }
        guard explanation.probability >= solution.options.threshold else { return .tooWeak }
        return isCandidate ? .lost : .neverCompared
    }

    private func rival(_ record: Int, of other: Int) -> PairAccount.Rival {
        let verdict = solution.judge(record, other, Scratch())
        return PairAccount.Rival(
            id: solution.prepared.records[record].id,
            probability: LinkageSolution.probability(
                verdict.bits + grouping.competitionBits(record, other, verdict)),
            weightBits: Double(verdict.weight))
    }
}
