/// What a person answered; knows how to write it into YAML and into the file of secrets.
struct SetupAnswers {
    struct Mail {
        var host: String
        var port: String
        var security: String
        var user: String
        var password: String
        var from: String
    }

    var company: String
    var timeZone: String
    var language: String
    var onecURL: String
    var onecUser: String
    var onecPassword: String
    var onecMapping: String
    var webhook: String
    var entities: [String]
    var recipients: String
    var mail: Mail?

    /// The values of `templates/config/sverka.yaml.mustache`.
    var forTemplate: [String: Any] {
        var values: [String: Any] = [
            "company": Self.quoted(company), "time_zone": Self.quoted(timeZone),
            "language": language, "onec_url": Self.quoted(onecURL),
            "onec_user": Self.quoted(onecUser), "onec_mapping": onecMapping,
            "entities": entities.joined(separator: ", "),
            "recipients": recipients.split(separator: ",")
                .map { Self.quoted(String($0.drop(while: \.isWhitespace))) }
                .joined(separator: ", "),
        ]
        if let mail {
            var section: [String: Any] = [
                "from": Self.quoted(mail.from), "host": Self.quoted(mail.host), "port": mail.port,
                "security": mail.security,
            ]
            // A key that is absent leaves the lines of user and password out.
            if !mail.user.isEmpty { section["user"] = Self.quoted(mail.user) }
            values["mail"] = section
        }
        return values
    }

    /// The lines of `sverka.secrets`.
    var secretLines: String {
        var lines = [
            "# Secrets of Sverka; only the owner of this file may read it.",
            "ONEC_PASSWORD=\(onecPassword)",
            "BITRIX24_WEBHOOK=\(webhook)",
        ]
        if let mail, !mail.user.isEmpty { lines.append("SMTP_PASSWORD=\(mail.password)") }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A YAML double-quoted scalar.
    private static func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\""
    }
}
