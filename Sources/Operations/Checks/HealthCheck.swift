public import Collection
internal import Foundation
internal import Mail
internal import Records

/// Tries everything that a run needs, and says what to do where it fails.
public struct HealthCheck: Sendable {
    private let configuration: Configuration
    private let resources: ResourceFolders

    /// Makes a check of a configuration that was read.
    public init(_ configuration: Configuration, resources: ResourceFolders) {
        self.configuration = configuration
        self.resources = resources
    }

    /// The results, one after another as they come.
    public func lines() -> AsyncStream<SourceCheck> {
        let (stream, continuation) = AsyncStream<SourceCheck>.makeStream()
        let task = Task {
            await check { continuation.yield($0) }
            continuation.finish()
        }
        continuation.onTermination = { _ in task.cancel() }
        return stream
    }

    private func check(_ tell: (SourceCheck) -> Void) async {
        let entities = definitions(tell)
        await sources(entities, tell)
        await database(tell)
        await mail(tell)
    }

    private func definitions(_ tell: (SourceCheck) -> Void) -> [EntityDefinition] {
        var entities: [EntityDefinition] = []
        for name in configuration.entities {
            do {
                entities.append(try EntityCatalog(resources).entity(name.rawValue))
                tell(passed("entity \(name)", "\(entities.last?.fields.count ?? 0) fields"))
            } catch {
                tell(failed("entity \(name)", error))
            }
        }
        return entities
    }

    private func sources(
        _ entities: [EntityDefinition], _ tell: (SourceCheck) -> Void
    ) async {
        let factory = SourceFactory(configuration, resources: resources)
        for side in Side.allCases {
            guard let settings = configuration.sources[side] else { continue }
            do {
                let source = try factory.source(settings, entities: entities)
                for entity in entities {
                    for check in await source.check(entity) {
                        tell(
                            SourceCheck(
                                subject: "\(settings.name), \(entity.name), \(check.subject)",
                                isPassed: check.isPassed, detail: check.detail))
                    }
                }
            } catch {
                tell(failed("\(settings.name)", error))
            }
        }
    }

    private func database(_ tell: (SourceCheck) -> Void) async {
        let place = configuration.databaseURL == nil
            ? "private, in \(configuration.dataFolder.path)" : "the configured server"
        do {
            let runs = try await DatabaseSession(configuration, resources: resources)
                .withStore(progress: SilentProgress()) { try await $0.runs(limit: 1) }
            let last = runs.first.map { "last run \($0.id.rawValue) \($0.state.rawValue)" }
            tell(passed("database", "\(place); \(last ?? "no runs yet")"))
        } catch {
            tell(failed("database", error))
        }
    }

    private func mail(_ tell: (SourceCheck) -> Void) async {
        guard let mail = configuration.mail else {
            tell(passed("mail", "no server configured; mails are written as .eml files only"))
            return
        }
        if configuration.report.recipients.isEmpty {
            tell(
                SourceCheck(
                    subject: "mail recipients", isPassed: false,
                    detail: "nobody gets the report; name them under report: recipients:"))
        }
        if let error = await SMTPTransport(NightlyAudit.server(mail)).verify() {
            tell(failed("mail", error))
        } else {
            tell(passed("mail", "\(mail.host):\(mail.port) answers and takes the credentials"))
        }
    }

    private func passed(_ subject: String, _ detail: String) -> SourceCheck {
        SourceCheck(subject: subject, isPassed: true, detail: detail)
    }

    private func failed(_ subject: String, _ error: any Error) -> SourceCheck {
        SourceCheck(
            subject: subject, isPassed: false, detail: NightlyAudit.explanation(of: error))
    }
}
