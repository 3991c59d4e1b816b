internal import Records

/// What a run decided, by the numbers of the records.
struct Decisions: Sendable {
    /// Duplicates of one side.
    struct Grouped: Sendable {
        /// In order.
        var members: [UInt32]
        var cluster: Cluster
    }

    /// A pair that is no link but likely enough to be one.
    struct Missed: Sendable {
        /// Its records, the left one in the high half.
        var number: UInt64
        var pair: ReviewPair
    }

    /// By left record, then right.
    var links: LinkList = []
    /// The records of each link, the left one in the high half.
    var linked: [UInt64] = []
    /// Whether another link would replace it at no loss.
    var isTied: [Bool] = []
    /// By first member.
    var leftGroups: [Grouped] = []
    var rightGroups: [Grouped] = []
    /// By left record, then right.
    var missed: [Missed] = []
    var statistics = LinkageStatistics()
    /// Which records are one thing.
    var grouping = Grouping()
    /// Which records hang together by evidence: what is decided about one depends on no record of
    /// another component.
    var components = Components(0)
}

/// Things that hang together, each named after its lowest number.
struct Components: Sendable {
    private var parent: [UInt32]

    init(_ count: Int) { parent = (0..<UInt32(count)).map { $0 } }

    mutating func join(_ first: UInt32, _ second: UInt32) {
        let (first, second) = (root(first), root(second))
        parent[Int(max(first, second))] = min(first, second)
    }

    private mutating func root(_ item: UInt32) -> UInt32 {
        var item = item
        while parent[Int(item)] != item {
            parent[Int(item)] = parent[Int(parent[Int(item)])]
            item = parent[Int(item)]
        }
        return item
    }

    /// The component of each.
    mutating func names() -> [UInt32] {
        for item in parent.indices { parent[item] = root(UInt32(item)) }
        return parent
    }
}
