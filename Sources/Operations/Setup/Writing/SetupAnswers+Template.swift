internal import Collection
internal import Records

extension SetupAnswers {
    /// The values of `templates/config/sverka.<language>.yaml.mustache`.
    ///
    /// A key that is absent leaves the lines of its section out.
    var forTemplate: [String: Any] {
        var values: [String: Any] = [
            "company": Self.quoted(company), "time_zone": Self.quoted(timeZone),
            "language": reportLanguage.rawValue, "reports_are_russian": reportLanguage == .russian,
            "entities": entities.joined(separator: ", "),
            "recipients": recipients.map(Self.quoted).joined(separator: ", "),
        ]
        values["left_\(Self.kind(of: left))"] = Self.section(of: left)
        var section = Self.section(of: right)
        if !ownFields.isEmpty { section["fields"] = Self.sections(of: ownFields) }
        values["right_\(Self.kind(of: right))"] = section
        values["journal"] = journal.map { ["folder": Self.quoted($0)] }
        values["schedule"] = schedule
        values["mail"] = mail.map(Self.section)
        return values
    }

    private var schedule: [String: Any]? {
        var section: [String: Any] = [:]
        section["nightly"] = nightly.map { Self.quoted($0.cron) }
        if journal != nil { section["reads_journal"] = true }
        return section.isEmpty ? nil : section
    }

    private static func kind(of source: SetupSource) -> String {
        switch source {
        case .infobase: "odata"
        case .exports: "xml"
        case .files: "files"
        case .webhook: "webhook"
        case .application: "application"
        }
    }

    private static func section(of source: SetupSource) -> [String: Any] {
        switch source {
        case .infobase(let address, let user, _, let mapping):
            ["url": quoted(address), "user": quoted(user), "mapping": mapping]
        case .exports(let folder, let mapping): ["folder": quoted(folder), "mapping": mapping]
        case .files(let folder): ["folder": quoted(folder)]
        // The address holds the code; it is a secret as a whole.
        case .webhook: [:]
        case .application(let portal, let clientID, _):
            ["url": quoted(portal), "client_id": quoted(clientID)]
        }
    }

    /// Fields by entity, in the order in which they were found.
    private static func sections(of own: [OwnFieldProposal]) -> [String: Any] {
        var names: [String] = []
        for field in own where !names.contains(field.entity.rawValue) {
            names.append(field.entity.rawValue)
        }
        let entities = names.map { name in
            let places = own.filter { $0.entity.rawValue == name }
                .map { "\($0.field): \($0.member)" }
            return ["entity": name, "places": "{\(places.joined(separator: ", "))}"]
        }
        return ["entities": entities]
    }

    private static func section(of mail: Mail) -> [String: Any] {
        var section: [String: Any] = [
            "from": quoted(mail.from), "host": quoted(mail.host), "port": String(mail.port),
            "security": mail.security.rawValue,
        ]
        if !mail.user.isEmpty { section["user"] = quoted(mail.user) }
        return section
    }

    /// A YAML double-quoted scalar.
    private static func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\""
    }
}
