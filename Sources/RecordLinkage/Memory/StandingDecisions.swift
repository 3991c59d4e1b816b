internal import Records

/// What was decided then about components that are not decided again, by the numbers of now.
struct StandingDecisions: Sendable {
    let memory: LinkageMemory
    /// For each record of then the component that it belongs to.
    let components: Frozen<UInt32>
    let changes: RecordChanges
    /// Whether a component is decided again.
    let isOpen: [Bool]
    /// The ids of the records of then.
    let records: KnownRecords

    /// Links in order.
    struct Links: Sendable {
        var list: LinkList = []
        /// The records of each, the left one in the high half.
        var linked: [UInt64] = []
        /// Whether another link would replace it at no loss.
        var isTied: [Bool] = []
    }

    /// The links that stand, among those that were decided again.
    func links(with again: Decisions) -> Links {
        var found = Links()
        let links = KnownPairs(memory, "links")
        // Where each link comes from: of then, or, below nought, of now.
        var sources: [Int32] = []
        sources.reserveCapacity(links.count + again.links.count)
        found.linked.reserveCapacity(links.count + again.links.count)
        found.isTied.reserveCapacity(links.count + again.links.count)
        var next = 0
        func takeAgain(before pair: UInt64) {
            while next < again.linked.count, again.linked[next] < pair {
                sources.append(-1 - Int32(next))
                found.linked.append(again.linked[next])
                found.isTied.append(again.isTied[next])
                next += 1
            }
        }
        for place in 0..<links.count {
            guard let left = number(links.left[place]) else { continue }
            let pair = UInt64(left) << 32 | UInt64(changes.jointOfBase[Int(links.right[place])])
            takeAgain(before: pair)
            sources.append(Int32(place))
            found.linked.append(pair)
            found.isTied.append(links.flags[place] & 2 != 0)
        }
        takeAgain(before: .max)
        found.list = LinkList(
            KeptLinks(
                known: links, records: records, again: Array(again.links), sources: sources))
        return found
    }

    /// The near misses that stand.
    func missed() -> [Decisions.Missed] {
        let missed = KnownPairs(memory, "missed")
        return (0..<missed.count).compactMap { place in
            guard let left = number(missed.left[place]), let right = number(missed.right[place])
            else { return nil }
            return Decisions.Missed(
                number: UInt64(left) << 32 | UInt64(right),
                pair: ReviewPair(
                    left: records.recordID(missed.left[place]),
                    right: records.recordID(missed.right[place]),
                    reason: missed.reasons[place], probability: missed.probability[place],
                    weightBits: missed.weight[place], doubt: .justMissed))
        }
    }

    /// The duplicates of a side that stand.
    func groups(_ name: String) -> [Decisions.Grouped] {
        let starts: Frozen<UInt32> = memory.elements(name + " starts")
        let members: Frozen<UInt32> = memory.elements(name + " members")
        let probability: Frozen<Double> = memory.elements(name + " probability")
        let reasons = KnownReasons(memory, name)
        return (0..<max(0, starts.count - 1)).compactMap { group in
            let range = Int(starts[group])..<Int(starts[group + 1])
            guard number(members[range.lowerBound]) != nil else { return nil }
            var (own, cluster) = ([UInt32](), [Cluster.Member]())
            own.reserveCapacity(range.count)
            cluster.reserveCapacity(range.count)
            for place in range {
                own.append(changes.jointOfBase[Int(members[place])])
                cluster.append(
                    Cluster.Member(
                        id: records.recordID(members[place]), probability: probability[place]))
            }
            return Decisions.Grouped(
                members: own, cluster: Cluster(members: cluster, reason: reasons[group]))
        }
    }

    /// The number now of a record of then; `nil` where it is decided about again.
    private func number(_ base: UInt32) -> UInt32? {
        isOpen[Int(components[Int(base)])] ? nil : changes.jointOfBase[Int(base)]
    }
}
