internal import Records

/// Whether one rule brings two records together.
public struct BlockingTrace: Hashable, Sendable {
    /// What the rule makes of the pair.
    public enum Finding: Hashable, Sendable {
        /// They have no key of the rule in common.
        case nothing
        /// They share a key with so many records, themselves included.
        case shared(records: Int)
        /// Every key that they share is shared by more records than the limit.
        case tooFrequent(records: Int, limit: Int)
    }

    /// The rule's name.
    public var rule: String
    /// What it makes of the pair.
    public var finding: Finding
}

extension CandidatePairs {
    /// Whether a pair was compared.
    ///
    /// - Complexity: O(log pairs).
    func contains(_ pair: UInt64) -> Bool { Self.contains(pair, in: pairs) }

    private static func contains(_ pair: UInt64, in sorted: [UInt64]) -> Bool {
        var range = 0..<sorted.count
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if sorted[middle] == pair { return true }
            range =
                sorted[middle] < pair
                ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return false
    }

    /// What each rule makes of two records.
    ///
    /// - Complexity: O(records) for each rule that finds something.
    func trace(_ first: Int, _ second: Int, _ prepared: PreparedLinkage) -> [BlockingTrace] {
        traces([KeyDecisions.pair(first, second)], prepared).map { rule, findings in
            BlockingTrace(rule: rule, finding: findings[0])
        }
    }

    /// How many of some pairs each rule brings together.
    ///
    /// - Complexity: O(records) for each rule.
    func recall(
        _ pairs: [UInt64], _ prepared: PreparedLinkage
    ) -> [LinkageEvaluation.RuleRecall] {
        let traces = traces(pairs, prepared)
        var foundBy = [Int](repeating: 0, count: pairs.count)
        for (_, findings) in traces {
            for (place, finding) in findings.enumerated() where finding.isFound {
                foundBy[place] += 1
            }
        }
        return traces.map { rule, findings in
            LinkageEvaluation.RuleRecall(
                rule: rule, sharing: findings.count { $0 != .nothing },
                found: findings.count { $0.isFound },
                alone: findings.indices.count { findings[$0].isFound && foundBy[$0] == 1 })
        }
    }

    /// What each rule makes of some pairs, in the order of the rules and of the pairs.
    private func traces(
        _ pairs: [UInt64], _ prepared: PreparedLinkage
    ) -> [(rule: String, findings: [BlockingTrace.Finding])] {
        var traces: [(rule: String, findings: [BlockingTrace.Finding])] = []
        for (rule, makers) in prepared.blocking {
            let limit = statistics.first { $0.rule == rule.name }?.limit ?? 0
            let keys = SharedKeys(makers, records: prepared.records.count)
            let findings = keys.smallestBlocks(pairs).map { smallest -> BlockingTrace.Finding in
                guard let smallest else { return .nothing }
                return smallest <= limit
                    ? .shared(records: smallest) : .tooFrequent(records: smallest, limit: limit)
            }
            traces.append((rule.name, findings))
        }
        for (rule, similar) in prepared.similar {
            traces.append(
                (
                    rule.name,
                    pairs.map {
                        Self.contains($0, in: similar) ? .shared(records: 2) : .nothing
                    }
                ))
        }
        return traces
    }
}

extension BlockingTrace.Finding {
    fileprivate var isFound: Bool {
        if case .shared = self { true } else { false }
    }
}

/// The keys of one rule, as blocks tell them apart.
private struct SharedKeys {
    private let makers: [any KeyMaker]
    private let records: Int
    private let shift: UInt64

    init(_ makers: [any KeyMaker], records: Int) {
        self.makers = makers
        self.records = records
        shift = UInt64(max(PairLayout(recordCount: records).recordBits, 23))
    }

    /// For each pair the records of the smallest block that it shares; `nil` where it shares none.
    func smallestBlocks(_ pairs: [UInt64]) -> [Int?] {
        var sizes: [UInt64: Int] = [:]
        let shared = pairs.map { pair in
            let shared = keys(Int(pair >> 32)).intersection(keys(Int(pair & 0xFFFF_FFFF)))
            for key in shared { sizes[key] = 0 }
            return shared
        }
        guard !sizes.isEmpty else { return pairs.map { _ in nil } }
        for record in 0..<records {
            for key in keys(record) where sizes[key] != nil { sizes[key, default: 0] += 1 }
        }
        return shared.map { $0.compactMap { sizes[$0] }.min() }
    }

    private func keys(_ record: Int) -> Set<UInt64> {
        var (parts, keys) = ([[UInt64]](), [UInt64]())
        for maker in makers {
            var part: [UInt64] = []
            maker.keys(of: record, into: &part)
            parts.append(part)
        }
        KeyBlocks.combine(parts, into: &keys)
        return Set(keys.map { $0 >> shift })
    }
}
