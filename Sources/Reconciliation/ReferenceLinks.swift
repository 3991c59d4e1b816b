public import Records

/// Which records of an entity that others refer to are the same thing, so that references of two
/// systems can be compared: the company of a contact, the product of a line.
public struct ReferenceLinks: Sendable {
    /// The thing that each record is, by number; only things that both sides have.
    private let left: [RecordID: Int32]
    private let right: [RecordID: Int32]

    /// Gathers what is linked.
    ///
    /// - Parameters:
    ///   - links: Links of the entity; only assigned ones count.
    ///   - leftClusters: Duplicates among the left records: to refer to one is to refer to all.
    ///   - rightClusters: Duplicates among the right records.
    public init(links: [Link], leftClusters: [Cluster] = [], rightClusters: [Cluster] = []) {
        var things = Things()
        for (side, clusters) in [(Side.left, leftClusters), (.right, rightClusters)] {
            for cluster in clusters {
                guard let first = cluster.members.first else { continue }
                for member in cluster.members.dropFirst() {
                    things.join(things.number(first.id, side), things.number(member.id, side))
                }
            }
        }
        for link in links where link.isAssigned {
            things.join(things.number(link.left, .left), things.number(link.right, .right))
        }
        (left, right) = things.known
    }

    /// Whether references of both sides mean the same thing.
    ///
    /// - Parameters:
    ///   - left: What the left record refers to; one of several is enough.
    ///   - right: What the right record refers to.
    /// - Returns: `nil` when nothing that one of them refers to is known on the other side.
    public func areSame(_ left: [String], _ right: [String]) -> Bool? {
        let left = left.compactMap { self.left[RecordID($0)] }
        let right = right.compactMap { self.right[RecordID($0)] }
        guard !left.isEmpty, !right.isEmpty else { return nil }
        return left.contains(where: right.contains)
    }

    /// Sets of records that are the same thing.
    private struct Things {
        private var numbers: [Side: [RecordID: Int32]] = [.left: [:], .right: [:]]
        private var parents: [Int32] = []

        mutating func number(_ id: RecordID, _ side: Side) -> Int32 {
            if let number = numbers[side]?[id] { return number }
            let number = Int32(parents.count)
            parents.append(number)
            numbers[side, default: [:]][id] = number
            return number
        }

        mutating func join(_ first: Int32, _ second: Int32) {
            let (a, b) = (root(first), root(second))
            // The older is the root, so that chains stay short.
            if a != b { parents[Int(max(a, b))] = min(a, b) }
        }

        private func root(_ number: Int32) -> Int32 {
            var number = number
            while parents[Int(number)] != number { number = parents[Int(number)] }
            return number
        }

        /// The records of things that both sides have.
        var known: ([RecordID: Int32], [RecordID: Int32]) {
            let left = (numbers[.left] ?? [:]).mapValues(root)
            let right = (numbers[.right] ?? [:]).mapValues(root)
            let common = Set(left.values).intersection(right.values)
            return (
                left.filter { common.contains($0.value) },
                right.filter { common.contains($0.value) }
            )
        }
    }
}
