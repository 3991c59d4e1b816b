internal import RecordLinkage
internal import Records
internal import Storage

/// Links the records of one entity, and knows under which key the result can be used again.
struct RecordLinker {
    private let entity: EntityDefinition
    private let verdicts: [PairVerdict]

    init(_ entity: EntityDefinition, verdicts: [PairVerdict]) {
        self.entity = entity
        self.verdicts = verdicts
    }

    func key(left: String, right: String) -> String { "\(left)-\(right)" }

    func link(
        left: [Record], right: [Record], progress: (_ done: Int, _ total: Int?) -> Void
    ) throws -> Linkage {
        Linkage(links: [], leftClusters: [], rightClusters: [])
    }

    func method(isUnchanged: Bool) -> [EntityAudit.MethodEntry] { [] }
}
