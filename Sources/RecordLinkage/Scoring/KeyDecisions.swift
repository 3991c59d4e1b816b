internal import Records

/// What keys decide about pairs before any weighing: verdicts, explicit ids, rules, distinctions.
struct KeyDecisions: Sendable {
    /// A decision about one pair.
    enum Decision: Hashable, Sendable {
        case verdict(isSame: Bool)
        case explicit(field: String)
        case rule(Int)
        case distinct
    }

    /// By the pair: verdicts with what follows from them, and explicit ids.
    let known: [UInt64: Decision]
    /// The pairs about which a verdict follows from others.
    let implied: Set<UInt64>
    /// By record, those of its side of which people say that they are it, itself included.
    let twins: [Int: [Int]]
    /// Verdicts that contradict later ones, and therefore were not followed.
    let contradicted: [KnownPair]
    /// Groups of verdicts that are too large for all that follows.
    let unconcluded: Int
    /// How many verdicts name a record that is not there, and so say nothing.
    let unknownVerdicts: Int
    /// Values that are too common to decide anything.
    let commonValues: [CommonValues]
    private let rules: [Rule]
    private let distinctions: [KeyDistinction]
    private let allKeys: [KeyColumn]
    /// Keys with check digits.
    private let checkedKeys: [KeyColumn]
    private let screen: KeyScreen
    private let leftCount: Int
    /// Which records stand in ``known``.
    private let isKnown: Frozen<Bool>

    private struct KeyDistinction: Sendable {
        var definition: Distinction
        var same: [KeyColumn]
        var different: [KeyColumn]
    }

    private struct Rule: Sendable {
        var definition: KeyRule
        var same: [KeyColumn]
        var compatible: [KeyColumn]
        /// Fields weighed by the rule itself, left out of the other evidence.
        var name: String { definition.name }
    }

    init(
        _ linkage: LinkageDefinition, _ prepared: PreparedLinkage, entity: EntityDefinition,
        verdicts: [KnownPair], owners: [FieldName: KeyOwners] = [:], threads: Int = 1
    ) {
        let records = prepared.records
        let keys = Self.keyColumns(linkage, prepared, owners, threads: threads)
        commonValues = keys.keys.sorted().compactMap { field in
            keys[field]?.common.map { CommonValues(field: field, count: $0, most: $1) }
        }
        func columns(_ fields: [FieldName]) -> [KeyColumn] { fields.compactMap { keys[$0] } }
        rules = linkage.rules.map {
            Rule(definition: $0, same: columns($0.same), compatible: columns($0.compatible))
        }
        distinctions = linkage.distinctions.map {
            KeyDistinction(
                definition: $0, same: columns($0.same), different: columns($0.different))
        }
        let checked = Set(linkage.rules.flatMap(\.same) + Self.taxIDFields(entity)).sorted()
            .filter { keys[$0]?.column.isChecked == true }
        checkedKeys = columns(checked)
        allKeys = columns(keys.keys.sorted())
        let leading = Set(
            linkage.rules.compactMap(\.same.first) + linkage.distinctions.compactMap(\.same.first))
        screen = KeyScreen(
            leading.union(checked).sorted().compactMap { field in
                keys[field].map { ($0, leading.contains(field), checked.contains(field)) }
            })
        leftCount = records.leftCount
        var known = Self.explicit(linkage.explicitLinks, records, entity)
        let (closure, contradicted, unknown) = Self.closure(
            verdicts, records,
            // Duplicates of one source are one thing under any policy.
            concludes: linkage.assignment != .manyToMany || records.isSingle)
        for (pair, isSame) in closure.pairs { known[pair] = .verdict(isSame: isSame) }
        self.known = known
        implied = closure.implied
        twins = closure.twins(boundary: records.leftCount)
        self.contradicted = contradicted
        unconcluded = closure.unconcluded
        unknownVerdicts = unknown
        var isKnown = [Bool](repeating: false, count: records.count)
        for pair in known.keys {
            isKnown[Int(pair >> 32)] = true
            isKnown[Int(pair & 0xFFFF_FFFF)] = true
        }
        self.isKnown = Frozen(isKnown)
    }

    private static func keyColumns(
        _ linkage: LinkageDefinition, _ prepared: PreparedLinkage,
        _ owners: [FieldName: KeyOwners], threads: Int
    ) -> [FieldName: KeyColumn] {
        let fields = Array(prepared.keyColumns)
        let alone = Set(linkage.rules.filter { $0.same.count == 1 }.flatMap(\.same))
        let made = Parallel.map(count: fields.count, chunk: 1, threads: threads) { range in
            let (field, column) = fields[range.lowerBound]
            return (
                field,
                KeyColumn(
                    column, records: prepared.records.count, owners: owners[field],
                    mustBeRare: column.isChecked || alone.contains(field))
            )
        }
        return Dictionary(uniqueKeysWithValues: made)
    }

    static func pair(_ first: Int, _ second: Int) -> UInt64 {
        UInt64(min(first, second)) << 32 | UInt64(max(first, second))
    }

    private static func explicit(
        _ links: [ExplicitLink], _ records: RecordList, _ entity: EntityDefinition
    ) -> [UInt64: Decision] {
        var known: [UInt64: Decision] = [:]
        // Records by id are looked up only where an id is named at all.
        lazy var ids = RecordIndex(records)
        for link in links {
            let (range, side, field): (Range<Int>, Side, FieldName)
            switch (link.left, link.right) {
            case (.id, .field(let name)):
                (range, side, field) = (records.leftCount..<records.count, .left, name)
            case (.field(let name), .id):
                (range, side, field) = (0..<records.leftCount, .right, name)
            default: continue
            }
            guard let index = entity.index(of: field) else { continue }
            for record in range {
                records.forEachText(record, index) { text in
                    guard let other = ids.find(text, side), other != record else { return }
                    known[Self.pair(record, other)] = .explicit(field: link.fieldName)
                }
            }
        }
        return known
    }

    /// Reads what is asked first of a record of a pair, so that it is at hand: see
    /// ``PreparedComparison/fetch(_:_:)``.
    @inline(__always)
    func fetch(_ record: Int) -> UInt32 { screen.fetch(record) &+ (isKnown[record] ? 1 : 0) }

    /// What keys decide about a pair; `nil` leaves it to the model.
    ///
    /// `otherWeights` gives the match weights of all comparisons but those of the fields given.
    func decision(
        _ first: Int, _ second: Int, otherWeights: ([FieldName]) -> [Double]
    ) -> Decision? {
        if isKnown[first], isKnown[second], let decided = known[Self.pair(first, second)] {
            return decided
        }
        let isOneSide = (first < leftCount) == (second < leftCount)
        switch screen.look(first, second, isOneSide: isOneSide) {
        case .nothing: return nil
        case .apart: return .distinct
        case .mayDecide: break
        }
        if distinctions.contains(where: { holds($0, first, second, otherWeights) }) {
            return .distinct
        }
        if checkedKeys.contains(where: { $0.areApart(first, second, isOneSide: isOneSide) }) {
            return .distinct
        }
        for (index, rule) in rules.enumerated() where !rule.same.isEmpty {
            guard rule.same.count == rule.definition.same.count,
                rule.same.allSatisfy({ $0.agree(first, second) == true }),
                rule.compatible.allSatisfy({ $0.agree(first, second) != false })
            else { continue }
            if rule.definition.isUnique, !rule.same.contains(where: { $0.isUnique(first) }) {
                continue
            }
            if let least = rule.definition.leastOtherEvidence,
                otherWeights(rule.definition.same + rule.definition.compatible)
                    .reduce(0, +) < least
            {
                continue
            }
            return .rule(index)
        }
        return nil
    }

    /// Whether there are keys that tell relatives.
    var hasDistinctions: Bool { !distinctions.isEmpty }

    /// What a decision makes of a pair, for learning.
    func pairClass(
        _ first: Int, _ second: Int, _ decision: Decision?
    ) -> Estimation.PairClass {
        switch decision {
        case nil: .unknown
        case .verdict(true), .explicit, .rule: .match
        case .verdict(false): .apart
        case .distinct: areRelatives(first, second) ? .relatives : .apart
        }
    }

    /// Whether keys tell two records apart that share another key, as a firm and its branch do.
    private func areRelatives(_ first: Int, _ second: Int) -> Bool {
        distinctions.contains { distinction in
            !distinction.same.isEmpty
                && distinction.same.allSatisfy { $0.agree(first, second) == true }
                && distinction.different.contains { $0.agree(first, second) == false }
        }
    }

    private func holds(
        _ distinction: KeyDistinction, _ first: Int, _ second: Int,
        _ otherWeights: ([FieldName]) -> [Double]
    ) -> Bool {
        let (same, different) = (distinction.same, distinction.different)
        guard !same.isEmpty, same.allSatisfy({ $0.agree(first, second) == true }),
            different.contains(where: { $0.agree(first, second) == false })
        else { return false }
        // A value that one record a side has is never shared by two records of one side.
        guard let least = distinction.definition.overruledBy,
            same.contains(where: { $0.isUnique(first) })
        else { return true }
        let weights = otherWeights(distinction.definition.same + distinction.definition.different)
        // Less than a bit says next to nothing: most companies have the same legal form.
        return weights.contains { $0 < 0 } || weights.count { $0 > 1 } < least
    }

    func ruleName(_ index: Int) -> String { rules[index].name }

    /// The records about which people decided, in order.
    var withVerdicts: [UInt32] {
        var records: Set<UInt32> = []
        for case (let pair, .verdict) in known {
            records.formUnion([UInt32(pair >> 32), UInt32(pair & 0xFFFF_FFFF)])
        }
        return records.sorted()
    }

    /// Equal for records that keys and verdicts cannot tell apart.
    func signature(_ record: Int) -> UInt64 {
        if isKnown[record] { return StableHash.of(1, UInt64(record)) }
        return allKeys.reduce(0) { StableHash.of($0, $1.signature(record)) }
    }
}

extension KeyDecisions {
    /// The fields of which it matters how many records have a value: rules and distinctions ask whether
    /// one record a side has it, and numbers with check digits whether they stand in another record too.
    static func countedFields(
        _ linkage: LinkageDefinition, _ prepared: PreparedLinkage
    ) -> [FieldName] {
        var fields = Set(linkage.rules.filter(\.isUnique).flatMap(\.same))
        fields.formUnion(
            linkage.distinctions.filter { $0.overruledBy != nil }.flatMap(\.same))
        fields.formUnion(
            (linkage.rules.flatMap(\.same) + taxIDFields(prepared.columns.entity))
                .filter { prepared.keyColumns[$0]?.isChecked == true })
        return fields.sorted()
    }

    /// The fields that tell taxpayers apart, whether or not a rule names them.
    static func taxIDFields(_ entity: EntityDefinition) -> [FieldName] {
        entity.fields.filter { $0.type == .taxID }.map(\.name)
    }
}
