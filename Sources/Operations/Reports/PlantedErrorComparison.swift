public import Records

/// Compares what was planted with what was found.
///
/// A planted error counts as found when a finding of its kind, of its field and side where it has
/// them, concerns its records: at least one of those it names, two of them for a duplicate, and no
/// others on a side that both name. Findings that answer what the sandbox planted as ordinary dirt,
/// which a reconciler may report or let pass, are counted apart, and so are those that answer nothing.
public struct PlantedErrorComparison: Sendable {
    /// One kind of error in one entity.
    public struct Line: Hashable, Sendable {
        /// The entity.
        public var entity: EntityName
        /// The kind of finding that answers the errors.
        public var kind: Finding.Kind
        /// How many were planted.
        public var planted: Int
        /// How many of them were found.
        public var found: Int
    }

    /// The counts, by entity and kind in this order.
    public private(set) var lines: [Line] = []
    /// Findings that answer ordinary dirt only.
    public private(set) var tolerated = 0
    /// Findings that answer nothing that was planted, by kind.
    public private(set) var beyond: [String: Int] = [:]

    /// All planted errors that a reconciler must report.
    public var planted: Int { lines.reduce(0) { $0 + $1.planted } }
    /// Those of them that were found.
    public var found: Int { lines.reduce(0) { $0 + $1.found } }
    /// Findings that answer nothing that was planted.
    public var beyondCount: Int { beyond.values.reduce(0, +) }

    /// Compares.
    ///
    /// - Parameters:
    ///   - errors: What was planted into entities that were compared.
    ///   - findings: What was found.
    public init(planted errors: [ListedError], findings: [Finding]) {
        var byRecord: [String: [Int]] = [:]
        for (index, finding) in findings.enumerated() {
            for id in finding.leftIDs { byRecord["L\(id.rawValue)", default: []].append(index) }
            for id in finding.rightIDs { byRecord["R\(id.rawValue)", default: []].append(index) }
        }
        // What each finding answers: nothing, dirt, or an error that must be found.
        var answered = [Bool?](repeating: nil, count: findings.count)
        var counts: [EntityName: [Finding.Kind: (planted: Int, found: Int)]] = [:]
        for error in errors {
            var isFound = false
            let keys = error.leftIDs.map { "L" + $0 } + error.rightIDs.map { "R" + $0 }
            for index in Set(keys.flatMap { byRecord[$0] ?? [] })
            where Self.answers(findings[index], error) {
                isFound = true
                answered[index] = answered[index] == true || error.isRequired
            }
            guard error.isRequired else { continue }
            counts[error.entity, default: [:]][error.kind, default: (0, 0)].planted += 1
            if isFound {
                counts[error.entity, default: [:]][error.kind, default: (0, 0)].found += 1
            }
        }
        lines = counts.sorted { $0.key.rawValue < $1.key.rawValue }.flatMap { entity, kinds in
            Finding.Kind.allCases.compactMap { kind in
                kinds[kind].map {
                    Line(entity: entity, kind: kind, planted: $0.planted, found: $0.found)
                }
            }
        }
        tolerated = answered.count { $0 == false }
        for (index, finding) in findings.enumerated() where answered[index] == nil {
            beyond[finding.kind.rawValue, default: 0] += 1
        }
    }

    private static func answers(_ finding: Finding, _ error: ListedError) -> Bool {
        guard finding.kind == error.kind, finding.entity == error.entity else { return false }
        if let field = error.field, finding.field?.rawValue != field { return false }
        if let side = error.side, let found = finding.side, found != side { return false }
        func touches(_ ids: [RecordID], _ planted: [String]) -> Bool {
            let shared = ids.count { planted.contains($0.rawValue) }
            let needed = error.kind == .duplicate ? min(2, planted.count) : 1
            return planted.isEmpty || ids.isEmpty || shared >= needed
        }
        return touches(finding.leftIDs, error.leftIDs) && touches(finding.rightIDs, error.rightIDs)
    }
}
