internal import Foundation
internal import RecordLinkage
internal import Records
internal import Reporting
internal import Storage

/// Links the records of one entity, and knows under which key the result can be used again.
struct RecordLinker {
    private let entity: EntityDefinition
    private let definitionText: String
    /// What people decided about pairs.
    private let known: [KnownPair]
    private let last: StoredModel?
    private let fallback: FittedModel?
    /// What the last full run kept, so that only what changed is matched; `nil` to match all.
    private let memoryFile: MemoryFile?

    /// - Parameters:
    ///   - entity: The definition.
    ///   - resources: Where the file that says it is, and the model shipped for it.
    ///   - store: Knows what people decided about pairs, and the model of the last night.
    ///   - memoryFolder: Where memories are kept; `nil` to match all records and keep none.
    /// - Throws: ``ConfigurationError`` when a file is missing or damaged; `PostgresError`.
    init(
        _ entity: EntityDefinition, resources: ResourceFolders, store: Store,
        memoryFolder: URL? = nil
    ) async throws {
        memoryFile = memoryFolder.map {
            MemoryFile($0.appending(path: "\(entity.name.rawValue).memory"))
        }
        self.entity = entity
        definitionText = try EntityCatalog(resources).text(of: entity.name.rawValue)
        known = try await store.pairVerdicts(entity.name).map(\.known)
        last = try await store.lastModel(entity.name)
        fallback = try ModelCatalog(resources).shipped(for: entity.name)
    }

    /// The key of the model by which the entity was linked last; `nil` when none was kept.
    var lastModelKey: String? { last?.key }

    /// Equal for equal records, definition, verdicts and program: the links are then the same, and
    /// what is found by comparing them.
    ///
    /// - Parameters:
    ///   - left: The left snapshot's checksum.
    ///   - right: The right one's.
    ///   - referred: The keys of the entities by whose links the records are compared.
    /// - Returns: The key.
    func key(left: String, right: String, referred: [String] = []) -> String {
        let decided = known.map { pair in
            "\(pair.firstSide) \(pair.first) \(pair.secondSide) \(pair.second) \(pair.isSame)"
        }
        let settings = StableHash.of(
            [ProgramVersion.current, Self.stored, definitionText] + decided + referred)
        return "\(left)-\(right)-\(settings)"
    }

    /// What is stored of a linking: links that were stored without it are found once more.
    private static let stored = "links, clusters, review"

    /// What linking gave.
    struct Outcome {
        var linkage: Linkage
        var method: [EntityAudit.MethodEntry]
        var model: StoredModel
        var warnings: [String]
        /// How much was matched, where not all was.
        var changes: ChangeSummary?
        /// Why all was matched although there was a memory.
        var refusal: MemoryRefusal?
        fileprivate var memory: LinkageMemory?
    }

    /// Finds links and duplicates; `progress` is told the name of each stage as it begins.
    ///
    /// The model of the last night is used as long as it fits, so that what did not change is decided
    /// as it was.
    func link(
        left: [Record], right: [Record], progress: (String) -> Void
    ) throws -> Outcome {
        let (engine, reused) = engine(left: left.count, right: right.count)
        let tables = [left, right].map { RecordTable($0, fieldCount: entity.fields.count) }
        var outcome: Outcome
        var refusal: MemoryRefusal?
        if reused != nil, let last, let memory = memoryFile?.read(key: memoryKey(last)) {
            do throws(MemoryRefusal) {
                let (result, changes) = try engine.link(
                    left: tables[0], right: tables[1], known: known, memory: memory
                ) { progress($0.rawValue) }
                outcome = Outcome(result, model: last)
                outcome.changes = changes
                outcome.method += Self.method(changes)
                return outcome
            } catch {
                refusal = error
            }
        }
        if memoryFile != nil {
            let (result, memory) = engine.rememberedLink(
                left: tables[0], right: tables[1], known: known
            ) { progress($0.rawValue) }
            outcome = Outcome(result, model: try stored(result, left, right))
            outcome.memory = memory
        } else {
            let (result, _) = engine.explainedLink(
                left: tables[0], right: tables[1], known: known
            ) { progress($0.rawValue) }
            outcome = Outcome(result, model: try stored(result, left, right))
        }
        outcome.refusal = refusal
        return outcome
    }

    /// Keeps the memory of a full run for the next night; call it when the links are stored.
    ///
    /// - Throws: When the file cannot be written; the next night then matches all.
    func keepMemory(of outcome: Outcome) throws {
        guard let memoryFile, outcome.changes == nil else { return }
        guard let memory = outcome.memory else { return memoryFile.remove() }
        try memoryFile.write(memory, key: memoryKey(outcome.model))
    }

    /// Equal for memories of the same program, definition and model.
    private func memoryKey(_ model: StoredModel) -> String {
        // What the model says counts, not how: the database writes JSON in its own way.
        let said = try? ModelFile(json: Data(model.text.utf8), name: "stored model").json()
        return StableHash.of([
            ProgramVersion.current, definitionText, model.key,
            said.map { String(decoding: $0, as: UTF8.self) } ?? model.text,
        ])
    }

    /// The means to explain any pair as the last night decided it.
    func explainer(
        left: [Record], right: [Record], progress: (String) -> Void
    ) -> LinkageExplainer {
        let (engine, reused) = engine(left: left.count, right: right.count)
        if reused != nil, let last, let memory = memoryFile?.read(key: memoryKey(last)) {
            let tables = [left, right].map { RecordTable($0, fieldCount: entity.fields.count) }
            // Where the memory is refused, the night matched all records anew as well.
            if let explainer = try? engine.explainer(
                left: tables[0], right: tables[1], known: known, memory: memory,
                progress: { progress($0.rawValue) })
            {
                return explainer
            }
        }
        return engine.explainedLink(left: left, right: right, known: known) {
            progress($0.rawValue)
        }.explainer
    }

    // MARK: The model

    /// Records may become so much more, or fewer, in percent, before a new model is learnt.
    private static let mostGrowthPercent = 20

    private var modelKey: String { StableHash.of([ProgramVersion.current, definitionText]) }

    private func engine(left: Int, right: Int) -> (engine: LinkageEngine, reused: ModelFile?) {
        let reused = reusable(left: left, right: right)
        return (LinkageEngine(entity: entity, model: reused?.model, fallback: fallback), reused)
    }

    /// The last model, where it was learnt by the same definition from about as many records.
    private func reusable(left: Int, right: Int) -> ModelFile? {
        guard let last, last.key == modelKey,
            let file = try? ModelFile(json: Data(last.text.utf8), name: "stored model"),
            file.model.origin == .trained
        else { return nil }
        func isClose(_ now: Int, _ then: Int) -> Bool {
            abs(now - then) * 100 <= then * Self.mostGrowthPercent
        }
        let model = file.model
        return isClose(left, model.leftRecords) && isClose(right, model.rightRecords) ? file : nil
    }

    /// What to keep: the model of the last night where it was used, or the new one.
    private func stored(
        _ result: LinkageResult, _ left: [Record], _ right: [Record]
    ) throws -> StoredModel {
        if result.model.origin == .reused, let last { return last }
        let file = ModelFile(
            entity: entity.name, data: LinkageEngine.fingerprint(left: left, right: right),
            model: result.model)
        return StoredModel(
            key: modelKey, text: String(decoding: try file.json(), as: UTF8.self))
    }

    /// How much was matched, for the same page.
    private static func method(_ changes: ChangeSummary) -> [EntityAudit.MethodEntry] {
        [("changed_records", changes.changed), ("decided_again", changes.decidedAgain)].map {
            EntityAudit.MethodEntry(section: "parameters", name: $0.0, value: .count($0.1))
        }
    }

    /// The model and its settings, for the report's page on the method.
    fileprivate static func method(_ result: LinkageResult) -> [EntityAudit.MethodEntry] {
        let options = LinkageOptions()
        let parameters: [(name: String, value: MethodSection.Value)] = [
            ("threshold", .share(options.threshold)),
            ("seed", .count(Int(clamping: options.seed))),
            ("pairs_scored", .count(result.statistics.scoredPairs)),
            ("pairs_decided", .count(result.statistics.decidedPairs)),
            ("iterations", .count(result.model.iterations)),
            ("match_threshold", .share(result.matchThreshold)),
            ("links_to_review", .count(result.statistics.linksToReview)),
            ("prior", .share(result.model.prior)),
        ]
        var entries = parameters.map {
            EntityAudit.MethodEntry(section: "parameters", name: $0.name, value: $0.value)
        }
        for comparison in result.model.comparisons {
            for level in comparison.levels {
                entries.append(
                    EntityAudit.MethodEntry(
                        section: "model", name: "\(comparison.name): \(level.name)",
                        value: .level(m: level.m, u: level.u, weightBits: level.weightBits)))
            }
        }
        return entries
    }
}

extension RecordLinker.Outcome {
    /// What was matched, where not simply all, as the end of a line: `; 12 records changed`.
    var matched: String {
        if let changes {
            return "; \(changes.changed) records changed, \(changes.decidedAgain) matched again"
        }
        return switch refusal {
        case nil: ""
        case .changedTooMuch(let share): "; all matched again, as \(share / 100) % changed"
        case .fieldFilled(let field): "; all matched again, as \(field) is filled now"
        case .unfitting, .repeatedIDs, .sourceChanged: "; all matched again"
        }
    }

    fileprivate init(_ result: LinkageResult, model: StoredModel) {
        linkage = Linkage(
            links: Array(result.links), leftClusters: result.leftClusters,
            rightClusters: result.rightClusters, review: result.review.mostWorthALook())
        method = RecordLinker.method(result)
        self.model = model
        warnings = ResultWarnings(result).texts
    }
}
