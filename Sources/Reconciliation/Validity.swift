import Records

/// What the values of a linked pair in one checked field turned out to be.
struct PairValidity {
    var left: CompiledRules.Validity.Verdict
    var right: CompiledRules.Validity.Verdict

    var isInvalid: Bool { left.isInvalid || right.isInvalid }
}

extension CompiledRules.Validity.Verdict {
    var isInvalid: Bool { defect != nil && !isJunk }

    var isJunk: Bool {
        if case .junk = self { true } else { false }
    }

    var defect: String? {
        switch self {
        case .junk(let defect), .invalid(let defect): defect
        case .empty, .valid: nil
        }
    }
}

extension Reconciliation {
    /// Checks the values of a linked pair; each impossible one is reported with its counterpart.
    ///
    /// - Returns: A verdict per validity rule.
    mutating func checkValues(_ l: Int, _ r: Int, evidence: String) -> [PairValidity] {
        let (leftRecord, rightRecord) = (left.records[l], right.records[r])
        var verdicts: [PairValidity] = []
        verdicts.reserveCapacity(rules.validity.count)
        for rule in rules.validity {
            let (a, b) = (leftRecord[rule.field], rightRecord[rule.field])
            let leftVerdict = rule.verdict(on: leftRecord)
            // What is possible in one record is possible in the other; only exceptions differ.
            let rightVerdict =
                a == b && leftVerdict == .valid && rule.exceptions.isEmpty
                ? leftVerdict : rule.verdict(on: rightRecord)
            let verdict = PairValidity(left: leftVerdict, right: rightVerdict)
            verdicts.append(verdict)
            guard verdict.isInvalid else { continue }
            if verdict.left == verdict.right, a == b {
                addInvalid(rule, l, r, side: nil, verdict.left, evidence: evidence)
                continue
            }
            if verdict.left.isInvalid {
                addInvalid(rule, l, r, side: .left, verdict.left, evidence: evidence)
            }
            if verdict.right.isInvalid {
                addInvalid(rule, l, r, side: .right, verdict.right, evidence: evidence)
            }
        }
        return verdicts
    }

    /// Adds an impossible value of a linked pair: of one side, or of both when it is the same.
    private mutating func addInvalid(
        _ rule: CompiledRules.Validity, _ l: Int, _ r: Int, side: Side?,
        _ verdict: CompiledRules.Validity.Verdict, evidence: String
    ) {
        let (leftRecord, rightRecord) = (left.records[l], right.records[r])
        add(
            .invalid, severity: rule.rule.severity, side: side, field: rule.field,
            left: side == .right ? [] : [l], right: side == .left ? [] : [r],
            title: title(side == .right ? rightRecord : leftRecord),
            leftValue: leftRecord[rule.field]?.plainText,
            rightValue: rightRecord[rule.field]?.plainText, reason: verdict.defect ?? "",
            evidence: evidence)
    }

    /// Reports texts typed for "none" that no one-sided mismatch has reported already.
    mutating func reportJunk(_ l: Int, _ r: Int, _ verdicts: [PairValidity], explained: [Int]) {
        for (rule, verdict) in zip(rules.validity, verdicts) where !explained.contains(rule.field) {
            guard !verdict.isInvalid else { continue }
            if verdict.left.isJunk { addJunk(.left, l, rule, verdict.left) }
            if verdict.right.isJunk { addJunk(.right, r, rule, verdict.right) }
        }
    }

    /// Checks the values of living records that were not compared with a counterpart.
    mutating func checkRemainingValues() {
        for side in Side.allCases {
            let index = index(side)
            for position in index.records.indices where !index.isDeleted[position] {
                let isChecked = side == .left ? checkedLeft[position] : checkedRight[position]
                if !isChecked { checkValues(of: index.records[position], position, on: side) }
            }
        }
    }

    private mutating func checkValues(of record: Record, _ position: Int, on side: Side) {
        for rule in rules.validity {
            let verdict = rule.verdict(on: record)
            switch verdict {
            case .empty, .valid: continue
            case .junk: addJunk(side, position, rule, verdict)
            case .invalid(let defect):
                let value = record[rule.field]?.plainText
                add(
                    .invalid, severity: rule.rule.severity, side: side, field: rule.field,
                    left: side == .left ? [position] : [], right: side == .right ? [position] : [],
                    title: title(record), leftValue: side == .left ? value : nil,
                    rightValue: side == .right ? value : nil, reason: defect)
            }
        }
    }

    private mutating func addJunk(
        _ side: Side, _ position: Int, _ rule: CompiledRules.Validity,
        _ verdict: CompiledRules.Validity.Verdict
    ) {
        guard let severity = rule.rule.junkSeverity else { return }
        let record = index(side).records[position]
        let value = record[rule.field]?.plainText
        add(
            .invalid, severity: severity, side: side, field: rule.field,
            left: side == .left ? [position] : [], right: side == .right ? [position] : [],
            title: title(record), leftValue: side == .left ? value : nil,
            rightValue: side == .right ? value : nil, reason: verdict.defect ?? "")
    }
}
