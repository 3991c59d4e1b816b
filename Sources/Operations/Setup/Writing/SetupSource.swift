internal import Records

/// A side of the comparison as a person described it.
struct SetupSide {
    var source: SetupSource
    /// Whether it did not answer when it was asked, and somebody went on all the same: it is not asked
    /// again, since 1C locks accounts after a few wrong passwords.
    var isSilent = false

    /// Whether it can be asked what it gives.
    var isAsked: Bool { !isSilent && !source.isAskedLater }
}

/// A source as a person described it.
enum SetupSource: Hashable {
    /// A published infobase of 1C.
    case infobase(address: String, user: String, password: String, mapping: String)
    /// A folder into which XML is exported.
    case exports(folder: String, mapping: String)
    /// A folder of CSV or JSON Lines files.
    case files(folder: String)
    /// A portal by the address of its incoming webhook.
    case webhook(String)
    /// A portal as a local application.
    case application(portal: String, clientID: String, clientSecret: String)

    /// As the configuration will say it, so that it can be looked into now.
    var settings: Configuration.Source {
        switch self {
        case .infobase(let address, let user, let password, let mapping):
            Configuration.Source(
                name: SourceName("1c"), kind: .onecOData, address: address, user: user,
                password: password, mapping: mapping)
        case .exports(let folder, let mapping):
            Configuration.Source(
                name: SourceName("1c"), kind: .xml, address: folder, user: "", password: "",
                mapping: mapping)
        case .files(let folder):
            Configuration.Source(
                name: SourceName("files"), kind: .files, address: folder, user: "", password: "",
                mapping: "")
        case .webhook(let address), .application(let address, _, _):
            Configuration.Source(
                name: SourceName("bitrix24"), kind: .bitrix24, address: address, user: "",
                password: "", mapping: "bitrix24")
        }
    }

    /// Whether it can be asked only when somebody has let Sverka in.
    var isAskedLater: Bool {
        if case .application = self { true } else { false }
    }
}
