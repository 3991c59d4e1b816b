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
    ///   - threads: How many threads may work.
    /// - Returns: All links and near misses; of duplicates those that stand.
    func standing(
        _ changes: RecordChanges, isOpen: [Bool], with again: Decisions,
        records: KnownRecords, threads: Int
    ) -> Decisions {
        let standing = StandingDecisions(
            memory: memory, components: components, changes: changes, isOpen: isOpen,
            records: records)
        // Links are most of it.
        let (links, rest) = Parallel.both(threads: threads) {
            standing.links(with: again)
        } _: {
            (
                missed: standing.missed(),
                groups: Parallel.both(threads: threads) {
                    standing.groups("left groups")
                } _: {
                    standing.groups("right groups")
                }
            )
        }
        var decisions = Decisions()
        (decisions.links, decisions.linked, decisions.isTied) = (
            links.list, links.linked, links.isTied
        )
        decisions.missed = rest.missed
        (decisions.leftGroups, decisions.rightGroups) = rest.groups
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
