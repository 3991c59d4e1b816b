internal import Records

// From things to links: every pair of a left and a right record of one thing.
extension LinkageSolution {
    /// A pair of a left and a right record that are one thing.
    struct Draft: BitwiseCopyable, Sendable {
        let left: UInt32
        let right: UInt32
        let isAssigned: Bool
    }

    /// The pairs of all things.
    struct Drafts: Sendable {
        /// In the order of their records, which is that of their ids.
        var pairs: [Draft] = []
        /// By pair of duplicates: the pair by which their thing is linked, and that they follow.
        var followed: [UInt64: UInt64] = [:]
    }

    /// The links of drafts, in their order.
    func links(_ drafts: Drafts, _ grouping: Grouping) -> [Link] {
        let pairs = drafts.pairs
        return Parallel.array(count: pairs.count, chunk: 4096, threads: options.threads) {
            range, links in
            let scratch = Scratch()
            var text: [UInt8] = []
            for place in range {
                if place & 63 == 0 {
                    // Right records stand anywhere in memory: they are waited for all at once.
                    for draft in pairs[place..<min(place + 64, range.upperBound)] {
                        scratch.fetched &+= keys.fetch(Int(draft.right))
                        scratch.fetched &+= UInt32(prepared.records.id(Int(draft.right)).first ?? 0)
                    }
                }
                let link = link(pairs[place], drafts.followed, grouping, scratch, &text)
                (links + (place - range.lowerBound)).initialize(to: link)
            }
        }
    }

    /// The pairs of all things.
    func drafts(of bundles: [Grouping.Bundle]) -> Drafts {
        let layout = PairLayout(recordCount: prepared.records.count)
        let parts = Parallel.map(count: bundles.count, chunk: 4096, threads: options.threads) {
            range in
            let scratch = Scratch()
            var part: (entries: [UInt64], followed: [(pair: UInt64, chosen: UInt64)]) = ([], [])
            part.entries.reserveCapacity(range.count)
            for bundle in bundles[range] {
                let chosen = assigned(bundle.left, bundle.right, scratch)
                for left in bundle.left {
                    for right in bundle.right {
                        let isAssigned: UInt64 = (left, right) == chosen ? 1 : 0
                        part.entries.append(layout.entry(UInt64(left), UInt64(right), isAssigned))
                        if isAssigned == 0 {
                            part.followed.append(
                                (Self.key(left, right), Self.key(chosen.0, chosen.1)))
                        }
                    }
                }
            }
            return part
        }
        var entries = parts.flatMap(\.entries)
        RadixSort.sort(&entries, bits: PairLayout.strengthBits, layout.highestBit)
        var drafts = Drafts()
        for (pair, chosen) in parts.flatMap(\.followed) { drafts.followed[pair] = chosen }
        drafts.pairs = entries.map { entry in
            let pair = layout.pair(entry)
            return Draft(
                left: UInt32(pair >> 32), right: UInt32(pair & 0xFFFF_FFFF),
                isAssigned: layout.strength(entry) == 1)
        }
        return drafts
    }

    private static func key(_ left: Int, _ right: Int) -> UInt64 {
        UInt64(left) << 32 | UInt64(right)
    }

    /// The pair of a thing by which it is linked.
    func assigned(_ left: [Int], _ right: [Int], _ scratch: Scratch) -> (Int, Int) {
        guard left.count > 1 || right.count > 1, !left.isEmpty, !right.isEmpty else {
            return (left.first ?? -1, right.first ?? -1)
        }
        var (chosen, best) = ((-1, -1), (rank: -1, bits: -Float.infinity))
        for first in left {
            for second in right {
                let verdict = judge(first, second, scratch)
                // Of equal ones the first.
                guard (verdict.rank, verdict.bits) > best else { continue }
                (chosen, best) = ((first, second), (verdict.rank, verdict.bits))
            }
        }
        return chosen
    }

    private func link(
        _ draft: Draft, _ followed: [UInt64: UInt64], _ grouping: Grouping, _ scratch: Scratch,
        _ text: inout [UInt8]
    ) -> Link {
        let (first, second) = (Int(draft.left), Int(draft.right))
        let verdict = judge(first, second, scratch)
        var probability = probability(first, second, verdict, grouping)
        if !draft.isAssigned, let chosen = followed[Self.key(first, second)] {
            // What follows is as sure as the link that it follows and the duplicates together.
            let (left, right) = (Int(chosen >> 32), Int(chosen & 0xFFFF_FFFF))
            let ofChosen = self.probability(
                left, right, judge(left, right, scratch), grouping)
            probability = max(
                probability,
                ofChosen * grouping.duplicates(first, left) * grouping.duplicates(second, right))
        }
        return Link(
            left: prepared.records[first].id, right: prepared.records[second].id,
            reason: draft.isAssigned || verdict.rank >= 2
                ? reason(first, second, verdict, scratch, &text)
                : LinkReason(.cluster, detail: evidence(first, second, scratch, &text)),
            probability: probability, weightBits: Double(verdict.weight),
            isAssigned: draft.isAssigned)
    }

    /// How likely a pair is to be one thing by itself, its rivals considered.
    private func probability(
        _ first: Int, _ second: Int, _ verdict: Verdict, _ grouping: Grouping
    ) -> Double {
        verdict.rank >= 2
            ? 1
            : Self.probability(verdict.bits + grouping.competitionBits(first, second, verdict))
    }

    // MARK: Reasons

    /// Why two records are one thing; `text` is memory to be used again.
    func reason(
        _ first: Int, _ second: Int, _ verdict: Verdict, _ scratch: Scratch,
        _ text: inout [UInt8]
    ) -> LinkReason {
        switch verdict.decision {
        case .verdict: LinkReason(.verdict, detail: "")
        case .explicit(let field): LinkReason(.explicitID, detail: field)
        case .rule(let index): LinkReason(.rule, detail: keys.ruleName(index))
        default: LinkReason(.model, detail: evidence(first, second, scratch, &text))
        }
    }

    /// `name ≈ +9.1; phone = +11.3; kpp ≠ −2.0`, the strongest first.
    private func evidence(
        _ first: Int, _ second: Int, _ scratch: Scratch, _ text: inout [UInt8]
    ) -> String {
        text.removeAll(keepingCapacity: true)
        withCells(min(first, second), max(first, second), scratch) { cells in
            withUnsafeTemporaryAllocation(of: EvidencePart.self, capacity: cells.count) { parts in
                var count = 0
                for (index, cell) in cells.enumerated() where cell >> 8 != 255 {
                    let bits = weights.weight(index, in: cells[...])
                    // Sorted in where it belongs: there are few.
                    var place = count
                    while place > 0, abs(parts[place - 1].bits) < abs(bits) {
                        parts[place] = parts[place - 1]
                        place -= 1
                    }
                    parts[place] = EvidencePart(index: index, level: Int(cell >> 8), bits: bits)
                    count += 1
                }
                for part in parts[..<count] {
                    if !text.isEmpty { text.append(contentsOf: "; ".utf8) }
                    text.append(contentsOf: labels[part.index][part.level])
                    Self.append(part.bits, to: &text)
                }
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private struct EvidencePart: BitwiseCopyable {
        let index: Int
        let level: Int
        let bits: Float
    }

    /// Appends bits with a sign and one place after the point.
    private static func append(_ bits: Float, to text: inout [UInt8]) {
        text.append(contentsOf: (bits < 0 ? "−" : "+").utf8)
        let tenths = Int((abs(bits) * 10).rounded())
        var (whole, place) = (tenths / 10, 1)
        while whole / place >= 10 { place *= 10 }
        while place > 0 {
            text.append(UInt8(ascii: "0") + UInt8(whole / place % 10))
            place /= 10
        }
        whole = tenths % 10
        text.append(UInt8(ascii: "."))
        text.append(UInt8(ascii: "0") + UInt8(whole))
    }
}
