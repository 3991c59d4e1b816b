internal import Records

extension Linkage {
    /// A record of one side.
    struct Member: Hashable {
        var side: Side
        var id: RecordID
    }

    /// The records of both sides that are one thing, by following links and clusters.
    ///
    /// - Returns: Things of two or more records, in the order of their first mention by links, then by
    ///   clusters.
    func things() -> [[Member]] {
        var numbers: [Member: Int] = [:]
        var members: [Member] = []
        var parent: [Int] = []
        func number(_ side: Side, _ id: RecordID) -> Int {
            let member = Member(side: side, id: id)
            if let known = numbers[member] { return known }
            numbers[member] = members.count
            parent.append(members.count)
            members.append(member)
            return members.count - 1
        }
        func root(_ number: Int) -> Int {
            var root = number
            while parent[root] != root {
                parent[root] = parent[parent[root]]
                root = parent[root]
            }
            return root
        }
        func join(_ first: Int, _ second: Int) {
            let (a, b) = (root(first), root(second))
            parent[max(a, b)] = min(a, b)
        }
        for link in links { join(number(.left, link.left), number(.right, link.right)) }
        for (side, clusters) in [(Side.left, leftClusters), (.right, rightClusters)] {
            for cluster in clusters {
                let first = number(side, cluster.members[0].id)
                for member in cluster.members.dropFirst() { join(first, number(side, member.id)) }
            }
        }
        var (things, places) = ([[Member]](), [Int: Int]())
        for (number, member) in members.enumerated() {
            let top = root(number)
            let place = places[top] ?? things.count
            if place == things.count {
                places[top] = place
                things.append([])
            }
            things[place].append(member)
        }
        return things
    }
}
