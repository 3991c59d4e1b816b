import Records

/// The records of one side, in the order of their ids, and what is asked about them again and again.
struct SideIndex {
    let side: Side
    let records: [Record]
    /// Whether each record is marked as deleted.
    let isDeleted: [Bool]
    /// The cluster of each record, `-1` for none.
    private(set) var cluster: [Int32]
    /// The members of each cluster that are not marked as deleted, in the order of their ids.
    private(set) var members: [[Int32]]
    /// Why each cluster is one.
    private(set) var clusterReason: [LinkReason]

    private let positions: [RecordID: Int32]

    init(_ side: Side, records: [Record], clusters: [Cluster], deletedField: Int?) {
        self.side = side
        self.records = Self.sorted(records)
        var positions: [RecordID: Int32] = [:]
        positions.reserveCapacity(records.count)
        for (index, record) in self.records.enumerated() { positions[record.id] = Int32(index) }
        self.positions = positions
        isDeleted = self.records.map { record in
            guard let deletedField, case .boolean(true) = record[deletedField] else { return false }
            return true
        }
        cluster = Array(repeating: -1, count: records.count)
        members = []
        clusterReason = []
        let ordered = clusters.sorted {
            ($0.members.first?.id ?? RecordID("")) < ($1.members.first?.id ?? RecordID(""))
        }
        for group in ordered {
            var alive: [Int32] = []
            for member in group.members {
                guard let position = positions[member.id] else { continue }
                cluster[Int(position)] = Int32(members.count)
                if !isDeleted[Int(position)] { alive.append(position) }
            }
            members.append(alive.sorted())
            clusterReason.append(group.reason)
        }
    }

    /// The position of a record.
    func position(of id: RecordID) -> Int? { positions[id].map(Int.init) }

    /// Whether any record has a value in a field; without one the field is not kept on this side.
    func keeps(_ field: Int) -> Bool { records.contains { $0[field] != nil } }

    /// What lines say in a field of lines, at least in one record.
    func keptOfLines(_ field: Int) -> LinesComparison.Kept {
        var kept: LinesComparison.Kept = []
        for record in records where kept != .all {
            record[field]?.forEachText { text in
                guard let line = DocumentLine(text) else { return }
                if line.quantity != nil { kept.insert(.quantity) }
                if line.sum != nil { kept.insert(.sum) }
                if line.vat != nil { kept.insert(.vat) }
            }
        }
        return kept
    }

    /// Whether two records are the same thing.
    func areDuplicates(_ first: Int, _ second: Int) -> Bool {
        cluster[first] >= 0 && cluster[first] == cluster[second]
    }

    /// Records as they come from storage are in order already; sorting compares ids, which is slow.
    private static func sorted(_ records: [Record]) -> [Record] {
        let isSorted = zip(records, records.dropFirst()).allSatisfy { $0.id < $1.id }
        return isSorted ? records : records.sorted { $0.id < $1.id }
    }
}

/// Which records are linked to a record of the other side that is not marked as deleted.
struct LinkIndex {
    /// Whether each left record has a living counterpart.
    private(set) var isLeftLinked: [Bool]
    /// Whether each right record has a living counterpart.
    private(set) var isRightLinked: [Bool]
    /// The deleted counterparts of left records that have no living one.
    private(set) var deletedRight: [Int: Int] = [:]
    /// The deleted counterparts of right records that have no living one.
    private(set) var deletedLeft: [Int: Int] = [:]

    init(_ links: [Link], left: SideIndex, right: SideIndex) {
        isLeftLinked = Array(repeating: false, count: left.records.count)
        isRightLinked = Array(repeating: false, count: right.records.count)
        for link in links {
            guard let l = left.position(of: link.left), let r = right.position(of: link.right)
            else { continue }
            if right.isDeleted[r] {
                deletedRight[l] = min(deletedRight[l] ?? r, r)
            } else {
                isLeftLinked[l] = true
            }
            if left.isDeleted[l] {
                deletedLeft[r] = min(deletedLeft[r] ?? l, l)
            } else {
                isRightLinked[r] = true
            }
        }
    }

    /// Whether a record has a living counterpart.
    func isLinked(_ side: Side, _ position: Int) -> Bool {
        side == .left ? isLeftLinked[position] : isRightLinked[position]
    }

    /// The counterpart of a record whose counterparts are all marked as deleted.
    func deletedCounterpart(_ side: Side, _ position: Int) -> Int? {
        side == .left ? deletedRight[position] : deletedLeft[position]
    }
}
