import Records

/// Finds the columns of two tables that say the same.
struct ColumnPairing {
    /// The columns that become one field.
    struct Group {
        var left: [ColumnProfile]
        var right: [ColumnProfile]

        init(_ left: [ColumnProfile], _ right: [ColumnProfile]) {
            self.left = left
            self.right = right
        }

        func has(_ column: ColumnProfile, side: Int) -> Bool {
            (side == 0 ? left : right).contains { $0.header == column.header }
        }
    }

    /// The strongest first.
    private(set) var groups: [Group] = []

    private struct Pair {
        var left: Int
        var right: Int
        var score: Double
    }

    /// Pairs columns so that they are alike as a whole, each with one of the other table.
    ///
    /// - Parameters:
    ///   - left: The columns of the one table.
    ///   - right: Those of the other.
    ///   - likeness: How alike two of them are.
    init(
        _ left: [ColumnProfile], _ right: [ColumnProfile],
        likeness: (ColumnProfile, ColumnProfile) -> Double
    ) {
        var all: [Pair] = []
        for (i, a) in left.enumerated() {
            for (j, b) in right.enumerated() {
                let score = likeness(a, b)
                if score >= ColumnLikeness.least {
                    all.append(Pair(left: i, right: j, score: score))
                }
            }
        }
        let assignment = Assignment(
            leftCount: left.count, rightCount: right.count,
            edges: all.map {
                Assignment.Edge(
                    left: Int32($0.left), right: Int32($0.right), weight: Int64($0.score * 1e6))
            }, mostSteps: 1_000_000)
        all.sort { ($1.score, $0.left, $0.right) < ($0.score, $1.left, $1.right) }
        for pair in all where Int(assignment.rightOfLeft[pair.left]) == pair.right {
            groups.append(Group([left[pair.left]], [right[pair.right]]))
        }
        for pair in all { join(left[pair.left], right[pair.right]) }
    }

    /// Has a column that is left over be a second writing of what its like is: «Полное наименование».
    private mutating func join(_ a: ColumnProfile, _ b: ColumnProfile) {
        let (own, other) = (
            groups.firstIndex { $0.has(a, side: 0) }, groups.firstIndex { $0.has(b, side: 1) }
        )
        switch (own, other) {
        case (nil, let group?) where Self.joins(a, groups[group].left):
            groups[group].left.append(a)
        case (let group?, nil) where Self.joins(b, groups[group].right):
            groups[group].right.append(b)
        default: break
        }
    }

    private static func joins(_ column: ColumnProfile, _ others: [ColumnProfile]) -> Bool {
        [.organizationName, .phone, .email].contains(column.type)
            && others.allSatisfy { $0.type == column.type }
    }
}
