internal import Records

/// What people decided about pairs, with all that follows from it.
///
/// Same as A, and A differs from B: not B. Same as A, and A same as C: same as C. A decision that
/// contradicts later ones is set aside and named; nothing else can be done with it, and a person has
/// to take one of them back.
///
/// Where one thing may have many counterparts on both sides nothing follows: that a payment is of two
/// invoices makes neither the other.
struct VerdictClosure {
    /// A decision about two records by their numbers.
    struct Verdict {
        var first: Int
        var second: Int
        var isSame: Bool
    }

    /// Whether two records are the same thing, for every pair that is decided.
    private(set) var pairs: [UInt64: Bool] = [:]
    /// The pairs that follow and were not decided themselves.
    private(set) var implied: Set<UInt64> = []
    /// The places of decisions that contradict later ones.
    private(set) var contradicted: [Int] = []
    /// Groups, and pairs of groups, that are too large for all that follows.
    private(set) var unconcluded = 0

    /// So many pairs at most follow from two groups; beyond, only what was decided itself counts.
    private static let mostImplied = 4096
    /// Of records that are the same thing so many are asked for each other.
    private static let mostTwins = 8

    /// Draws the conclusions.
    ///
    /// - Parameters:
    ///   - verdicts: In the order in which they were decided; of two about one pair the later counts.
    ///   - concludes: Whether anything follows; otherwise each verdict is about its pair and no other.
    init(_ verdicts: [Verdict], concludes: Bool = true) {
        guard concludes else {
            for verdict in verdicts {
                pairs[KeyDecisions.pair(verdict.first, verdict.second)] = verdict.isSame
            }
            return
        }
        var groups = Groups()
        for (place, verdict) in verdicts.enumerated().reversed() {
            let pair = KeyDecisions.pair(verdict.first, verdict.second)
            guard pairs[pair] == nil else { continue }
            if groups.add(verdict) {
                pairs[pair] = verdict.isSame
            } else {
                contradicted.append(place)
            }
        }
        contradicted.reverse()
        let conclusions = groups.conclusions(most: Self.mostImplied)
        unconcluded = conclusions.leftOut
        for (first, second, isSame) in conclusions.found {
            let pair = KeyDecisions.pair(first, second)
            if pairs.updateValue(isSame, forKey: pair) == nil { implied.insert(pair) }
        }
    }

    /// Records of one side that are the same thing.
    ///
    /// - Parameter boundary: The number of the first right record.
    /// - Returns: By each such record all of its kind, in order, itself among them; of very many only
    ///   the first, of which it need not be one.
    func twins(boundary: Int) -> [Int: [Int]] {
        var twins: [Int: Set<Int>] = [:]
        for (pair, isSame) in pairs where isSame {
            let (first, second) = (Int(pair >> 32), Int(pair & 0xFFFF_FFFF))
            guard (first < boundary) == (second < boundary) else { continue }
            twins[first, default: [first]].insert(second)
            twins[second, default: [second]].insert(first)
        }
        return twins.mapValues { Array($0.sorted().prefix(Self.mostTwins)) }
    }

    /// Records that are the same thing, and which groups of them are not.
    private struct Groups {
        private var group: [Int: Int] = [:]
        private var members: [Int: [Int]] = [:]
        private var apart: [Int: Set<Int>] = [:]

        /// Takes a decision in, unless what is known already says the opposite.
        mutating func add(_ verdict: Verdict) -> Bool {
            let (a, b) = (find(verdict.first), find(verdict.second))
            guard verdict.isSame else {
                guard a != b else { return false }
                apart[a, default: []].insert(b)
                apart[b, default: []].insert(a)
                return true
            }
            if a == b { return true }
            guard apart[a]?.contains(b) != true else { return false }
            let (into, from) =
                (members[a]?.count ?? 0) >= (members[b]?.count ?? 0) ? (a, b) : (b, a)
            for record in members.removeValue(forKey: from) ?? [] {
                group[record] = into
                members[into, default: []].append(record)
            }
            for other in apart.removeValue(forKey: from) ?? [] {
                apart[other]?.remove(from)
                apart[other]?.insert(into)
                apart[into, default: []].insert(other)
            }
            return true
        }

        private mutating func find(_ record: Int) -> Int {
            if let known = group[record] { return known }
            group[record] = record
            members[record] = [record]
            return record
        }

        func conclusions(most: Int) -> (found: [(Int, Int, Bool)], leftOut: Int) {
            var (conclusions, leftOut) = ([(Int, Int, Bool)](), 0)
            for (number, own) in members.sorted(by: { $0.key < $1.key }) {
                if own.count * (own.count - 1) / 2 <= most {
                    for (place, first) in own.enumerated() {
                        for second in own[(place + 1)...] {
                            conclusions.append((first, second, true))
                        }
                    }
                } else {
                    leftOut += 1
                }
                for other in (apart[number] ?? []).sorted() where other > number {
                    let others = members[other] ?? []
                    guard own.count * others.count <= most else {
                        leftOut += 1
                        continue
                    }
                    for first in own {
                        for second in others { conclusions.append((first, second, false)) }
                    }
                }
            }
            return (conclusions, leftOut)
        }
    }
}

extension KeyDecisions {
    /// What follows from verdicts; those about records that are not there say nothing, and are counted.
    static func closure(
        _ verdicts: [KnownPair], _ records: RecordList, concludes: Bool
    ) -> (VerdictClosure, contradicted: [KnownPair], unknown: Int) {
        guard !verdicts.isEmpty else { return (VerdictClosure([]), [], 0) }
        let ids = RecordIndex(records)
        var (found, places, unknown) = ([VerdictClosure.Verdict](), [Int](), 0)
        for (place, verdict) in verdicts.enumerated() {
            guard let first = ids.find(verdict.first, verdict.firstSide),
                let second = ids.find(verdict.second, verdict.secondSide)
            else {
                unknown += 1
                continue
            }
            guard first != second else { continue }
            found.append(
                VerdictClosure.Verdict(first: first, second: second, isSame: verdict.isSame))
            places.append(place)
        }
        let closure = VerdictClosure(found, concludes: concludes)
        return (closure, closure.contradicted.map { verdicts[places[$0]] }, unknown)
    }
}
