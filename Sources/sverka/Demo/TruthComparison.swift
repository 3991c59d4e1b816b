import Records
import Sandbox

/// Compares what was planted with what was found.
///
/// A planted error counts as found when a finding of its kind, and of its field where it has one,
/// concerns one of its records on each side that it names. Findings that answer what the sandbox
/// planted as ordinary dirt, which a reconciler may report or let pass, are counted apart, and so
/// are those that answer nothing.
struct TruthComparison {
    /// One kind of error in one entity.
    struct Line {
        var entity: String
        var kind: PlantedError.Kind
        var planted: Int
        var found: Int
    }

    private(set) var lines: [Line] = []
    /// Findings that answer ordinary dirt only.
    private(set) var tolerated = 0
    /// Findings that answer nothing that was planted, by kind.
    private(set) var beyond: [String: Int] = [:]

    /// All planted errors that a reconciler must report.
    var planted: Int { lines.reduce(0) { $0 + $1.planted } }
    /// Those of them that were found.
    var found: Int { lines.reduce(0) { $0 + $1.found } }
    /// Findings that answer nothing that was planted.
    var beyondCount: Int { beyond.values.reduce(0, +) }

    init(planted errors: [PlantedError], findings: [Finding]) {
        var byRecord: [String: [Int]] = [:]
        for (index, finding) in findings.enumerated() {
            for id in finding.leftIDs { byRecord["L\(id.rawValue)", default: []].append(index) }
            for id in finding.rightIDs { byRecord["R\(id.rawValue)", default: []].append(index) }
        }
        // What each finding answers: nothing, dirt, or an error that must be found.
        var answered = [Bool?](repeating: nil, count: findings.count)
        var counts: [String: [PlantedError.Kind: (planted: Int, found: Int)]] = [:]
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
        lines = counts.sorted { $0.key < $1.key }.flatMap { entity, kinds in
            PlantedError.Kind.allCases.compactMap { kind in
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

    private static func answers(_ finding: Finding, _ error: PlantedError) -> Bool {
        guard finding.kind.rawValue == error.kind.rawValue,
            finding.entity.rawValue == error.entity
        else { return false }
        if let field = error.field, let found = finding.field, found.rawValue != field {
            return false
        }
        func touches(_ ids: [RecordID], _ planted: [String]) -> Bool {
            planted.isEmpty || ids.isEmpty || ids.contains { planted.contains($0.rawValue) }
        }
        return touches(finding.leftIDs, error.leftIDs) && touches(finding.rightIDs, error.rightIDs)
    }
}
