import Records

/// Where the explicit ids of living records lead.
struct ExplicitIDAudit {
    /// One id that one record carries.
    struct Claim {
        /// The side of the record that carries it.
        var side: Side
        /// The record's position.
        var claimer: Int
        /// The field with the id.
        var field: Int
        /// The id as written.
        var text: String
        /// The position of the record that it names on the other side; `nil` when there is none.
        var target: Int?
    }

    private(set) var claims: [Claim] = []
    /// Ids that lead nowhere, by the record that carries them.
    private(set) var nowhere: [Side: [Int: Int]] = [.left: [:], .right: [:]]

    init(_ rules: CompiledRules, _ left: SideIndex, _ right: SideIndex) {
        for rule in rules.explicitIDs {
            for side in Side.allCases where rule.rule.sides.contains(side) {
                let (own, other) = side == .left ? (left, right) : (right, left)
                var targets = TargetIndex(other, field: rule.target)
                for (position, record) in own.records.enumerated() where !own.isDeleted[position] {
                    for text in record[rule.field]?.texts ?? [] {
                        let target = targets.position(of: text)
                        if target == nil { nowhere[side]?[position] = claims.count }
                        claims.append(
                            Claim(
                                side: side, claimer: position, field: rule.field, text: text,
                                target: target))
                    }
                }
            }
        }
    }

    /// The id of a record that leads nowhere, if it has one.
    func deadEnd(_ side: Side, _ position: Int) -> Claim? {
        nowhere[side]?[position].map { claims[$0] }
    }
}

/// Finds the record that an explicit id names.
private struct TargetIndex {
    let side: SideIndex
    let field: Int?
    /// Positions by folded id; built when an id is not found as it is written, which is rare.
    private var folded: [String: Int]?

    init(_ side: SideIndex, field: Int?) {
        self.side = side
        self.field = field
    }

    mutating func position(of text: String) -> Int? {
        if field == nil, let position = side.position(of: RecordID(text)) { return position }
        if folded == nil { folded = fold() }
        return folded?[Self.folded(text)]
    }

    /// Of records with one folded id a living one wins, then the first.
    private func fold() -> [String: Int] {
        var positions: [String: Int] = [:]
        positions.reserveCapacity(side.records.count)
        for (position, record) in side.records.enumerated() {
            let texts = field.map { record[$0]?.texts ?? [] } ?? [record.id.rawValue]
            for text in texts {
                let key = Self.folded(text)
                if let before = positions[key], !side.isDeleted[before] { continue }
                if positions[key] != nil, side.isDeleted[position] { continue }
                positions[key] = position
            }
        }
        return positions
    }

    /// GUIDs are written in either case, with or without braces.
    private static func folded(_ text: String) -> String {
        text.lowercased().filter { $0 != "{" && $0 != "}" && !$0.isWhitespace }
    }
}

extension Reconciliation {
    /// Finds broken links and conflicts among explicit ids.
    mutating func auditExplicitIDs(_ audit: ExplicitIDAudit) {
        var claimers: [ClaimKey: [Int]] = [:]
        for claim in audit.claims {
            guard let target = claim.target else {
                // Without any counterpart the record is missing; see `findMissing`.
                if certifiedSides.contains(claim.side.other),
                    hasCounterpart(claim.side, claim.claimer)
                {
                    addBrokenLink(claim, target: nil, reason: FindingReason.pointsNowhere)
                }
                continue
            }
            guard !index(claim.side.other).isDeleted[target] else {
                addBrokenLink(claim, target: target, reason: FindingReason.pointsToDeleted)
                continue
            }
            let key = ClaimKey(side: claim.side, field: claim.field, target: target)
            claimers[key, default: []].append(claim.claimer)
        }
        for (key, positions) in claimers.sorted(by: { $0.key < $1.key }) {
            let others = positions.filter { contradicts(key, $0) }
            if addDoubleClaim(key, positions) {
                // Whoever claims it wrongly is told by the one finding about all who claim it.
                for position in others { contest(key.pair(with: position)) }
            } else {
                let evidence = evidence(ofField: key.field)
                for position in others {
                    let pair = key.pair(with: position)
                    addConflict(Int(pair.left), Int(pair.right), evidence: evidence)
                }
            }
        }
    }

    private func contradicts(_ key: ClaimKey, _ claimer: Int) -> Bool {
        let pair = key.pair(with: claimer)
        return contradictsIdentity(Int(pair.left), Int(pair.right))
    }

    /// Remembers that a pair is not to be compared, and its records not to be missing for it.
    ///
    /// - Returns: Whether it was not known before.
    @discardableResult
    private mutating func contest(_ pair: PairKey) -> Bool {
        guard conflicts.insert(pair).inserted else { return false }
        contested[.left]?.insert(Int(pair.left))
        contested[.right]?.insert(Int(pair.right))
        return true
    }

    /// Whether two records have valid identities that have nothing in common.
    func contradictsIdentity(_ l: Int, _ r: Int) -> Bool {
        guard let identity = rules.identity else { return false }
        let (leftRecord, rightRecord) = (left.records[l], right.records[r])
        guard let a = leftRecord[identity.field], let b = rightRecord[identity.field], a != b,
            [a, b].allSatisfy({ value in
                value.texts.contains { ValueCheck.defect(of: $0, type: identity.type) == nil }
            })
        else { return false }
        let comparison = TextComparison(
            type: identity.type, field: identity.field, alternatives: identity.alternatives)
        return !comparison.agree(leftRecord, rightRecord)
    }

    /// Adds a conflict between two taxpayers, once per pair.
    mutating func addConflict(_ l: Int, _ r: Int, evidence: String) {
        guard let identity = rules.identity, contest(PairKey(l, r)) else { return }
        add(
            .conflict, side: nil, field: identity.field, left: [l], right: [r],
            title: title(left.records[l]),
            leftValue: left.records[l][identity.field]?.plainText,
            rightValue: right.records[r][identity.field]?.plainText,
            reason: FindingReason.otherTaxpayer, evidence: evidence)
    }

    /// Adds a conflict when records that are not duplicates of each other carry the same id.
    ///
    /// - Returns: Whether they do.
    private mutating func addDoubleClaim(_ key: ClaimKey, _ positions: [Int]) -> Bool {
        let claimers = Array(Set(positions)).sorted()
        let side = index(key.side)
        guard claimers.dropFirst().contains(where: { !side.areDuplicates(claimers[0], $0) })
        else { return false }
        for position in claimers { contested[key.side]?.insert(position) }
        let text = side.records[claimers[0]][key.field]?.plainText
        add(
            .conflict, side: key.side, field: key.field,
            left: key.side == .left ? claimers : [key.target],
            right: key.side == .right ? claimers : [key.target],
            title: title(index(key.side.other).records[key.target]),
            leftValue: key.side == .left ? text : nil, rightValue: key.side == .right ? text : nil,
            reason: FindingReason.claimedTwice, evidence: evidence(ofField: key.field))
        return true
    }

    private mutating func addBrokenLink(
        _ claim: ExplicitIDAudit.Claim, target: Int?, reason: String
    ) {
        let record = index(claim.side).records[claim.claimer]
        add(
            .brokenLink, side: claim.side, field: claim.field,
            left: claim.side == .left ? [claim.claimer] : target.map { [$0] } ?? [],
            right: claim.side == .right ? [claim.claimer] : target.map { [$0] } ?? [],
            title: title(record), leftValue: claim.side == .left ? claim.text : nil,
            rightValue: claim.side == .right ? claim.text : nil, reason: reason,
            evidence: evidence(ofField: claim.field))
    }

    private func evidence(ofField field: Int) -> String {
        "\(LinkReason.Kind.explicitID.rawValue): \(rules.name(of: field))"
    }
}

extension CompiledRules {
    /// The name of a field by its position.
    func name(of field: Int) -> String { definition.fields[field].name.rawValue }
}

private struct ClaimKey: Hashable, Comparable {
    var side: Side
    var field: Int
    var target: Int

    static func < (left: Self, right: Self) -> Bool {
        (left.side.rawValue, left.field, left.target)
            < (right.side.rawValue, right.field, right.target)
    }

    /// The record that is claimed and one that claims it.
    func pair(with claimer: Int) -> PairKey {
        side == .left ? PairKey(claimer, target) : PairKey(target, claimer)
    }
}
