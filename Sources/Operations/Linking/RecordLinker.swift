internal import Foundation
internal import RecordLinkage
internal import Records
internal import Storage

/// Links the records of one entity, and knows under which key the result can be used again.
struct RecordLinker {
    private let entity: EntityDefinition
    private let definitionText: String
    private let verdicts: [PairVerdict]

    /// - Parameters:
    ///   - entity: The definition.
    ///   - definitionText: The file that says it, for the key.
    ///   - verdicts: What people decided about pairs.
    init(_ entity: EntityDefinition, definitionText: String, verdicts: [PairVerdict]) {
        self.entity = entity
        self.definitionText = definitionText
        self.verdicts = verdicts
    }

    /// Equal for equal records, definition, verdicts and program: the links are then the same.
    func key(left: String, right: String) -> String {
        let decided = verdicts.map { "\($0.left) \($0.right) \($0.areSame)" }.sorted()
        let settings = StableHash.of([ProgramVersion.current, definitionText] + decided)
        return "\(left)-\(right)-\(settings)"
    }

    /// Finds links and duplicates; `progress` is told the name of each stage as it begins.
    func link(
        left: [Record], right: [Record], progress: (String) -> Void
    ) -> (linkage: Linkage, method: [EntityAudit.MethodEntry]) {
        let known = verdicts.map { KnownPair(left: $0.left, right: $0.right, isSame: $0.areSame) }
        let result = LinkageEngine(entity: entity).link(left: left, right: right, known: known) {
            progress($0.rawValue)
        }
        let linkage = Linkage(
            links: result.links, leftClusters: result.leftClusters,
            rightClusters: result.rightClusters)
        return (linkage, Self.method(result))
    }

    /// The model and its settings, for the report's page on the method.
    private static func method(_ result: LinkageResult) -> [EntityAudit.MethodEntry] {
        func number(_ value: Double, _ format: String) -> String {
            String(format: format, value)
        }
        let options = LinkageOptions()
        var entries = [
            ("threshold", number(options.threshold, "%.2f")), ("seed", String(options.seed)),
            ("pairs_scored", String(result.statistics.scoredPairs)),
            ("pairs_decided", String(result.statistics.decidedPairs)),
            ("iterations", String(result.model.iterations)),
            ("prior", number(result.model.prior, "%.3g")),
        ].map { EntityAudit.MethodEntry(section: "parameters", name: $0.0, value: $0.1) }
        for comparison in result.model.comparisons {
            for level in comparison.levels {
                entries.append(
                    EntityAudit.MethodEntry(
                        section: "model", name: "\(comparison.name): \(level.name)",
                        value: "m \(number(level.m, "%.4f")), u \(number(level.u, "%.2e")), "
                            + number(level.weightBits, "%+.1f")))
            }
        }
        return entries
    }
}
