internal import Alerting
internal import Collection
internal import Foundation
internal import Records
internal import Storage

/// Finds what is behind an alert: the causes that count most, and some of the things concerned.
struct AlertDetailsReader {
    private let store: Store
    private let addresses: RecordAddresses
    private let catalog: EntityCatalog
    private let errorTypes: ErrorTypes?

    init(_ configuration: Configuration, resources: ResourceFolders, store: Store) {
        self.store = store
        catalog = EntityCatalog(resources)
        addresses = RecordAddresses(configuration, resources: resources)
        // A message goes out with plain names when the rules of classification are broken.
        errorTypes = try? ErrorClasses.types(resources)
    }

    /// The details of an alert that begins or goes on.
    func details(of notice: AlertNotice) async throws -> AlertDetails {
        guard let measured = notice.state.last else { return AlertDetails() }
        // What the alert is about is narrower than what its rule is about.
        let labels = notice.rule.labels.merging(notice.state.labels) { $1 }
        switch notice.rule.measure {
        case .journalErrors, .journalErrorRate:
            return try await errors(labels, from: measured.from, to: measured.to)
        case .newFindings: return try await findings(labels, onlyNew: true)
        case .moneyAtRisk: return try await findings(labels, onlyNew: false)
        default: return AlertDetails()
        }
    }

    private func errors(
        _ labels: [String: String], from: Date, to: Date
    ) async throws -> AlertDetails {
        let causes = try await store.errorCauses(
            labels, from: from, to: to, limit: AlertLetter.causeCount)
        let examples = try await store.errorExamples(
            labels, from: from, to: to, limit: AlertLetter.exampleCount)
        return AlertDetails(
            causes: causes.map { row in
                AlertDetails.Cause(
                    title: title(ofError: row.type) ?? Self.plain(row.shape), count: row.count,
                    money: Self.money(row.atStakeMinor, row.currency))
            },
            examples: examples.map { row in
                AlertDetails.Example(
                    object: row.entity, title: title(of: row.entity), ids: row.leftIDs,
                    error: title(ofError: row.kind), at: row.at,
                    link: row.leftIDs.first.flatMap {
                        addresses.address(of: $0, row.entity, system: row.system ?? "")
                    })
            })
    }

    private func findings(
        _ labels: [String: String], onlyNew: Bool
    ) async throws -> AlertDetails {
        let causes = try await store.findingCauses(
            labels, onlyNew: onlyNew, limit: AlertLetter.causeCount)
        let examples = try await store.findingExamples(
            labels, onlyNew: onlyNew, limit: AlertLetter.exampleCount)
        return AlertDetails(
            causes: causes.map { row in
                AlertDetails.Cause(
                    title: title(ofCause: row.shape), kind: row.type, count: row.count,
                    money: Self.money(row.atStakeMinor, row.currency))
            },
            examples: examples.map { row in
                AlertDetails.Example(
                    object: row.entity, title: title(of: row.entity),
                    ids: Array((row.leftIDs + row.rightIDs).prefix(2)), number: row.number,
                    kind: row.kind, money: Self.money(row.atStakeMinor, row.currency),
                    link: addresses.address(left: row.leftIDs, right: row.rightIDs, row.entity))
            })
    }

    /// Entity and field, in the words of the entity file.
    private func title(ofCause shape: String) -> LocalizedText {
        let parts = shape.split(separator: ".", maxSplits: 1).map(String.init)
        let entity = title(of: parts[0])
        guard parts.count == 2,
            let definition = try? catalog.entity(parts[0]),
            let index = definition.index(of: FieldName(parts[1]))
        else { return entity }
        let field = definition.fields[index].title
        return LocalizedText(
            ["ru": "\(entity["ru"]), \(field["ru"])", "en": "\(entity["en"]), \(field["en"])"])
    }

    private func title(of entity: String) -> LocalizedText {
        (try? catalog.entity(entity))?.title ?? Self.plain(entity)
    }

    private func title(ofError type: String) -> LocalizedText? {
        errorTypes?[type]?.title
    }

    private static func plain(_ text: String) -> LocalizedText {
        LocalizedText(["ru": text, "en": text])
    }

    private static func money(_ minor: Int64?, _ currency: String?) -> Money? {
        guard let minor, let currency else { return nil }
        return Money(minorUnits: minor, currency: currency)
    }
}

/// Where records are opened in the systems.
struct RecordAddresses {
    private let sources: [(source: ConfiguredSource, kind: Configuration.Source.Kind)]

    /// Without addresses when the sources cannot be made: a message is worth more than its links.
    init(_ configuration: Configuration, resources: ResourceFolders) {
        let catalog = EntityCatalog(resources)
        let entities = configuration.entities.compactMap { try? catalog.entity($0.rawValue) }
        let factory = SourceFactory(
            timeZone: configuration.company.timeZone, resources: resources)
        sources = configuration.sourcesByRole.compactMap { role, settings in
            guard role.side != nil,
                let source = try? factory.source(role, settings, entities: entities)
            else { return nil }
            return (source, settings.kind)
        }
    }

    /// The address of a record by the ids that it has on both sides.
    func address(left: [String], right: [String], _ entity: String) -> String? {
        for (role, ids) in [(SourceRole.left, left), (.right, right)] {
            guard let id = ids.first,
                let source = sources.first(where: { $0.source.role == role })?.source.source,
                let address = source.webAddress(of: RecordID(id), entity: EntityName(entity))
            else { continue }
            return address
        }
        return nil
    }

    /// The address of a record in a system, as the journal calls it: by the name of the source, or
    /// of the product.
    func address(of id: String, _ entity: String, system: String) -> String? {
        // A Cyrillic С looks like the Latin C of 1C.
        let name = system.lowercased().replacing("с", with: "c")
        let found = sources.first { source, kind in
            let product = kind.title.prefix { $0 != " " }.lowercased()
            return source.name.rawValue.lowercased() == name || product == name
        }
        return found?.source.source.webAddress(of: RecordID(id), entity: EntityName(entity))
    }
}
