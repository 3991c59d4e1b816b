internal import Collection

/// What a person answered.
struct SetupAnswers {
    struct Mail {
        var host: String
        var port: Int
        var security: Configuration.Mail.Security
        var user: String
        var password: String
        var from: String
    }

    var company: String
    var timeZone: String
    var reportLanguage: SetupLanguage
    var left: SetupSource
    var right: SetupSource
    /// Fields that people added to the right side, to be read.
    var ownFields: [OwnFieldProposal] = []
    /// The folder of the integration's journal; `nil` when there is none.
    var journal: String?
    var entities: [String]
    var recipients: [String]
    /// The mail server; `nil` when mails are written as files only.
    var mail: Mail?
    /// When the nightly job runs; `nil` when somebody starts it in another way.
    var nightly: DayTime?

    /// The secrets, by the names under which the configuration asks for them.
    var secrets: [(name: String, value: String)] {
        var secrets: [(name: String, value: String)] = []
        for source in [left, right] {
            switch source {
            case .infobase(_, _, let password, _): secrets.append(("ONEC_PASSWORD", password))
            case .webhook(let address): secrets.append(("BITRIX24_WEBHOOK", address))
            case .application(_, _, let secret):
                secrets.append(("BITRIX24_CLIENT_SECRET", secret))
            case .exports, .files: break
            }
        }
        if let mail, !mail.user.isEmpty { secrets.append(("SMTP_PASSWORD", mail.password)) }
        return secrets
    }
}
