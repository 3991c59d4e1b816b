public import Records

/// Explains pairs of a run: why they are, or are not, held to be the same thing.
public struct LinkageExplainer: Sendable {
    let solution: LinkageSolution
    let grouping: Grouping

    init(_ solution: LinkageSolution, _ grouping: Grouping) {
        self.solution = solution
        self.grouping = grouping
    }

    /// Explains a pair of a left and a right record.
    ///
    /// - Returns: `nil` when one of the records is not known.
    public func explain(left leftID: RecordID, right rightID: RecordID) -> LinkageExplanation? {
        let records = solution.prepared.records
        guard let first = records.find(leftID, on: .left),
            let second = records.find(rightID, on: .right)
        else { return nil }
        return explain(first, second)
    }

    /// Explains a pair of records of one side.
    ///
    /// - Returns: `nil` when one of the records is not known.
    public func explain(
        _ side: Side, _ firstID: RecordID, _ secondID: RecordID
    ) -> LinkageExplanation? {
        let records = solution.prepared.records
        guard let first = records.find(firstID, on: side),
            let second = records.find(secondID, on: side)
        else { return nil }
        return explain(first, second)
    }

    /// Whether two records of one side were found to be the same thing.
    ///
    /// - Returns: `nil` when one of the records is not known.
    public func areDuplicates(
        _ side: Side, _ firstID: RecordID, _ secondID: RecordID
    ) -> Bool? {
        let records = solution.prepared.records
        guard let first = records.find(firstID, on: side),
            let second = records.find(secondID, on: side)
        else { return nil }
        return grouping.part[first] == grouping.part[second]
    }

    func explain(_ first: Int, _ second: Int) -> LinkageExplanation {
        let scratch = Scratch()
        let prepared = solution.prepared
        var cells: [UInt16] = []
        prepared.appendVector(min(first, second), max(first, second), scratch, to: &cells)
        let areNamesGiven = cells.withUnsafeBufferPointer {
            NameContext(prepared.comparisons).bit($0[...]) != 0
        }
        let evidence = cells.enumerated().map { index, cell -> LinkageExplanation.Evidence in
            let comparison = prepared.comparisons[index]
            let level = Int(cell >> 8)
            let isMissing = level >= comparison.levels.count
            let model = solution.model.comparisons[index]
            let learnt =
                areNamesGiven && !model.levelsGivenName.isEmpty
                ? model.levelsGivenName : model.levels
            let bits = Double(
                cells.withUnsafeBufferPointer { solution.weights.weight(index, in: $0[...]) })
            return LinkageExplanation.Evidence(
                comparison: comparison.name,
                leftValue: comparison.normalizedText(first),
                rightValue: comparison.normalizedText(second),
                level: isMissing ? "no evidence" : comparison.levels[level].name,
                agreement: isMissing ? .none : Self.agreement(comparison.levels[level].sign),
                weightBits: bits,
                rarityBits: isMissing || cell & 0xFF == 255
                    ? 0 : bits - learnt[level].weightBits)
        }
        let (low, high) = (min(first, second), max(first, second))
        let verdict = solution.judge(low, high, scratch)
        let rivalBits = grouping.competitionBits(low, high, verdict)
        var decidedBy: LinkReason?
        switch verdict.decision {
        case .verdict(true): decidedBy = LinkReason(.verdict, detail: "")
        case .explicit(let field): decidedBy = LinkReason(.explicitID, detail: field)
        case .rule(let rule): decidedBy = LinkReason(.rule, detail: solution.keys.ruleName(rule))
        case .verdict(false), .distinct, nil: break
        }
        return LinkageExplanation(
            evidence: evidence, weightBits: Double(verdict.weight),
            relativesBits: Double(verdict.relatives),
            priorBits: Double(solution.priorBits(low, high)), rivalBits: Double(rivalBits),
            probability: LinkageSolution.probability(verdict.bits + rivalBits),
            decidedBy: decidedBy,
            isDistinct: verdict.decision == .distinct
                || verdict.decision == .verdict(isSame: false))
    }

    private static func agreement(_ sign: String) -> LinkageExplanation.Agreement {
        switch sign {
        case "=": .equal
        case "≈": .similar
        default: .different
        }
    }
}

/// Why a pair is, or is not, held to be the same thing.
public struct LinkageExplanation: Hashable, Sendable {
    /// How far two values agree.
    public enum Agreement: String, Hashable, Sendable, Codable, CaseIterable {
        /// A record has no value, or another comparison has said it all.
        case none
        /// As good as equal.
        case equal
        /// Alike.
        case similar
        /// Neither.
        case different
    }

    /// What one comparison says.
    public struct Evidence: Hashable, Sendable {
        /// The comparison's name.
        public var comparison: String
        /// The first record's value as it is compared.
        public var leftValue: String
        /// The second record's value as it is compared.
        public var rightValue: String
        /// The level of agreement.
        public var level: String
        /// The same, in three steps.
        public var agreement: Agreement
        /// What it is worth in bits, the rarity of the value included.
        public var weightBits: Double
        /// How much of that the rarity of the value adds or takes.
        public var rarityBits: Double
    }

    /// The comparisons in the order of the definition.
    public var evidence: [Evidence]
    /// All evidence together, in bits.
    public var weightBits: Double
    /// What of it is taken away because relatives, such as a firm and its branch, share as much; 0 or
    /// less, the last summand of ``weightBits``.
    public var relativesBits = 0.0
    /// What two records taken at random start from, in bits.
    public var priorBits: Double
    /// What rivals change: less where another has the counterpart, more where nobody else wants it.
    public var rivalBits = 0.0
    /// How probable it is that they are the same thing, the keys' decision included.
    public var probability: Double
    /// The verdict, id or rule that joined them before the model; `nil` when the model decided, or
    /// when they are distinct.
    public var decidedBy: LinkReason?
    /// Whether keys or a person say that they are two things: a branch, two taxpayers, a verdict.
    public var isDistinct: Bool
}
