internal import Records

/// What was decided then, so that it can stand where nothing of it changed.
struct KnownDecisions: Sendable {
    let memory: LinkageMemory
    /// For each record the component that it belongs to.
    let components: Frozen<UInt32>
    /// The records about which people had decided.
    let withVerdicts: Frozen<UInt32>

    init(_ memory: LinkageMemory) {
        self.memory = memory
        components = memory.elements("components")
        withVerdicts = memory.elements("with verdicts")
    }

    /// What stands of components that are not decided again, and what was decided again, in order.
    ///
    /// - Parameters:
    ///   - changes: What changed.
    ///   - isOpen: Whether a component is decided again.
    ///   - again: What was decided again, by the numbers of now.
    ///   - records: The ids of the records of then.
    /// - Returns: All links and near misses; of duplicates those that stand.
    func standing(
        _ changes: RecordChanges, isOpen: [Bool], with again: Decisions,
        records: KnownRecords
    ) -> Decisions {
        let components = components
        @Sendable func number(_ base: UInt32) -> UInt32? {
            isOpen[Int(components[Int(base)])] ? nil : changes.jointOfBase[Int(base)]
        }
        var decisions = Decisions()
        let links = KnownPairs(memory, "links")
        // Where each link comes from: of then, or, below nought, of now.
        var sources: [Int32] = []
        sources.reserveCapacity(links.count + again.links.count)
        decisions.linked.reserveCapacity(links.count + again.links.count)
        decisions.isTied.reserveCapacity(links.count + again.links.count)
        var next = 0
        func takeAgain(before pair: UInt64) {
            while next < again.linked.count, again.linked[next] < pair {
                sources.append(-1 - Int32(next))
                decisions.linked.append(again.linked[next])
                decisions.isTied.append(again.isTied[next])
                next += 1
            }
        }
        for place in 0..<links.count {
            guard let left = number(links.left[place]) else { continue }
            let pair = UInt64(left) << 32 | UInt64(changes.jointOfBase[Int(links.right[place])])
            takeAgain(before: pair)
            sources.append(Int32(place))
            decisions.linked.append(pair)
            decisions.isTied.append(links.flags[place] & 2 != 0)
        }
        takeAgain(before: .max)
        decisions.links = LinkList(
            KeptLinks(
                known: links, records: records, again: Array(again.links), sources: sources))
        let missed = KnownPairs(memory, "missed")
        for place in 0..<missed.count {
            guard let left = number(missed.left[place]), let right = number(missed.right[place])
            else { continue }
            decisions.missed.append(
                Decisions.Missed(
                    number: UInt64(left) << 32 | UInt64(right),
                    pair: ReviewPair(
                        left: records.recordID(missed.left[place]),
                        right: records.recordID(missed.right[place]),
                        reason: missed.reasons[place], probability: missed.probability[place],
                        weightBits: missed.weight[place], doubt: .justMissed)))
        }
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
        (decisions.leftGroups, decisions.rightGroups) = (
            groups("left groups"), groups("right groups")
        )
        return decisions
    }
}

extension MemoryBuilder {
    /// Keeps what was decided.
    mutating func add(_ decisions: Decisions, withVerdicts: [UInt32]) {
        var components = decisions.components
        add("components", components.names())
        add("with verdicts", withVerdicts)
        add("links left", decisions.linked.map { UInt32($0 >> 32) })
        add("links right", decisions.linked.map { UInt32($0 & 0xFFFF_FFFF) })
        add("links probability", decisions.links.map(\.probability))
        add("links weight", decisions.links.map(\.weightBits))
        add(
            "links flags",
            zip(decisions.links, decisions.isTied).map { link, isTied in
                UInt8((link.isAssigned ? 1 : 0) | (isTied ? 2 : 0))
            })
        add(decisions.links.map(\.reason), "links")
        add("missed left", decisions.missed.map { UInt32($0.number >> 32) })
        add("missed right", decisions.missed.map { UInt32($0.number & 0xFFFF_FFFF) })
        add("missed probability", decisions.missed.map(\.pair.probability))
        add("missed weight", decisions.missed.map(\.pair.weightBits))
        add(decisions.missed.map(\.pair.reason), "missed")
        for (name, groups) in [
            ("left groups", decisions.leftGroups), ("right groups", decisions.rightGroups),
        ] {
            var starts: [UInt32] = [0]
            for group in groups {
                starts.append(starts[starts.count - 1] + UInt32(group.members.count))
            }
            add(name + " starts", starts)
            add(name + " members", groups.flatMap(\.members))
            add(name + " probability", groups.flatMap { $0.cluster.members.map(\.probability) })
            add(groups.map(\.cluster.reason), name)
        }
    }

    private mutating func add(_ reasons: [LinkReason], _ name: String) {
        let kinds = LinkReason.Kind.allCases
        var (numbers, starts, details) = ([UInt8](), [UInt64(0)], [UInt8]())
        for reason in reasons {
            numbers.append(UInt8(kinds.firstIndex(of: reason.kind) ?? 0))
            details += reason.detail.utf8
            starts.append(UInt64(details.count))
        }
        add(name + " kinds", numbers)
        add(name + " detail starts", starts)
        add(name + " details", details)
    }
}
