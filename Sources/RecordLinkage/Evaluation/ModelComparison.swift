public import Records

/// The pairs that change side when the same records are linked by another model.
public struct ModelComparison: Hashable, Sendable {
    /// A pair that one model links and the other does not.
    public struct Change: Hashable, Sendable {
        /// The left record.
        public var left: RecordID
        /// The right record.
        public var right: RecordID
        /// Whether the second model links it, and not the first.
        public var isGained: Bool
        /// Its probability by the first model, 0 to 1.
        public var before: Double
        /// Its probability by the second.
        public var after: Double
    }

    /// The pairs, by left id, then right id.
    public var changed: [Change] = []
    /// Links that both models make.
    public var kept = 0

    /// Compares two runs over the same records.
    public init(
        _ first: (result: LinkageResult, explainer: LinkageExplainer),
        _ second: (result: LinkageResult, explainer: LinkageExplainer)
    ) {
        func isBefore(_ a: Link, _ b: Link) -> Bool { (a.left, a.right) < (b.left, b.right) }
        func probability(_ explainer: LinkageExplainer, _ link: Link) -> Double {
            explainer.explain(left: link.left, right: link.right)?.probability ?? 0
        }
        func add(_ link: Link, isGained: Bool) {
            changed.append(
                Change(
                    left: link.left, right: link.right, isGained: isGained,
                    before: probability(first.explainer, link),
                    after: probability(second.explainer, link)))
        }
        let (old, new) = (first.result.links, second.result.links)
        var (i, j) = (0, 0)
        while i < old.count || j < new.count {
            if j == new.count || (i < old.count && isBefore(old[i], new[j])) {
                add(old[i], isGained: false)
                i += 1
            } else if i == old.count || isBefore(new[j], old[i]) {
                add(new[j], isGained: true)
                j += 1
            } else {
                kept += 1
                i += 1
                j += 1
            }
        }
    }
}
