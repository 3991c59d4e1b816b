internal import Definitions
public import Foundation
internal import Records
internal import Reporting

/// Reads `sverka.yaml`.
public enum ConfigurationFile {
    /// Where the configuration is looked for when none is named.
    public static let usualPlaces = ["sverka.yaml", "/etc/sverka/sverka.yaml"]

    /// Finds the configuration: the named file, else the first of ``usualPlaces``.
    ///
    /// - Throws: ``ConfigurationError`` that says where it was looked for.
    public static func locate(_ named: String?) throws -> URL {
        for path in named.map({ [$0] }) ?? usualPlaces
        where FileManager.default.fileExists(atPath: path) {
            return URL(filePath: path)
        }
        let places = (named.map { [$0] } ?? usualPlaces).joined(separator: ", ")
        throw ConfigurationError(
            "no configuration at \(places). 'sverka init' writes one; --config names another place")
    }

    /// Reads a configuration and fills in its secrets.
    ///
    /// - Parameters:
    ///   - url: The YAML file.
    ///   - environment: The process environment.
    /// - Returns: The configuration.
    /// - Throws: ``ConfigurationError`` with line and column when it is not right.
    public static func read(
        _ url: URL, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> Configuration {
        let folder = url.deletingLastPathComponent()
        let secrets = try Secrets(
            file: folder.appending(path: "sverka.secrets"), environment: environment)
        guard let text = try? String(contentsOf: url, encoding: .utf8) else {
            throw ConfigurationError("\(url.path) cannot be read as UTF-8 text")
        }
        do {
            return try Reader(folder: folder, secrets: secrets)
                .configuration(from: YAMLNode(parsing: text, file: url.lastPathComponent))
        } catch let error as DefinitionError {
            throw ConfigurationError(error.description)
        }
    }

    /// The folder for Sverka's own things when the configuration names none.
    ///
    /// The superuser gets a system folder, because PostgreSQL then runs as another user, who may
    /// not enter the superuser's home.
    public static func usualDataFolder(isSuperuser: Bool, home: String) -> URL {
        isSuperuser
            ? URL(filePath: "/var/lib/sverka")
            : URL(filePath: home).appending(path: ".local/share/sverka")
    }
}

/// Turns the nodes of one file into a ``Configuration``.
private struct Reader {
    let folder: URL
    let secrets: Secrets

    func configuration(from root: YAMLNode) throws -> Configuration {
        try root.allow(keys: [
            "company", "data", "database", "sources", "entities", "report", "roi", "mail",
            "channels", "subscriptions", "outgoing", "retention", "schedule", "alerts", "serve",
            "overrides",
        ])
        let dataFolder =
            try root.optional("data").map { try place($0.text()) }
            ?? ConfigurationFile.usualDataFolder(
                isSuperuser: getuid() == 0, home: NSHomeDirectory())
        let sources = try root.required("sources")
        try sources.allow(keys: ["left", "right", "journal"])
        let company = try company(from: root.optional("company"))
        let report = try report(from: root.optional("report"))
        let mail = try root.optional("mail").map(mail)
        let channels = try ChannelsSection(folder: folder, secrets: secrets)
            .channels(from: root.optional("channels"))
        let outgoing = try OutgoingSection.settings(from: root.optional("outgoing"))
        let journal = try journal(from: sources, dataFolder)
        return Configuration(
            company: company,
            dataFolder: dataFolder,
            databaseURL: try root.optional("database").flatMap { node in
                try node.allow(keys: ["url"])
                return try node.optional("url").map { try secrets.fill($0.text()) }
            },
            sources: [
                .left: try source(from: sources.required("left"), dataFolder),
                .right: try source(from: sources.required("right"), dataFolder),
            ],
            journal: journal,
            entities: try root.optional("entities").map(entities) ?? [EntityName("counterparty")],
            report: report,
            roi: try ROISection.assumptions(
                from: root.optional("roi"), hourlyCost: report.hourlyCost),
            mail: mail, channels: channels,
            subscriptions: try SubscriptionsSection(
                channels: channels, hasMail: mail != nil, company: company,
                outgoing: outgoing
            ).subscriptions(from: root.optional("subscriptions")),
            outgoing: outgoing,
            retention: try retention(from: root.optional("retention")),
            schedule: try ScheduleSection.entries(
                from: root.optional("schedule"), timeZone: company.timeZone, journal: journal),
            alerts: try alerts(from: root.optional("alerts")),
            listen: try listenAddress(from: root.optional("serve")),
            stopWithin: try stopWithin(from: root.optional("serve")),
            overrides: try root.optional("overrides").map { try place($0.text()) })
    }

    /// `host:port`, with the host of IPv6 in brackets.
    private func listenAddress(
        from node: YAMLNode?
    ) throws -> Configuration.ListenAddress {
        try node?.allow(keys: ["listen", "stop_within"])
        guard let node = try node?.optional("listen") else {
            return Configuration.ListenAddress()
        }
        let text = try node.text()
        guard let colon = text.lastIndex(of: ":"), colon > text.startIndex,
            let port = UInt16(text[text.index(after: colon)...])
        else { throw node.error("expected an address such as 127.0.0.1:9477") }
        let host = text[..<colon].trimmingPrefix("[")
        return Configuration.ListenAddress(
            host: String(host.hasSuffix("]") ? host.dropLast() : host), port: Int(port))
    }

    /// One second to ten minutes: none at all would leave everything undone, and systemd waits no longer.
    private func stopWithin(from node: YAMLNode?) throws -> Duration {
        guard let node = try node?.optional("stop_within") else { return .seconds(60) }
        let limit = try ScheduleSection.duration(node)
        guard (1...600).contains(limit.components.seconds) else {
            throw node.error("expected 1s to 10m")
        }
        return limit
    }

    private func alerts(from node: YAMLNode?) throws -> Configuration.Alerts {
        try node?.allow(keys: ["messages_per_week"])
        guard let ceiling = try node?.optional("messages_per_week") else {
            return Configuration.Alerts()
        }
        let count = try ceiling.integer()
        guard (1...1_000).contains(count) else { throw ceiling.error("expected 1 to 1000") }
        return Configuration.Alerts(messagesPerWeek: count)
    }

    private func retention(from node: YAMLNode?) throws -> Configuration.Retention {
        try node?.allow(keys: ["personal_data_days"])
        guard let days = try node?.optional("personal_data_days") else {
            return Configuration.Retention()
        }
        let count = try days.integer()
        guard (30...36_500).contains(count) else { throw days.error("expected 30 to 36500 days") }
        return Configuration.Retention(personalDataDays: count)
    }

    private func entities(from node: YAMLNode) throws -> [EntityName] {
        let names = try node.texts().map { EntityName($0) }
        guard !names.isEmpty else { throw node.error("names no entity to check") }
        return names
    }

    private func company(from node: YAMLNode?) throws -> Configuration.Company {
        try node?.allow(keys: ["name", "time_zone", "language"])
        let zone =
            try node?.optional("time_zone").map(timeZone)
            ?? TimeZone(identifier: "Europe/Moscow") ?? .gmt
        return Configuration.Company(
            name: try node?.optional("name")?.text() ?? "", timeZone: zone,
            language: try node?.optional("language")?.choice(of: ReportLanguage.self) ?? .russian)
    }

    /// A zone by its name in the IANA database.
    private func timeZone(_ node: YAMLNode) throws -> TimeZone {
        let name = try node.text()
        guard let zone = TimeZone(identifier: name) else {
            throw node.error("no such time zone: \(name)")
        }
        return zone
    }

    /// The journal; under a name of its own, since records are kept by source.
    private func journal(
        from sources: YAMLNode, _ dataFolder: URL
    ) throws -> Configuration.Source? {
        guard let node = try sources.optional("journal") else { return nil }
        let journal = try source(from: node, dataFolder)
        for side in ["left", "right"] {
            guard try sources.required(side).required("name").text() != journal.name.rawValue
            else {
                throw try node.required("name").error(
                    "'\(journal.name)' is the name of the source '\(side)'; choose another")
            }
        }
        return journal
    }

    private func source(
        from node: YAMLNode, _ dataFolder: URL
    ) throws -> Configuration.Source {
        try node.allow(keys: [
            "name", "title", "kind", "url", "folder", "user", "password", "mapping",
            "requests_per_second",
            "certificate_authority", "plan", "application", "ready_file", "take_once",
            "move_taken_to", "remote", "time_zone", "allowed_only", "keep_session",
            "requests_at_once", "fields",
        ])
        let kind = try node.required("kind").choice(of: Configuration.Source.Kind.self)
        let name = try node.required("name").text()
        let address =
            kind == .files || kind == .xml
            ? try place(node.required("folder").text()).path
            : try secrets.fill(node.required("url").text())
        let usualMapping: String =
            switch kind {
            case .onecOData: "onec-bp30"
            case .bitrix24: "bitrix24"
            case .files: ""
            case .xml: try node.required("mapping").text()
            }
        return Configuration.Source(
            name: SourceName(name),
            kind: kind, address: address,
            user: try node.optional("user").map { try secrets.fill($0.text()) } ?? "",
            password: try node.optional("password").map { try secrets.fill($0.text()) } ?? "",
            timeZone: try node.optional("time_zone").map(timeZone),
            mapping: try node.optional("mapping")?.text() ?? usualMapping,
            ownFields: try ownFields(from: node.optional("fields"), kind),
            requestsPerSecond: try node.optional("requests_per_second")?.number(),
            certificateAuthority: try node.optional("certificate_authority")
                .map { try place($0.text()).path },
            isAllowedOnly: try node.optional("allowed_only")?.boolean() ?? false,
            keepsSession: try node.optional("keep_session")?.boolean() ?? false,
            requestsAtOnce: try node.optional("requests_at_once").map(requestsAtOnce) ?? 1,
            plan: try node.optional("plan")?.choice(of: Configuration.Source.Plan.self)
                ?? .standard,
            application: try node.optional("application").map {
                try application(
                    from: $0,
                    usualTokenFile: dataFolder.appending(
                        path: "\(name).tokens"))
            },
            intake: try intake(
                from: node, ledger: dataFolder.appending(path: "intake/\(name).json")),
            remote: try node.optional("remote").map(remote),
            title: try node.optional("title")?.text())
    }

    private func requestsAtOnce(_ node: YAMLNode) throws -> Int {
        let count = try node.integer()
        guard (1...8).contains(count) else { throw node.error("expected 1 to 8 requests at once") }
        return count
    }

    private func ownFields(
        from node: YAMLNode?, _ kind: Configuration.Source.Kind
    ) throws -> [OwnField] {
        if kind == .files, let node {
            throw node.error(
                "files are read by their headers; add yours to the entity's file under 'headers'")
        }
        return try OwnFieldsSection.fields(from: node)
    }

    private func remote(from node: YAMLNode) throws -> Configuration.Source.Remote {
        try node.allow(keys: [
            "url", "user", "password", "private_key", "passphrase", "host_key", "known_hosts",
            "certificate_authority",
        ])
        func secret(_ key: String) throws -> String? {
            try node.optional(key).map { try secrets.fill($0.text()) }
        }
        func file(_ key: String) throws -> URL? {
            try node.optional(key).map { try place($0.text()) }
        }
        return Configuration.Source.Remote(
            address: try node.required("url").text(), user: try secret("user"),
            password: try secret("password"), privateKey: try file("private_key"),
            passphrase: try secret("passphrase"), hostKey: try node.optional("host_key")?.text(),
            knownHosts: try file("known_hosts"),
            certificateAuthority: try file("certificate_authority"))
    }

    private func application(
        from node: YAMLNode, usualTokenFile: URL
    ) throws -> Configuration.Source.Application {
        try node.allow(keys: [
            "client_id", "client_secret", "server", "token_file", "key_file", "key",
        ])
        let key: Configuration.Source.Application.Key
        if let text = try node.optional("key")?.text() {
            key = .text(try secrets.fill(text))
        } else {
            key = .file(try place(node.required("key_file").text()))
        }
        return Configuration.Source.Application(
            clientID: try secrets.fill(node.required("client_id").text()),
            clientSecret: try secrets.fill(node.required("client_secret").text()),
            server: try node.optional("server")?.text(),
            tokenFile: try node.optional("token_file").map { try place($0.text()) }
                ?? usualTokenFile,
            key: key)
    }

    private func intake(
        from node: YAMLNode, ledger: URL
    ) throws -> Configuration.Source.Intake {
        let takenFolder = try node.optional("move_taken_to").map { try place($0.text()) }
        let takesOnce = try node.optional("take_once")?.boolean() ?? (takenFolder != nil)
        return Configuration.Source.Intake(
            readyFile: try node.optional("ready_file")?.text(),
            ledger: takesOnce ? ledger : nil, takenFolder: takenFolder)
    }

    private func report(from node: YAMLNode?) throws -> Configuration.Report {
        try node?.allow(keys: [
            "recipients", "hourly_cost", "folder_url", "sudden_drop", "planted_errors",
        ])
        let recipients = try node?.optional("recipients")
        // Each where it is written, so that the error names the one that is wrong.
        let addresses =
            try recipients?.isList == true ? recipients?.items() : recipients.map { [$0] }
        return Configuration.Report(
            recipients: try (addresses ?? []).map(SubscriptionsSection.mailbox),
            hourlyCost: try node?.optional("hourly_cost").map(hourlyCost)
                ?? Money(minorUnits: 90_000),
            folderAddress: try node?.optional("folder_url")?.text(),
            suddenDropPercent: try node?.optional("sudden_drop").map(suddenDrop) ?? 50,
            plantedErrors: try node?.optional("planted_errors").map { try place($0.text()) })
    }

    /// Whole rubles an hour.
    private func hourlyCost(_ node: YAMLNode) throws -> Money {
        let rubles = try node.integer()
        guard (0...1_000_000).contains(rubles) else {
            throw node.error("expected 0 to 1000000 rubles")
        }
        return Money(minorUnits: Int64(rubles) * 100)
    }

    /// A share of records as a number from 0.01 to 1.
    private func suddenDrop(_ node: YAMLNode) throws -> Int {
        let share = try node.number()
        guard (0.01...1).contains(share) else {
            throw node.error("expected a share from 0.01 to 1, as in 0.5 for the half")
        }
        return Int((share * 100).rounded())
    }

    private func mail(from node: YAMLNode) throws -> Configuration.Mail {
        try MailSection(folder: folder, secrets: secrets).mail(from: node)
    }

    /// A path of the file, relative to the folder in which the file stands.
    private func place(_ path: String) -> URL {
        path.hasPrefix("/") ? URL(filePath: path) : folder.appending(path: path)
    }
}
