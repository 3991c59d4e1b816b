internal import Records
internal import Reporting
internal import Storage

/// What records are called that are named by the id of another record: a price by its product.
struct ReferredTitles {
    private let configuration: Configuration
    private let catalog: EntityCatalog
    private let store: Store

    init(_ configuration: Configuration, resources: ResourceFolders, store: Store) {
        self.configuration = configuration
        catalog = EntityCatalog(resources)
        self.store = store
    }

    /// The findings of an entity, called by what the records that they refer to are called.
    func naming(_ findings: [Finding], of entity: EntityDefinition) async throws -> [Finding] {
        let findings = try await namingValues(findings, of: entity)
        let titles = try await titles(for: Set(findings.map(\.title)), entity)
        guard !titles.isEmpty else { return findings }
        return findings.map { finding in
            var finding = finding
            finding.title = titles[finding.title] ?? finding.title
            return finding
        }
    }

    /// The findings with what values refer to in place of its ids.
    private func namingValues(
        _ findings: [Finding], of entity: EntityDefinition
    ) async throws -> [Finding] {
        var findings = findings
        for field in entity.fields where field.type != .line {
            guard let referred = field.refersTo,
                let definition = try? catalog.entity(referred.rawValue)
            else { continue }
            let places = findings.indices.filter { findings[$0].field == field.name }
            guard !places.isEmpty else { continue }
            for (side, path) in [
                (Side.left, \Finding.leftValue), (.right, \Finding.rightValue),
            ] {
                guard let source = configuration.sources[side]?.name else { continue }
                let ids = places.flatMap { Self.ids(findings[$0][keyPath: path]) }
                let titles = try await store.titles(
                    of: Set(ids), referred, in: source,
                    from: definition.reconciliation.titleFields)
                for place in places where findings[place][keyPath: path] != nil {
                    findings[place][keyPath: path] =
                        Self.ids(findings[place][keyPath: path])
                        .map { titles[$0] ?? $0.rawValue }.joined(separator: "; ")
                }
            }
        }
        return findings
    }

    /// The ids that stand in a value.
    private static func ids(_ value: String?) -> [RecordID] {
        value?.split(separator: ";").map {
            RecordID(String($0.drop(while: \.isWhitespace)))
        } ?? []
    }

    /// An entity's duplicates and doubtful pairs, called likewise.
    func naming(_ entity: AuditedEntity) async throws -> AuditedEntity {
        let texts =
            entity.clusters.flatMap { $0.members.map(\.title) }
            + entity.doubtfulPairs.flatMap { [$0.left.title, $0.right.title] }
        let titles = try await titles(for: Set(texts), entity.definition)
        guard !titles.isEmpty else { return entity }
        var entity = entity
        for cluster in entity.clusters.indices {
            for member in entity.clusters[cluster].members.indices {
                let title = entity.clusters[cluster].members[member].title
                entity.clusters[cluster].members[member].title = titles[title] ?? title
            }
        }
        for index in entity.doubtfulPairs.indices {
            let (left, right) = (
                entity.doubtfulPairs[index].left.title, entity.doubtfulPairs[index].right.title
            )
            entity.doubtfulPairs[index].left.title = titles[left] ?? left
            entity.doubtfulPairs[index].right.title = titles[right] ?? right
        }
        return entity
    }

    /// What the records with these ids are called; empty where the entity's titles are no ids.
    private func titles(
        for texts: Set<String>, _ entity: EntityDefinition
    ) async throws -> [String: String] {
        guard !texts.isEmpty, let first = entity.reconciliation.titleFields.first,
            let index = entity.index(of: first), let referred = entity.fields[index].refersTo,
            let definition = try? catalog.entity(referred.rawValue)
        else { return [:] }
        var titles: [String: String] = [:]
        // The right system keeps the left one's ids; it may have records of its own, too.
        for side in [Side.right, .left] {
            guard let source = configuration.sources[side]?.name else { continue }
            let found = try await store.titles(
                of: Set(texts.map { RecordID($0) }), definition.name, in: source,
                from: definition.reconciliation.titleFields)
            for (id, title) in found { titles[id.rawValue] = title }
        }
        return titles
    }
}
