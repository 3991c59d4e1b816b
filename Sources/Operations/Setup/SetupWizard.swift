public import Foundation
internal import Mustache
internal import Records

/// Asks what `sverka.yaml` needs and writes it, with the secrets in a file of their own.
public struct SetupWizard {
    private let console: any Console
    private let probe: any SetupProbe
    private let catalog: EntityCatalog
    private let template: String

    /// Makes a wizard.
    ///
    /// - Parameters:
    ///   - console: Whom to ask.
    ///   - probe: Looks into the systems, to propose what fits them.
    ///   - resources: Where `templates` lies.
    /// - Throws: ``ConfigurationError`` when the template is not there.
    public init(
        console: any Console, probe: any SetupProbe, resources: ResourceFolders
    ) throws {
        self.console = console
        self.probe = probe
        catalog = EntityCatalog(resources)
        template = try resources.text(of: "templates/config/sverka.yaml.mustache")
    }

    /// Asks the questions and writes `sverka.yaml` and `sverka.secrets` into a folder.
    ///
    /// - Parameters:
    ///   - folder: Where to write.
    ///   - overwrites: Whether files that are there are replaced; they are kept beside as `.bak`.
    /// - Returns: The configuration file.
    /// - Throws: ``ConfigurationError`` when a file is there already or the answers end early.
    public func run(in folder: URL, overwrites: Bool) async throws -> URL {
        let configuration = folder.appending(path: "sverka.yaml")
        let secrets = folder.appending(path: "sverka.secrets")
        for file in [configuration, secrets]
        where FileManager.default.fileExists(atPath: file.path) && !overwrites {
            throw ConfigurationError(
                "\(file.path) is there already; --force replaces it and keeps the old one as .bak")
        }
        let answers = try await askAll()
        guard let text = try? MustacheTemplate(string: template).render(answers.forTemplate) else {
            throw ConfigurationError("templates/config/sverka.yaml.mustache cannot be rendered")
        }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try write(answers.secretLines, to: secrets, mode: 0o600)
        try write(text, to: configuration, mode: 0o644)
        return configuration
    }

    private func askAll() async throws -> SetupAnswers {
        console.say("Sverka compares 1C with Bitrix24 and never writes to either.")
        console.say("Press Enter to take the answer in brackets.\n")
        let company = try ask("Company name (for the reports)", usual: "")
        let timeZone = try ask("Time zone of the reports", usual: "Europe/Moscow")
        let language = try choose("Language of the reports", among: ["ru", "en"])
        let onec = try await askInfobase()
        let webhook = try askAddress(
            "Bitrix24 incoming webhook, e.g. https://portal.bitrix24.ru/rest/1/code/",
            isSecret: true)
        let portal = Configuration.Source(
            name: SourceName("bitrix24"), kind: .bitrix24, address: webhook, user: "", password: "",
            mapping: "bitrix24")
        return SetupAnswers(
            company: company, timeZone: timeZone, language: language, onecURL: onec.address,
            onecUser: onec.user, onecPassword: onec.password, onecMapping: onec.mapping,
            webhook: webhook, entities: try await askEntities(onec, portal),
            recipients: try ask("Who gets the nightly mail (addresses, comma between)", usual: ""),
            mail: try askMail())
    }

    /// Asks for the infobase and proposes the mapping that fits it.
    private func askInfobase() async throws -> Configuration.Source {
        var infobase = Configuration.Source(
            name: SourceName("1c"), kind: .onecOData,
            address: try askAddress("Address of the 1C publication, e.g. https://srv/accounting"),
            user: try ask("1C user (needs only reading rights)", usual: "odata.user"),
            password: try ask("Password of that user", usual: "", isSecret: true), mapping: "")
        var choices = try catalog.infobaseMappings([]).map(\.name)
        do {
            let recognised = try await probe.recognise(infobase)
            for configuration in recognised.prefix(3) {
                console.say(
                    "  1C looks like \(configuration.title["en"]) "
                        + "(\(configuration.foundSigns) of \(configuration.allSigns) signs): "
                        + configuration.mapping)
            }
            let best = recognised.map(\.mapping)
            choices = best + choices.filter { !best.contains($0) }
        } catch {
            console.say("  1C could not be asked: \(NightlyAudit.explanation(of: error))")
            console.say("  Go on; 'sverka check' will try again.")
        }
        infobase.mapping = try choose(
            "Mapping for 1C, one of \(choices.joined(separator: ", "))", among: choices)
        return infobase
    }

    /// Asks what to check; what both systems give is proposed, and what is not found is named.
    private func askEntities(
        _ left: Configuration.Source, _ right: Configuration.Source
    ) async throws -> [String] {
        let known = try catalog.names.map { try catalog.entity($0) }
        let answers = [await survey(left, known), await survey(right, known)]
        var proposed: [String] = []
        for entity in known {
            let obstacles = answers.map { $0[entity.name] ?? nil }
            // What is only read is worth reading from one system alone.
            let isGiven =
                entity.isCompared
                ? obstacles.allSatisfy { $0 == nil } : obstacles.contains { $0 == nil }
            if isGiven { proposed.append(entity.name.rawValue) }
            for (source, obstacle) in zip([left, right], obstacles) {
                if let obstacle { console.say("  \(entity.name), \(source.name): \(obstacle)") }
            }
        }
        if proposed.isEmpty { proposed = ["counterparty"] }
        while true {
            let answer = try ask(
                "Entities to check (comma between), of \(catalog.names.joined(separator: ", "))",
                usual: proposed.joined(separator: ", "))
            let names = answer.split(separator: ",").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            let unknown = names.filter { !catalog.names.contains($0) }
            if unknown.isEmpty, !names.isEmpty { return names }
            console.say("  There is no \(unknown.joined(separator: ", ")).")
        }
    }

    /// What a system cannot give, by entity, with the reason.
    private func survey(
        _ source: Configuration.Source, _ entities: [EntityDefinition]
    ) async -> [EntityName: String?] {
        do {
            let answers = try await probe.survey(source, entities: entities)
            return Dictionary(uniqueKeysWithValues: answers.map { ($0.name, $0.obstacle) })
        } catch {
            let reason = NightlyAudit.explanation(of: error)
            return Dictionary(uniqueKeysWithValues: entities.map { ($0.name, reason) })
        }
    }

    private func askMail() throws -> SetupAnswers.Mail? {
        let host = try ask("Mail server (Enter: mails are only written as files)", usual: "")
        guard !host.isEmpty else { return nil }
        let security = try choose(
            "Protection of the connection", among: ["starttls", "tls", "none"])
        let user = try ask("User at the mail server (Enter: none)", usual: "")
        return SetupAnswers.Mail(
            host: host, port: try ask("Port", usual: security == "tls" ? "465" : "587"),
            security: security, user: user,
            password: user.isEmpty
                ? "" : try ask("Password of that user", usual: "", isSecret: true),
            from: try ask("Sender's address", usual: user))
    }

    private func ask(_ question: String, usual: String?, isSecret: Bool = false) throws -> String {
        guard let answer = console.ask(question, usual: usual, isSecret: isSecret) else {
            throw ConfigurationError("the input ended before all questions were answered")
        }
        return answer
    }

    private func askAddress(_ question: String, isSecret: Bool = false) throws -> String {
        while true {
            let answer = try ask(question, usual: nil, isSecret: isSecret)
            if answer.hasPrefix("http://") || answer.hasPrefix("https://") { return answer }
            console.say("  An address begins with https:// (or http:// inside your own network).")
        }
    }

    private func choose(_ question: String, among choices: [String]) throws -> String {
        while true {
            let answer = try ask(question, usual: choices[0])
            if choices.contains(answer) { return answer }
            console.say("  One of: \(choices.joined(separator: ", "))")
        }
    }

    private func write(_ text: String, to file: URL, mode: Int) throws {
        let manager = FileManager.default
        if manager.fileExists(atPath: file.path) {
            let backup = file.appendingPathExtension("bak")
            try? manager.removeItem(at: backup)
            try manager.moveItem(at: file, to: backup)
        }
        // Created with its mode, so that a secret is at no moment readable by others.
        guard
            manager.createFile(
                atPath: file.path, contents: Data(text.utf8), attributes: [.posixPermissions: mode])
        else { throw ConfigurationError("\(file.path) cannot be written") }
    }
}
