public import Records

/// Compares linked records and says what is wrong.
///
/// One root cause gives one finding:
///
/// - An explicit link between two taxpayers is a `conflict`; the fields of the pair are not compared,
///   nor are its records `missing` for want of another link.
/// - An impossible value is `invalid`, once, whatever the other side says; the finding carries the
///   other side's value, which as a rule is the remedy. The same impossible value on both sides of a
///   link is one finding of no side.
/// - A text that people type for "none" counts as empty. It is reported by itself only when no
///   one-sided mismatch says it already.
/// - A pair whose amounts are of two currencies has one finding of it, on the first amount.
/// - Lines of a document that differ are one finding, which names them; that the totals differ by just
///   as much follows from it, where the rule of the total says so.
/// - A mismatch that follows from another (``Records/FieldRule/explainedBy``) is left out.
/// - Of duplicates only the assigned one is compared, and a group without counterpart is missing
///   once, by its first member.
/// - A field that no record of one side has is not kept there; that it is empty means nothing.
/// - What the other side is not expected to have is not `missing` there: see
///   ``Records/KindRule/within`` and ``Records/KindRule/exceptions``.
/// - A record whose explicit id leads to a record marked as deleted is a `broken_link`, not also
///   `missing`. One whose id leads nowhere is a `broken_link` when it has a counterpart otherwise,
///   else it is `missing`, and the evidence names the id.
/// - Records marked as deleted have no findings of their own.
///
/// A side whose snapshot is not certified cannot prove that a record is absent from it: nothing is
/// `missing` there, and no id of the other side leads nowhere.
///
/// - Parameter input: Records, links and clusters of both sides.
/// - Returns: The findings in a total order that does not depend on the order of the input: by kind,
///   by the first left and right record, by field and by side.
/// - Complexity: O(n log n) in records and links.
public func reconcile(_ input: ReconciliationInput) -> [Finding] {
    var reconciliation = Reconciliation(input)
    let audit = ExplicitIDAudit(reconciliation.rules, reconciliation.left, reconciliation.right)
    reconciliation.auditExplicitIDs(audit)
    reconciliation.comparePairs()
    reconciliation.checkRemainingValues()
    reconciliation.findMissing(.left, audit)
    reconciliation.findMissing(.right, audit)
    reconciliation.findDuplicates(.left)
    reconciliation.findDuplicates(.right)
    return reconciliation.orderedFindings()
}

/// One reconciliation under way.
struct Reconciliation {
    /// A finding and its place in the total order: kind, first left and right record, field, side.
    struct Placed {
        var finding: Finding
        var place: (Int, Int, Int, Int, Int)
    }

    let rules: CompiledRules
    let left: SideIndex
    let right: SideIndex
    let links: [Link]
    let linked: LinkIndex
    let certifiedSides: Set<Side>
    let references: [EntityName: ReferenceLinks]
    /// For each comparison of lines, how they are compared; `nil` for the others.
    let lines: [LinesComparison?]
    /// For each comparison, whether each side keeps the field at all.
    let kept: [(left: Bool, right: Bool)]
    /// Pairs of taxpayers wrongly linked, by position.
    var conflicts: Set<PairKey> = []
    /// Records that a conflict concerns, by position: not `missing` for want of a link.
    var contested: [Side: Set<Int>] = [.left: [], .right: []]
    /// Records whose values were checked along with a counterpart's.
    var checkedLeft: [Bool]
    var checkedRight: [Bool]
    var placed: [Placed] = []

    init(_ input: ReconciliationInput) {
        rules = CompiledRules(input.definition)
        left = SideIndex(
            .left, records: input.left, clusters: input.leftClusters,
            deletedField: rules.deletedField)
        right = SideIndex(
            .right, records: input.right, clusters: input.rightClusters,
            deletedField: rules.deletedField)
        kept = rules.comparisons.map { [left, right] comparison in
            (left.keeps(comparison.field), right.keeps(comparison.field))
        }
        links = input.links
        linked = LinkIndex(input.links, left: left, right: right)
        certifiedSides = input.certifiedSides
        references = input.references
        lines = rules.comparisons.map { [left, right] comparison in
            guard comparison.type == .line else { return nil }
            return LinesComparison(
                products: comparison.refersTo.flatMap { input.references[$0] },
                kept: left.keptOfLines(comparison.field)
                    .intersection(right.keptOfLines(comparison.field)),
                tolerance: comparison.rule.tolerance)
        }
        checkedLeft = Array(repeating: false, count: input.left.count)
        checkedRight = Array(repeating: false, count: input.right.count)
    }

    /// The records of a side.
    func index(_ side: Side) -> SideIndex { side == .left ? left : right }

    /// What a person recognises a record by: its title field, else its id.
    func title(_ record: Record) -> String {
        for field in rules.titleFields {
            if let value = record[field] { return value.plainText }
        }
        return record.id.rawValue
    }

    /// Adds a finding about the records at some positions; the first of each side decides its place.
    mutating func add(
        _ kind: Finding.Kind, severity: Finding.Severity? = nil, side: Side?, field: Int? = nil,
        left leftPositions: [Int] = [], right rightPositions: [Int] = [], title: String,
        leftValue: String? = nil, rightValue: String? = nil, reason: String, evidence: String = "",
        atStake: Money? = nil
    ) {
        let rule = rules.definition.reconciliation.rule(for: kind)
        let severity = severity ?? rule.severity
        let leftIDs = leftPositions.map { left.records[$0].id }
        let rightIDs = rightPositions.map { right.records[$0].id }
        let name = field.map { rules.definition.fields[$0].name }
        // Where a mismatch is wrong depends on which side a setting trusts, so it does not identify
        // the mismatch; for the other kinds the side is part of what is wrong.
        let identifyingSide = kind == .mismatch ? nil : side
        let finding = Finding(
            fingerprint: FindingFingerprint(
                entity: rules.definition.name, kind: kind, side: identifyingSide, field: name,
                leftIDs: leftIDs, rightIDs: rightIDs),
            entity: rules.definition.name, kind: kind, severity: severity, side: side, field: name,
            leftIDs: leftIDs, rightIDs: rightIDs, title: title, leftValue: leftValue,
            rightValue: rightValue, reason: reason, evidence: evidence,
            // What is merely worth knowing costs nothing.
            atStake: severity == .info ? nil : atStake ?? rule.atStake)
        placed.append(
            Placed(
                finding: finding,
                place: (
                    Finding.Kind.allCases.firstIndex(of: kind) ?? 0, leftPositions.first ?? .max,
                    rightPositions.first ?? .max, field ?? -1,
                    side == nil ? 0 : side == .left ? 1 : 2
                )))
    }

    /// The findings in their total order.
    func orderedFindings() -> [Finding] {
        // Places are moved while sorting, and findings are large.
        let order = placed.indices.sorted { first, second in
            let (a, b) = (placed[first].place, placed[second].place)
            if a != b { return a < b }
            return placed[first].finding.fingerprint < placed[second].finding.fingerprint
        }
        return order.map { placed[$0].finding }
    }
}

/// A left and a right record by their positions.
struct PairKey: Hashable {
    var left: Int32
    var right: Int32

    init(_ left: Int, _ right: Int) {
        self.left = Int32(left)
        self.right = Int32(right)
    }
}
