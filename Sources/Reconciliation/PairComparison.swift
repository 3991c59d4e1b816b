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
        var (differsInCurrency, linesDistance) = (false, nil as Quantity?)
        for (number, comparison) in rules.comparisons.enumerated() {
            let (a, b) = (leftRecord[comparison.field], rightRecord[comparison.field])
            // Most fields of most pairs are equal to the byte; ids of two systems mean nothing by it.
            if a == b, comparison.refersTo == nil || a == nil { continue }
            let verdict = comparison.validity.map { verdicts[$0] }
            if verdict?.isInvalid == true { continue }
            let hasLeft = a != nil && verdict?.left.isJunk != true
            let hasRight = b != nil && verdict?.right.isJunk != true
            let kept = kept[number]
            guard hasLeft == hasRight || (kept.left && kept.right),
                let difference = difference(
                    comparison, lines[number], hasLeft: hasLeft, hasRight: hasRight, leftRecord,
                    rightRecord)
            else { continue }
            differing.append(comparison.field)
            if difference.reason == FindingReason.currencyDiffers {
                // All amounts of a document are of its currency: the first says it for the others.
                if differsInCurrency { continue }
                differsInCurrency = true
            }
            if comparison.type == .line { linesDistance = difference.linesDistance }
            if isExplained(comparison, a, b, by: differing, linesDistance) { continue }
            add(
                .mismatch, severity: difference.severity,
                side: comparison.rule.authoritative?.other,
                field: comparison.field, left: [l], right: [r], title: title(leftRecord),
                leftValue: difference.leftValue, rightValue: difference.rightValue,
                reason: difference.reason, evidence: evidence,
                atStake: comparison.rule.atStake
                    ?? difference.linesDistance.flatMap { money($0, leftRecord, rightRecord) }
                    ?? moneyBetween(a, b))
        }
        reportJunk(l, r, verdicts, explained: differing)
    }

    /// How two values differ.
    private struct Difference {
        var severity: Finding.Severity
        var reason: String
        var leftValue: String?
        var rightValue: String?
        /// By how much the sums of lines differ.
        var linesDistance: Quantity?
    }

    /// How two values differ; `nil` when they do not, or when it means nothing.
    private func difference(
        _ comparison: CompiledRules.Comparison, _ lines: LinesComparison?, hasLeft: Bool,
        hasRight: Bool, _ left: Record, _ right: Record
    ) -> Difference? {
        let rule = comparison.rule
        if let lines {
            return difference(
                of: lines, rule, hasLeft: hasLeft, hasRight: hasRight, left[comparison.field],
                right[comparison.field])
        }
        let (a, b) = (left[comparison.field], right[comparison.field])
        func differs(_ severity: Finding.Severity, _ reason: String) -> Difference {
            Difference(
                severity: severity, reason: reason, leftValue: a?.plainText,
                rightValue: b?.plainText)
        }
        let texts = TextComparison(
            type: comparison.type, field: comparison.field, alternatives: comparison.alternatives,
            equivalents: comparison.equivalents)
        switch (hasLeft, hasRight) {
        case (false, false): return nil
        case (true, false):
            guard let severity = rule.onlyLeft, !texts.agree(left, right) else { return nil }
            return differs(severity, FindingReason.onlyLeft)
        case (false, true):
            guard let severity = rule.onlyRight, !texts.agree(left, right) else { return nil }
            return differs(severity, FindingReason.onlyRight)
        case (true, true):
            guard let a, let b else { return nil }
            if let entity = comparison.refersTo {
                // Nothing follows from a reference to what the other side is not known to have.
                guard references[entity]?.areSame(a.texts, b.texts) == false else { return nil }
                return differs(rule.severity, FindingReason.differs)
            }
            let agree =
                ValueComparison.agree(a, b, within: rule.tolerance) ?? texts.agree(left, right)
            if agree { return nil }
            return differs(
                rule.severity,
                haveTwoCurrencies(a, b) ? FindingReason.currencyDiffers : FindingReason.differs)
        }
    }

    private func difference(
        of lines: LinesComparison, _ rule: FieldRule, hasLeft: Bool, hasRight: Bool,
        _ left: FieldValue?, _ right: FieldValue?
    ) -> Difference? {
        let severity =
            hasLeft && hasRight ? rule.severity : hasLeft ? rule.onlyLeft : rule.onlyRight
        guard hasLeft || hasRight, let severity,
            let found = lines.difference(
                left?.texts.compactMap(DocumentLine.init) ?? [],
                right?.texts.compactMap(DocumentLine.init) ?? [])
        else { return nil }
        return Difference(
            severity: severity, reason: found.reason, leftValue: found.leftValue,
            rightValue: found.rightValue, linesDistance: found.sum)
    }

    /// Whether a difference follows from one that was found before.
    ///
    /// Of totals it does where they differ by as much as the lines: one that was typed in by hand is
    /// wrong by itself.
    private func isExplained(
        _ comparison: CompiledRules.Comparison, _ left: FieldValue?, _ right: FieldValue?,
        by differing: [Int], _ linesDistance: Quantity?
    ) -> Bool {
        let explaining = comparison.explainedBy.filter(differing.contains)
        guard !explaining.isEmpty else { return false }
        guard case .money(let a) = left, case .money(let b) = right,
            explaining.allSatisfy({ rules.definition.fields[$0].type == .line })
        else { return true }
        guard let linesDistance, a.currency == b.currency else { return false }
        let (distance, isTooBig) = a.minorUnits.subtractingReportingOverflow(b.minorUnits)
        // A kopeck is lost by rounding each side's sums.
        return !isTooBig
            && Tolerance.absolute(Quantity(units: 1, scale: 2))
                .allows(Quantity(units: distance, scale: 2), linesDistance)
    }

    /// By how much lines differ, in the currency of both documents; `nil` where they have none in
    /// common, or do not differ in sum.
    private func money(_ distance: Quantity, _ left: Record, _ right: Record) -> Money? {
        guard distance.units != 0, distance.scale <= 2 else { return nil }
        func currencyOf(_ record: Record) -> String? {
            for case .money(let money)? in record.fields { return money.currency }
            return nil
        }
        guard let currency = currencyOf(left), currency == currencyOf(right) else { return nil }
        let factor: Int64 = distance.scale == 0 ? 100 : distance.scale == 1 ? 10 : 1
        let (units, isTooBig) = distance.units.multipliedReportingOverflow(by: factor)
        return isTooBig
            ? nil : Money(minorUnits: Int64(clamping: units.magnitude), currency: currency)
    }

    private func haveTwoCurrencies(_ left: FieldValue, _ right: FieldValue) -> Bool {
        guard case .money(let a) = left, case .money(let b) = right else { return false }
        return a.currency != b.currency
    }

    /// The difference of two amounts of one currency, which is what is at stake; between two
    /// currencies there is none.
    private func moneyBetween(_ left: FieldValue?, _ right: FieldValue?) -> Money? {
        guard case .money(let a) = left, case .money(let b) = right, a.currency == b.currency else {
            return nil
        }
        let distance = (Int128(a.minorUnits) - Int128(b.minorUnits)).magnitude
        return Money(minorUnits: Int64(clamping: distance), currency: a.currency)
    }
}
