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

    /// By the pair: verdicts and explicit ids.
    private(set) var known: [UInt64: Decision] = [:]
    private let rules: [Rule]
    private let distinctions: [KeyDistinction]
    /// Keys with check digits.
    private let checkedKeys: [ValueColumn]

    private struct KeyDistinction: Sendable {
        var definition: Distinction
        var same: [ValueColumn]
        var different: [ValueColumn]
    }

    private struct Rule: Sendable {
        var definition: KeyRule
        var same: [ValueColumn]
        var compatible: [ValueColumn]
        /// Fields weighed by the rule itself, left out of the other evidence.
        var name: String { definition.name }
    }

    init(
        _ linkage: LinkageDefinition, _ prepared: PreparedLinkage, entity: EntityDefinition,
        verdicts: [KnownPair]
    ) {
        func columns(_ fields: [FieldName]) -> [ValueColumn] {
            fields.compactMap { prepared.keyColumns[$0] }
        }
        rules = linkage.rules.map {
            Rule(definition: $0, same: columns($0.same), compatible: columns($0.compatible))
        }
        distinctions = linkage.distinctions.map {
            KeyDistinction(
                definition: $0, same: columns($0.same), different: columns($0.different))
        }
        var checked: Set<FieldName> = []
        checkedKeys = linkage.rules.flatMap(\.same).filter { checked.insert($0).inserted }
            .compactMap { prepared.keyColumns[$0] }.filter(\.isChecked)
        let ids = RecordIndex(prepared.records)
        for link in linkage.explicitLinks { add(link, prepared.records, entity, ids) }
        for verdict in verdicts {
            guard let first = ids.find(verdict.first, verdict.firstSide),
                let second = ids.find(verdict.second, verdict.secondSide), first != second
            else { continue }
            known[Self.pair(first, second)] = .verdict(isSame: verdict.isSame)
        }
    }

    static func pair(_ first: Int, _ second: Int) -> UInt64 {
        UInt64(min(first, second)) << 32 | UInt64(max(first, second))
    }

    private mutating func add(
        _ link: ExplicitLink, _ records: RecordList, _ entity: EntityDefinition, _ ids: RecordIndex
    ) {
        let (range, side, field): (Range<Int>, Side, FieldName)
        switch (link.left, link.right) {
        case (.id, .field(let name)):
            (range, side, field) = (records.leftCount..<records.count, .left, name)
        case (.field(let name), .id):
            (range, side, field) = (0..<records.leftCount, .right, name)
        default: return
        }
        guard let index = entity.index(of: field) else { return }
        for record in range {
            for text in records[record][index]?.texts ?? [] {
                guard let other = ids.find(RecordID(text), side), other != record else { continue }
                known[Self.pair(record, other)] = .explicit(field: link.fieldName)
            }
        }
    }

    /// What keys decide about a pair; `nil` leaves it to the model.
    ///
    /// `otherWeights` gives the match weights of all comparisons but those of the fields given.
    func decision(
        _ first: Int, _ second: Int, otherWeights: ([FieldName]) -> [Double]
    ) -> Decision? {
        if let decided = known[Self.pair(first, second)] { return decided }
        if distinctions.contains(where: { holds($0, first, second, otherWeights) }) {
            return .distinct
        }
        if checkedKeys.contains(where: { Self.areConfirmedApart($0, first, second) }) {
            return .distinct
        }
        for (index, rule) in rules.enumerated() where !rule.same.isEmpty {
            guard rule.same.count == rule.definition.same.count,
                rule.same.allSatisfy({ Self.agree($0, first, second) == true }),
                rule.compatible.allSatisfy({ Self.agree($0, first, second) != false })
            else { continue }
            if rule.definition.isUnique, !rule.same.contains(where: { Self.isUnique($0, first) }) {
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

    private func holds(
        _ distinction: KeyDistinction, _ first: Int, _ second: Int,
        _ otherWeights: ([FieldName]) -> [Double]
    ) -> Bool {
        let (same, different) = (distinction.same, distinction.different)
        guard !same.isEmpty, same.allSatisfy({ Self.agree($0, first, second) == true }),
            different.contains(where: { Self.agree($0, first, second) == false })
        else { return false }
        // A value that one record a side has is never shared by two records of one side.
        guard let least = distinction.definition.overruledBy,
            same.contains(where: { Self.isUnique($0, first) })
        else { return true }
        let weights = otherWeights(distinction.definition.same + distinction.definition.different)
        // Less than a bit says next to nothing: most companies have the same legal form.
        return weights.contains { $0 < 0 } || weights.count { $0 > 1 } < least
    }

    func ruleName(_ index: Int) -> String { rules[index].name }

    /// Whether two records agree on a key; `nil` when one has no valid value.
    private static func agree(_ column: ValueColumn, _ first: Int, _ second: Int) -> Bool? {
        let (a, b) = (column.values(of: first), column.values(of: second))
        var (seenA, seenB) = (false, false)
        for value in a where column.isValid[Int(value)] {
            seenA = true
            if b.contains(value) { return true }
        }
        for value in b where column.isValid[Int(value)] { seenB = true }
        return seenA && seenB ? false : nil
    }

    /// Whether two records have different valid values, each of which other records have too.
    ///
    /// One valid number can stand where another is meant, but hardly in several records: companies
    /// of a group share name, telephone and address, and stay two taxpayers.
    private static func areConfirmedApart(
        _ column: ValueColumn, _ first: Int, _ second: Int
    ) -> Bool {
        isConfirmed(column, first) && isConfirmed(column, second)
            && agree(column, first, second) == false
    }

    private static func isConfirmed(_ column: ValueColumn, _ record: Int) -> Bool {
        for value in column.values(of: record)
        where !column.isValid[Int(value)] || column.frequencies.counts[Int(value)] < 2 {
            return false
        }
        return true
    }

    /// Whether at most one record a side has the value.
    private static func isUnique(_ column: ValueColumn, _ record: Int) -> Bool {
        column.values(of: record).allSatisfy { column.frequencies.isUniquePerSide[Int($0)] }
    }
}

/// Records by their ids, upper and lower case alike.
private struct RecordIndex {
    private var left: [String: Int] = [:]
    private var right: [String: Int] = [:]

    init(_ records: RecordList) {
        left.reserveCapacity(records.leftCount)
        right.reserveCapacity(records.rightCount)
        for index in 0..<records.count {
            let key = Self.key(records[index].id)
            if index < records.leftCount { left[key] = index } else { right[key] = index }
        }
    }

    func find(_ id: RecordID, _ side: Side) -> Int? {
        side == .left ? left[Self.key(id)] : right[Self.key(id)]
    }

    /// GUIDs come in either case, sometimes in braces.
    private static func key(_ id: RecordID) -> String {
        var text = Substring(id.rawValue)
        if text.first == "{", text.last == "}" { text = text.dropFirst().dropLast() }
        return text.utf8.contains { $0 >= 65 && $0 <= 90 } ? text.lowercased() : String(text)
    }
}
