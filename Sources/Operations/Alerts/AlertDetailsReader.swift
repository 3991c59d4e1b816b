internal import Alerting
internal import Foundation
internal import Records
internal import Storage

/// Finds what is behind an alert: the causes that count most, and some of the things concerned.
struct AlertDetailsReader {
    private let store: Store
    private let addresses: SystemAddresses
    private let catalog: EntityCatalog
    private let errorTypes: ErrorTypes?
    private let reasons: AlertReasonReader

    init(_ configuration: Configuration, resources: ResourceFolders, store: Store) {
        self.store = store
        reasons = AlertReasonReader(configuration, resources: resources, store: store)
        catalog = EntityCatalog(resources)
        addresses = SystemAddresses(configuration, resources: resources)
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
        case .lateRuns: return AlertDetails(causes: try await reasons.lateness(of: notice))
        case .collectorFailures, .uncertifiedSnapshots, .failedRuns, .undeliveredMessages:
            return AlertDetails(causes: try await reasons.causes(of: notice))
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
