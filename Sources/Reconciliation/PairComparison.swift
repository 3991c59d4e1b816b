import Records

extension Reconciliation {
    /// Compares the assigned pairs field by field.
    mutating func comparePairs() {
        for link in links where link.isAssigned {
            guard let l = left.position(of: link.left), let r = right.position(of: link.right),
                !left.isDeleted[l], !right.isDeleted[r], !conflicts.contains(PairKey(l, r))
            else { continue }
            let evidence = "\(link.reason.kind.rawValue): \(link.reason.detail)"
            // A person who linked them has seen the identities; a model weighs them as evidence.
            if link.reason.kind == .explicitID, contradictsIdentity(l, r) {
                addConflict(l, r, evidence: evidence)
                continue
            }
            compare(l, r, evidence: evidence)
        }
    }

    private mutating func compare(_ l: Int, _ r: Int, evidence: String) {
        let (leftRecord, rightRecord) = (left.records[l], right.records[r])
        checkedLeft[l] = true
        checkedRight[r] = true
        let verdicts = checkValues(l, r, evidence: evidence)
        var differing: [Int] = []
        for (comparison, kept) in zip(rules.comparisons, kept) {
            let (a, b) = (leftRecord[comparison.field], rightRecord[comparison.field])
            // Most fields of most pairs are equal to the byte.
            if a == b { continue }
            let verdict = comparison.validity.map { verdicts[$0] }
            if verdict?.isInvalid == true { continue }
            let hasLeft = a != nil && verdict?.left.isJunk != true
            let hasRight = b != nil && verdict?.right.isJunk != true
            guard hasLeft == hasRight || (kept.left && kept.right),
                let (severity, reason) = difference(
                    comparison, hasLeft: hasLeft, hasRight: hasRight, leftRecord, rightRecord)
            else { continue }
            differing.append(comparison.field)
            if comparison.explainedBy.contains(where: differing.contains) { continue }
            add(
                .mismatch, severity: severity, side: comparison.rule.authoritative?.other,
                field: comparison.field, left: [l], right: [r], title: title(leftRecord),
                leftValue: a?.plainText, rightValue: b?.plainText, reason: reason,
                evidence: evidence,
                atStake: comparison.rule.atStake ?? moneyBetween(a, b))
        }
        reportJunk(l, r, verdicts, explained: differing)
    }

    /// How two values differ; `nil` when they do not, or when it means nothing.
    private func difference(
        _ comparison: CompiledRules.Comparison, hasLeft: Bool, hasRight: Bool, _ left: Record,
        _ right: Record
    ) -> (Finding.Severity, String)? {
        let texts = TextComparison(
            type: comparison.type, field: comparison.field, alternatives: comparison.alternatives,
            equivalents: comparison.equivalents)
        let rule = comparison.rule
        switch (hasLeft, hasRight) {
        case (false, false): return nil
        case (true, false):
            guard let severity = rule.onlyLeft, !texts.agree(left, right) else { return nil }
            return (severity, FindingReason.onlyLeft)
        case (false, true):
            guard let severity = rule.onlyRight, !texts.agree(left, right) else { return nil }
            return (severity, FindingReason.onlyRight)
        case (true, true):
            guard let a = left[comparison.field], let b = right[comparison.field] else {
                return nil
            }
            let agree =
                ValueComparison.agree(a, b, within: rule.tolerance) ?? texts.agree(left, right)
            return agree ? nil : (rule.severity, FindingReason.differs)
        }
    }

    /// The difference of two amounts of one currency, which is what is at stake.
    private func moneyBetween(_ left: FieldValue?, _ right: FieldValue?) -> Money? {
        guard case .money(let a) = left, case .money(let b) = right, a.currency == b.currency else {
            return nil
        }
        let distance = (Int128(a.minorUnits) - Int128(b.minorUnits)).magnitude
        return Money(minorUnits: Int64(clamping: distance), currency: a.currency)
    }
}
