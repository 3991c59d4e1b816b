import Records

extension Reconciliation {
    /// Finds living records of one side that have no counterpart on the other and should have one.
    mutating func findMissing(_ side: Side, _ audit: ExplicitIDAudit) {
        guard certifiedSides.contains(side.other) else { return }
        let own = index(side)
        let expectation = Expectation(rules, of: index(side.other))
        var deletedTargets: Set<Int> = []
        for claim in audit.claims where claim.side == side {
            guard let target = claim.target, index(side.other).isDeleted[target] else { continue }
            deletedTargets.insert(claim.claimer)
        }
        for position in own.records.indices {
            guard !own.isDeleted[position], !linked.isLinked(side, position),
                contested[side]?.contains(position) != true, !deletedTargets.contains(position),
                isFirstOfUnlinkedCluster(position, of: own),
                expectation.holds(for: own.records[position])
            else { continue }
            let record = own.records[position]
            add(
                .missing, side: side.other, left: side == .left ? [position] : [],
                right: side == .right ? [position] : [], title: title(record),
                reason: FindingReason.noCounterpart, evidence: evidence(side, position, audit))
        }
    }

    /// A group of duplicates is missing once, and only when none of them has a counterpart.
    private func isFirstOfUnlinkedCluster(_ position: Int, of own: SideIndex) -> Bool {
        guard own.cluster[position] >= 0 else { return true }
        let members = own.members[Int(own.cluster[position])].map(Int.init)
        return members.first == position && !members.contains { linked.isLinked(own.side, $0) }
    }

    /// Whether a record or one of its duplicates is linked or wrongly so.
    func hasCounterpart(_ side: Side, _ position: Int) -> Bool {
        let own = index(side)
        if linked.isLinked(side, position) || contested[side]?.contains(position) == true {
            return true
        }
        guard own.cluster[position] >= 0 else { return false }
        return own.members[Int(own.cluster[position])].contains { linked.isLinked(side, Int($0)) }
    }

    /// What is known about the counterpart that is not there.
    private func evidence(_ side: Side, _ position: Int, _ audit: ExplicitIDAudit) -> String {
        if let claim = audit.deadEnd(side, position) {
            return "\(FindingReason.pointsNowhere): \(rules.name(of: claim.field)) \(claim.text)"
        }
        if let other = linked.deletedCounterpart(side, position) {
            let id = index(side.other).records[other].id
            return "\(FindingReason.pointsToDeleted): \(id)"
        }
        return ""
    }

    /// Finds groups of living records of one side that are the same thing.
    mutating func findDuplicates(_ side: Side) {
        let own = index(side)
        for (members, reason) in zip(own.members, own.clusterReason) where members.count > 1 {
            let positions = members.map(Int.init)
            add(
                .duplicate, side: side, left: side == .left ? positions : [],
                right: side == .right ? positions : [], title: title(own.records[positions[0]]),
                reason: FindingReason.sameThing,
                evidence: "\(reason.kind.rawValue): \(reason.detail)")
        }
    }
}
