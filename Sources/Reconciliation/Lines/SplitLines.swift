internal import Records

/// Products that one document has in several lines and the other in one.
///
/// The same goods of two warehouses, or with two days of delivery: such lines differ one by one and say
/// the same together.
struct SplitLines {
    private let left: [DocumentLine]
    private let right: [DocumentLine]
    /// The group of each line: lines of one product, on either side; -1 where nothing joins it.
    private var leftGroup: [Int]
    private var rightGroup: [Int]

    init(_ left: [DocumentLine], _ right: [DocumentLine], _ pairing: LinePairing) {
        (self.left, self.right) = (left, right)
        leftGroup = Array(repeating: -1, count: left.count)
        rightGroup = Array(repeating: -1, count: right.count)
        // Only a product of which one side has lines to spare can be split.
        guard !pairing.onlyLeft.isEmpty || !pairing.onlyRight.isEmpty else { return }
        for (group, pair) in pairing.pairs.enumerated() {
            let (l, r) = (pair.left, pair.right)
            guard leftGroup[l] < 0, rightGroup[r] < 0 else { continue }
            for other in left.indices where Self.areOfOne(left[l], left[other]) {
                leftGroup[other] = group
            }
            for other in right.indices where Self.areOfOne(right[r], right[other]) {
                rightGroup[other] = group
            }
            (leftGroup[l], rightGroup[r]) = (group, group)
        }
    }

    /// Whether all lines of the product of a line, on both sides, come to the same quantity and sum.
    func addUp(_ l: Int?, _ r: Int?, _ comparison: LinesComparison) -> Bool {
        let group = l.map { leftGroup[$0] } ?? r.map { rightGroup[$0] } ?? -1
        guard group >= 0 else { return false }
        let a = left.indices.filter { leftGroup[$0] == group }
        let b = right.indices.filter { rightGroup[$0] == group }
        guard a.count > 1 || b.count > 1, let first = total(a.map { left[$0] }),
            let second = total(b.map { right[$0] })
        else { return false }
        return comparison.aspects(first, second).isEmpty
    }

    /// One line for all; `nil` when they cannot be added.
    private func total(_ lines: [DocumentLine]) -> DocumentLine? {
        guard var total = lines.first else { return nil }
        for line in lines.dropFirst() {
            guard line.vat == total.vat, let quantity = line.quantity, let sum = line.sum,
                let quantities = total.quantity?.adding(quantity),
                let sums = total.sum?.adding(sum)
            else { return nil }
            (total.quantity, total.sum) = (quantities, sums)
        }
        return total
    }

    private static func areOfOne(_ first: DocumentLine, _ second: DocumentLine) -> Bool {
        if let a = first.product, let b = second.product {
            return a == b && first.name == second.name
        }
        return first.name != nil && first.name == second.name
    }
}
