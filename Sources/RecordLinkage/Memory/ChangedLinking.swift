internal import Records

/// Matches what changed since a memory was made, and what that touches; all else stands.
///
/// In steps, each of which looks at no more than it must:
/// 1. which records changed, by a hash of all that each says;
/// 2. which others keep other candidates than before (``ChangedBlocking``), and their candidates;
/// 3. pairs that came, and those of changed records, are compared: which of them are evidence;
/// 4. components of evidence that a change is in, or that lost a pair or got one, are decided again.
///
/// For 3 and 4 the records concerned make up a ``RecordList`` of their own, in the same order, and the
/// same code works on it as on all of them: with what the memory knows of rarity, a pair weighs the same
/// in whatever company.
struct ChangedLinking {
    let entity: EntityDefinition
    let tables: [ChangedTable]
    let verdicts: [KnownPair]
    let memory: LinkageMemory
    let header: MemoryHeader
    let population: Population
    let options: LinkageOptions
    /// What changed; the records whose ids came, or which carry such an id, as well.
    private(set) var changes: RecordChanges
    private let isEverything: Bool
    private let knownRecords: KnownRecords

    init(
        _ entity: EntityDefinition, _ tables: [ChangedTable], verdicts: [KnownPair],
        _ memory: LinkageMemory, options: LinkageOptions, everything: Bool, mostChanged: Double
    ) throws(MemoryRefusal) {
        guard let header = MemoryHeader(memory), header.entity == entity.name.rawValue,
            header.cells == tables.map(\.read.cellOfField)
        else { throw .unfitting }
        self.header = header
        guard header.options.isAlike(options) else { throw .unfitting }
        (self.entity, self.tables, self.verdicts) = (entity, tables, verdicts)
        (self.memory, self.options, isEverything) = (memory, options, everything)
        population = Population(header, memory)
        knownRecords = KnownRecords(memory)
        guard knownRecords.leftCount == header.leftRecords,
            knownRecords.count == header.leftRecords + header.rightRecords
        else { throw .unfitting }
        changes = try RecordChanges(
            tables, knownRecords, everything: everything, threads: options.threads)
        addCarriers()
        let share = Double(changes.changedCount) / Double(max(1, changes.jointCount))
        guard everything || share <= mostChanged else {
            throw .changedTooMuch(share: Int((share * 10_000).rounded()))
        }
    }

    /// Records that carry an id which leads somewhere now.
    private mutating func addCarriers() {
        for (side, name) in [Side.left, .right].enumerated() {
            let keys: Frozen<UInt64> = memory.elements("dangling keys \(name.rawValue)")
            let carriers: Frozen<UInt32> = memory.elements("dangling carriers \(name.rawValue)")
            guard keys.count > 0 else { continue }
            let offset = side == 0 ? 0..<changes.nowLeft : changes.nowLeft..<changes.nowCount
            for number in offset where changes.baseOfNow[number] == RecordChanges.none {
                let key = RecordIndex.key(tables[side].id(Int(changes.rows[number])))
                var (low, high) = (0, keys.count)
                while low < high {
                    let middle = (low + high) / 2
                    if keys[middle] < key { low = middle + 1 } else { high = middle }
                }
                while low < keys.count, keys[low] == key {
                    changes.add(Int(changes.jointOfBase[Int(carriers[low])]))
                    low += 1
                }
            }
        }
    }

    // MARK: Records of some

    /// Some of the records of now as a list of their own, in the same order.
    private struct Company {
        let list: RecordList
        /// The number among all records of now of each.
        let numbers: [UInt32]
        /// The other way round; ``RecordChanges/none`` for those outside.
        private let places: [UInt32]

        init(_ linking: ChangedLinking, _ numbers: [UInt32]) throws(MemoryRefusal) {
            self.numbers = numbers
            let changes = linking.changes
            let lefts = numbers.prefix { $0 < changes.nowLeft }.map { changes.rows[Int($0)] }
            let rights = numbers.dropFirst(lefts.count).map { changes.rows[Int($0)] }
            let sides = [lefts, rights]
            let tables = Parallel.map(count: 2, chunk: 1, threads: linking.options.threads) {
                range in
                Result { () throws(SourceChanged) in
                    try linking.tables[range.lowerBound].records(sides[range.lowerBound])
                }
            }
            guard let left = try? tables[0].get(), let right = try? tables[1].get() else {
                throw .sourceChanged
            }
            list = RecordList(inOrder: left, right, isSingle: linking.header.isSingle)
            var places = [UInt32](repeating: RecordChanges.none, count: changes.nowCount)
            for (place, number) in numbers.enumerated() { places[Int(number)] = UInt32(place) }
            self.places = places
        }

        /// A pair by the numbers of the list; `nil` when one of its records is outside.
        func pair(_ pair: UInt64) -> UInt64? {
            let (first, second) = (places[Int(pair >> 32)], places[Int(pair & 0xFFFF_FFFF)])
            guard first != RecordChanges.none, second != RecordChanges.none else { return nil }
            return UInt64(first) << 32 | UInt64(second)
        }
    }

    private func prepared(_ company: Company) -> PreparedLinkage {
        PreparedLinkage(
            entity, company.list, population: population, threads: options.threads)
    }

    private func solution(
        _ prepared: PreparedLinkage, _ keys: KeyDecisions, _ pairs: [UInt64]
    ) -> LinkageSolution {
        let candidates = CandidatePairs(chosen: pairs, statistics: header.statistics.blocking)
        return LinkageSolution(
            definition: entity.linkage, prepared: prepared, keys: keys, candidates: candidates,
            vectors: PairVectors(pairs, prepared, threads: options.threads), model: header.model,
            learning: LearningOutcome(), options: options, alone: header.alone)
    }

    private func keys(
        _ prepared: PreparedLinkage, _ traces: [(field: FieldName, trace: KeyTrace)]
    ) -> KeyDecisions {
        let threads = options.threads
        let owners = Parallel.map(count: traces.count, chunk: 1, threads: threads) { range in
            let (field, trace) = traces[range.lowerBound]
            let values = prepared.keyColumns[field]?.table.hashes.all.map { $0 } ?? []
            return (field, trace.owners(of: values))
        }
        return KeyDecisions(
            entity.linkage, prepared, entity: entity, verdicts: verdicts,
            owners: Dictionary(uniqueKeysWithValues: owners), threads: threads)
    }

    // MARK: Steps

    /// Links.
    ///
    /// - Returns: The result, and how much was looked at.
    func link(
        _ progress: (LinkageStage) -> Void
    ) throws(MemoryRefusal) -> (LinkageResult, ChangeSummary) {
        progress(.preparing)
        let changed = try Company(self, changes.changedNow)
        let preparedChanged = prepared(changed)
        try refuseNewFields(changed.list, preparedChanged)
        let traces = traces(changed, preparedChanged)
        var isTouched = [Bool](repeating: false, count: changes.jointCount)
        let touched = Parallel.map(count: traces.count, chunk: 1, threads: options.threads) {
            traces[$0.lowerBound].trace.touched()
        }
        for joint in touched.joined() { isTouched[Int(joint)] = true }
        let decisions = KnownDecisions(memory)
        let withVerdicts = recordsWithVerdicts()

        progress(.blocking)
        let blocking = blocking(changed, preparedChanged)
        var isConcerned = isEverything ? changes.isChanged : blocking.concerned()
        for base in decisions.withVerdicts.all {
            isConcerned[Int(changes.jointOfBase[Int(base)])] = true
        }
        for number in withVerdicts { isConcerned[Int(number)] = true }
        for joint in isTouched.indices where isTouched[joint] { isConcerned[joint] = true }
        let found = CandidatePairs.joined(
            blocking.candidates(of: isConcerned), explicitPairs(changed),
            threads: options.threads)
        let then = pairsThen(isConcerned)

        progress(.comparing)
        var openings = Openings(changes, decisions.components)
        for base in decisions.withVerdicts.all { openings.open(base: base) }
        for joint in isTouched.indices where isTouched[joint] {
            openings.open(number: UInt32(joint))
        }
        for number in withVerdicts { openings.open(number: number) }
        let evidence = try compare(found, then, isTouched, traces, &openings)

        progress(.deciding)
        for pair in evidence {
            openings.open(number: UInt32(pair >> 32))
            openings.open(number: UInt32(pair & 0xFFFF_FFFF))
        }
        let open = try Company(self, openings.records())
        let again = solution(open, found, isConcerned, openings, traces).decisions()
        var result = assemble(again, open, decisions, openings)
        result.statistics.scoredPairs = then.kept + found.count
        return (
            result,
            ChangeSummary(
                changed: changes.changedCount, concerned: isConcerned.count { $0 },
                decidedAgain: open.numbers.count)
        )
    }

    /// Links all records by the model of the memory, and keeps what explanations need.
    func explainer(_ progress: (LinkageStage) -> Void) throws(MemoryRefusal) -> LinkageExplainer {
        progress(.preparing)
        let all = try Company(self, Array(0..<UInt32(changes.nowCount)))
        let preparedAll = prepared(all)
        try refuseNewFields(all.list, preparedAll)
        let traces = traces(all, preparedAll)
        progress(.blocking)
        let found = CandidatePairs.joined(
            blocking(all, preparedAll).candidates(of: changes.isChanged), explicitPairs(all),
            threads: options.threads)
        progress(.deciding)
        let keys = keys(preparedAll, traces)
        let solution = solution(
            preparedAll, keys,
            CandidatePairs.joined(
                found, keys.known.keys.sorted(), threads: options.threads))
        return LinkageExplainer(solution, solution.decisions().grouping)
    }

    /// Fields that were empty on a side are not compared; that must not last once they are filled.
    private func refuseNewFields(
        _ records: RecordList, _ prepared: PreparedLinkage
    ) throws(MemoryRefusal) {
        let known = Set(header.comparisons)
        for definition in entity.linkage.completed(for: entity.fields).comparisons ?? []
        where !known.contains(definition.name) {
            for field in definition.fields.compactMap(entity.index) {
                // One side alone may have the field.
                let sides = [0..<records.leftCount, records.leftCount..<records.count]
                let wasEmpty = header.emptyFields
                for (side, range) in sides.enumerated() where wasEmpty[side].contains(field) {
                    guard range.allSatisfy({ records.cell($0, field).isEmpty }) else {
                        throw .fieldFilled(definition.name)
                    }
                }
            }
        }
    }

    private func traces(
        _ changed: Company, _ prepared: PreparedLinkage
    ) -> [(field: FieldName, trace: KeyTrace)] {
        header.keys.enumerated().compactMap { place, name in
            let field = FieldName(name)
            guard let column = prepared.keyColumns[field] else { return nil }
            return (
                field,
                KeyTrace(
                    starts: memory.elements("key \(place) starts"),
                    hashes: memory.elements("key \(place) hashes"), changed: column,
                    numbers: changed.numbers, records: changes, baseLeft: header.leftRecords)
            )
        }
    }

    private func blocking(_ changed: Company, _ prepared: PreparedLinkage) -> ChangedBlocking {
        let facts = header.rules
        let rules = Parallel.map(count: facts.count, chunk: 1, threads: options.threads) { range in
            let place = range.lowerBound
            let makers = prepared.blocking.first { $0.rule.name == facts[place].rule }?.makers
            return RuleChanges(
                RuleIndex(facts[place], place: place, memory), makers ?? [],
                numbers: makers == nil ? [] : changed.numbers, changes)
        }
        return ChangedBlocking(
            rules: rules, records: changes, leastThen: memory.elements("least strengths"),
            layoutThen: PairLayout(recordCount: header.leftRecords + header.rightRecords),
            isSingle: header.isSingle, threads: options.threads)
    }

    /// The number of a record of now by an id that somebody names.
    private func number(_ key: UInt64, _ side: Side, _ new: [UInt64: UInt32]) -> UInt32? {
        let known = side == .left ? knownRecords.left : knownRecords.right
        if let base = known.base(ofKey: key) {
            let offset = side == .left ? 0 : header.leftRecords
            let joint = changes.jointOfBase[Int(base) + offset]
            if joint < changes.nowCount { return joint }
        }
        return new[key]
    }

    /// The numbers of the new records of a side by what is equal for ids taken for one.
    private func newKeys(_ side: Side) -> [UInt64: UInt32] {
        let range = side == .left ? 0..<changes.nowLeft : changes.nowLeft..<changes.nowCount
        var new: [UInt64: UInt32] = [:]
        for number in range where changes.baseOfNow[number] == RecordChanges.none {
            let id = tables[side == .left ? 0 : 1].id(Int(changes.rows[number]))
            new[RecordIndex.key(id)] = UInt32(number)
        }
        return new
    }

    /// The records of now about which people have decided.
    private func recordsWithVerdicts() -> [UInt32] {
        guard !verdicts.isEmpty else { return [] }
        let new = (left: newKeys(.left), right: newKeys(.right))
        var numbers: [UInt32] = []
        for verdict in verdicts {
            for (id, side) in [
                (verdict.first, verdict.firstSide), (verdict.second, verdict.secondSide),
            ] {
                var text = id.rawValue
                let key = text.withUTF8(RecordIndex.key)
                if let number = number(key, side, side == .left ? new.left : new.right) {
                    numbers.append(number)
                }
            }
        }
        return numbers
    }

    /// The pairs that changed records make by an id that they carry, in order.
    private func explicitPairs(_ changed: Company) -> [UInt64] {
        let new = (left: newKeys(.left), right: newKeys(.right))
        var pairs: Set<UInt64> = []
        NamedIDs.forEach(entity.linkage.explicitLinks, changed.list, entity) { carrier, id, side in
            let own = changed.numbers[carrier]
            let key = RecordIndex.key(id)
            if let other = number(key, side, side == .left ? new.left : new.right), other != own {
                pairs.insert(KeyDecisions.pair(Int(own), Int(other)))
            }
        }
        return pairs.sorted()
    }

    /// The candidates of then.
    private struct Then {
        /// Those of records that are concerned, by the numbers of then and now, in order.
        var concerned: [UInt64]
        /// How many the others are.
        var kept: Int
    }

    private func pairsThen(_ isConcerned: [Bool]) -> Then {
        let pairs: Frozen<UInt64> = memory.elements("candidates")
        let joint = changes.jointOfBase
        let concerned = changes.base(isConcerned, threads: options.threads)
        let found = Parallel.map(count: pairs.count, chunk: 65536, threads: options.threads) {
            range in
            var found: [UInt64] = []
            for place in range {
                let pair = pairs[place]
                let (first, second) = (Int(pair >> 32), Int(pair & 0xFFFF_FFFF))
                if concerned[first] || concerned[second] {
                    let (a, b) = (joint[first], joint[second])
                    found.append(UInt64(min(a, b)) << 32 | UInt64(max(a, b)))
                }
            }
            return found
        }.flatMap { $0 }
        return Then(concerned: found.sorted(), kept: pairs.count - found.count)
    }

    /// Compares what came, and what changed records are in.
    ///
    /// - Returns: Of these the pairs that are evidence.
    private func compare(
        _ found: [UInt64], _ then: Then, _ isTouched: [Bool],
        _ traces: [(field: FieldName, trace: KeyTrace)], _ openings: inout Openings
    ) throws(MemoryRefusal) -> [UInt64] {
        // What keys decide about a pair depends on how many have a value, too.
        func isMoved(_ record: Int) -> Bool { changes.isChanged[record] || isTouched[record] }
        var (moved, place) = ([UInt64](), 0)
        for pair in found {
            while place < then.concerned.count, then.concerned[place] < pair {
                openings.lost(then.concerned[place])
                place += 1
            }
            var isNew = true
            if place < then.concerned.count, then.concerned[place] == pair {
                isNew = false
                place += 1
            }
            let (a, b) = (Int(pair >> 32), Int(pair & 0xFFFF_FFFF))
            if isNew || isMoved(a) || isMoved(b) { moved.append(pair) }
        }
        for pair in then.concerned[place...] { openings.lost(pair) }
        // What is decided again anyway need not be looked at for that.
        let compared = moved.filter { pair in
            !openings.isOpen(number: UInt32(pair >> 32))
                || !openings.isOpen(number: UInt32(pair & 0xFFFF_FFFF))
        }
        var isNeeded = [Bool](repeating: false, count: changes.nowCount)
        for pair in compared {
            isNeeded[Int(pair >> 32)] = true
            isNeeded[Int(pair & 0xFFFF_FFFF)] = true
        }
        let company = try Company(
            self, (0..<UInt32(changes.nowCount)).filter { isNeeded[Int($0)] })
        let prepared = prepared(company)
        let solution = solution(
            prepared, keys(prepared, traces), compared.compactMap(company.pair))
        return solution.evidence().map { edge in
            UInt64(company.numbers[Int(edge.first)]) << 32
                | UInt64(company.numbers[Int(edge.second)])
        }
    }

    /// What there is to decide about records that hang together only with each other.
    private func solution(
        _ open: Company, _ found: [UInt64], _ isConcerned: [Bool],
        _ openings: Openings, _ traces: [(field: FieldName, trace: KeyTrace)]
    ) -> LinkageSolution {
        let prepared = prepared(open)
        let keys = keys(prepared, traces)
        let pairs: Frozen<UInt64> = memory.elements("candidates")
        let joint = changes.jointOfBase
        let nowCount = UInt32(changes.nowCount)
        let (openBase, concerned) = (
            openings.records(changes.baseCount), changes.base(isConcerned, threads: options.threads)
        )
        let kept = Parallel.map(count: pairs.count, chunk: 65536, threads: options.threads) {
            range in
            range.compactMap { place -> UInt64? in
                let (first, second) = (Int(pairs[place] >> 32), Int(pairs[place] & 0xFFFF_FFFF))
                guard openBase[first], openBase[second], !concerned[first], !concerned[second]
                else { return nil }
                let (a, b) = (joint[first], joint[second])
                guard a < nowCount, b < nowCount else { return nil }
                return open.pair(UInt64(a) << 32 | UInt64(b))
            }
        }.flatMap { $0 }
        // Those of records concerned were found again; each list is in order, as the numbers are.
        let again = CandidatePairs.joined(
            kept, found.compactMap(open.pair), threads: options.threads)
        return solution(
            prepared, keys,
            CandidatePairs.joined(
                again, keys.known.keys.sorted(), threads: options.threads))
    }

    /// What was decided again and what stands, in order.
    private func assemble(
        _ again: Decisions, _ open: Company, _ known: KnownDecisions, _ openings: Openings
    ) -> LinkageResult {
        let numbers = open.numbers
        func now(_ pair: UInt64) -> UInt64 {
            UInt64(numbers[Int(pair >> 32)]) << 32 | UInt64(numbers[Int(pair & 0xFFFF_FFFF)])
        }
        var again = again
        again.linked = again.linked.map(now)
        for place in again.missed.indices {
            again.missed[place].number = now(again.missed[place].number)
        }
        var all = known.standing(
            changes, isOpen: openings.isOpen, with: again, records: knownRecords,
            threads: options.threads)
        all.missed = Self.merged(all.missed, again.missed) { $0.number < $1.number }
        func groups(_ again: [Decisions.Grouped]) -> [Decisions.Grouped] {
            again.map { group in
                Decisions.Grouped(
                    members: group.members.map { numbers[Int($0)] }, cluster: group.cluster)
            }
        }
        all.leftGroups = Self.merged(all.leftGroups, groups(again.leftGroups)) {
            $0.members[0] < $1.members[0]
        }
        all.rightGroups = Self.merged(all.rightGroups, groups(again.rightGroups)) {
            $0.members[0] < $1.members[0]
        }
        all.statistics.leftRecords = changes.nowLeft
        all.statistics.rightRecords = changes.nowCount - changes.nowLeft
        header.statistics.add(to: &all.statistics, again.statistics)
        all.statistics.contradictedVerdicts = again.statistics.contradictedVerdicts
        all.statistics.unconcludedVerdicts = again.statistics.unconcludedVerdicts
        all.statistics.unknownVerdicts = again.statistics.unknownVerdicts
        var model = header.model
        model.origin = .reused
        return LinkageResult(all, model: model, zones: entity.linkage.zones)
    }

    private static func merged<Item>(
        _ first: [Item], _ second: [Item], by isBefore: (Item, Item) -> Bool
    ) -> [Item] {
        guard !second.isEmpty else { return first }
        var merged: [Item] = []
        merged.reserveCapacity(first.count + second.count)
        var place = 0
        for item in second {
            while place < first.count, isBefore(first[place], item) {
                merged.append(first[place])
                place += 1
            }
            merged.append(item)
        }
        merged += first[place...]
        return merged
    }
}
