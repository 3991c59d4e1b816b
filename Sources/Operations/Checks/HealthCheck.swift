internal import Collection
internal import Foundation
internal import Records
internal import Reporting
internal import Storage

/// One thing that was tried.
public struct CheckResult: Hashable, Sendable {
    /// What was tried.
    public var subject: String
    /// Whether a run can go on with it.
    public var isPassed: Bool
    /// What was found; when it failed, also what to do.
    public var detail: String
}

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
    public func lines() -> AsyncStream<CheckResult> {
        let (stream, continuation) = AsyncStream<CheckResult>.makeStream()
        let task = Task {
            await check { continuation.yield($0) }
            continuation.finish()
        }
        continuation.onTermination = { _ in task.cancel() }
        return stream
    }

    private func check(_ tell: (CheckResult) -> Void) async {
        let entities = definitions(tell)
        planted(tell)
        await sources(entities, tell)
        await database(tell)
        await channels(tell)
    }

    private func definitions(_ tell: (CheckResult) -> Void) -> [EntityDefinition] {
        var entities: [EntityDefinition] = []
        let journal = configuration.journal == nil ? [] : [ConfiguredSource.journalEntity]
        let names = configuration.entities
        for name in names + journal.filter({ !names.contains($0) }) {
            do {
                let entity = try EntityCatalog(resources).entity(name.rawValue)
                entities.append(entity)
                tell(
                    passed(
                        "entity \(name)",
                        "\(entity.fields.count) fields"
                            + (entity.isCompared ? "" : "; read only, not compared")))
            } catch {
                tell(failed("entity \(name)", error))
            }
        }
        return entities
    }

    /// The truth about errors that were put into the systems on purpose, when there is one.
    private func planted(_ tell: (CheckResult) -> Void) {
        guard let file = configuration.report.plantedErrors else { return }
        do {
            let count = try PlantedErrorFile.errors(of: file).count
            tell(passed("planted errors", "\(count) errors"))
        } catch {
            tell(failed("planted errors", error))
        }
    }

    private func sources(
        _ entities: [EntityDefinition], _ tell: (CheckResult) -> Void
    ) async {
        let systems = SystemRegistry(configuration)
        let factory = SourceFactory(
            timeZone: configuration.company.timeZone, resources: resources, systems: systems,
            isAwaited: true)
        let made = configuration.sourcesByRole.map { role, settings in
            (role, settings.name, Result { try factory.source(role, settings, entities: entities) })
        }
        // Whoever checks wants to know how it is now: refused credentials are tried again, once.
        systems.forgetRefusals()
        for (role, name, result) in made {
            do {
                let source = try result.get()
                for entity in entities where configuration.asks(role, for: entity.name) {
                    tell(await check(entity, of: source))
                }
            } catch {
                tell(failed("\(name)", error))
            }
        }
    }

    /// One line for an entity of a source: what was found, or the first thing to mend.
    private func check(
        _ entity: EntityDefinition, of source: ConfiguredSource
    ) async -> CheckResult {
        let subject = "\(source.name), \(entity.name)"
        if let lack = source.lack(of: entity.name) {
            return CheckResult(
                subject: subject, isPassed: true,
                detail: "not read here: \(lack.explanation)"
                    + (entity.isCompared ? "; the entity is then not compared" : ""))
        }
        let checks = await source.source.check(entity)
        if let failed = checks.first(where: { !$0.isPassed }) {
            return CheckResult(
                subject: "\(subject), \(failed.subject)", isPassed: false, detail: failed.detail)
        }
        return CheckResult(
            subject: subject, isPassed: true,
            detail: checks.map { "\($0.subject): \($0.detail)" }.joined(separator: "; "))
    }

    private func database(_ tell: (CheckResult) -> Void) async {
        let place =
            configuration.databaseURL == nil
            ? "private, in \(configuration.dataFolder.path)" : "the configured server"
        do {
            let (runs, waiting) = try await DatabaseSession(configuration, resources: resources)
                .withStore(progress: SilentProgress()) {
                    (try await $0.runs(limit: 1), try await $0.waitingChannels())
                }
            let last = runs.first.map { "last run \($0.id.rawValue) \($0.state.rawValue)" }
            tell(passed("database", "\(place); \(last ?? "no runs yet")"))
            orphans(waiting, tell)
        } catch {
            tell(failed("database", error))
        }
    }

    /// Messages that nobody will ever send, because their channel is no longer configured.
    private func orphans(_ waiting: [String: Int], _ tell: (CheckResult) -> Void) {
        let known = Set(Deliverer.channels(of: configuration).map(\.name))
        for (channel, count) in waiting.sorted(by: { $0.key < $1.key })
        where !known.contains(channel) {
            tell(
                CheckResult(
                    subject: "outbox, \(channel)", isPassed: false,
                    detail: "\(count) messages wait for a channel that is not configured; "
                        + "configure it, or give them up with 'sverka outbox drop'"))
        }
    }

    /// The letters of notices in the languages that somebody reads.
    private func letters(_ tell: (CheckResult) -> Void) {
        let resources = ReportResources(
            builtin: resources.builtIn, override: configuration.overrides)
        let mails = configuration.allSubscriptions.filter {
            $0.channel == Configuration.mailChannel && configuration.mail != nil
        }
        for language in Set(mails.map(\.language)).sorted(by: { $0.rawValue < $1.rawValue }) {
            do {
                _ = try NoticeMail(resources: resources, language: language)
            } catch {
                tell(failed("letter of notices, \(language.rawValue)", error))
            }
        }
    }

    private func channels(_ tell: (CheckResult) -> Void) async {
        if configuration.mail == nil {
            tell(passed("mail", "no server configured; mails are written as .eml files only"))
        } else if configuration.allSubscriptions.isEmpty {
            tell(
                CheckResult(
                    subject: "mail recipients", isPassed: false,
                    detail: "nobody gets the report; name them under report: recipients: or "
                        + "subscriptions:"))
        }
        for channel in Deliverer.channels(of: configuration) {
            let check = await channel.verify()
            tell(
                CheckResult(
                    subject: channel.name, isPassed: check.isPassed, detail: check.detail))
            await channel.rest()
        }
        letters(tell)
        let named = Set(configuration.subscriptions.map(\.channel))
        for channel in configuration.channels where !named.contains(channel.name) {
            tell(
                CheckResult(
                    subject: channel.name, isPassed: false,
                    detail: "no subscription uses it; name it under subscriptions: or take it out"))
        }
    }

    private func passed(_ subject: String, _ detail: String) -> CheckResult {
        CheckResult(subject: subject, isPassed: true, detail: detail)
    }

    private func failed(_ subject: String, _ error: any Error) -> CheckResult {
        CheckResult(
            subject: subject, isPassed: false, detail: error.explained)
    }
}
