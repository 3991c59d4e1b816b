import Sandbox

/// A configuration of Sverka that reads a sandbox.
struct SandboxConfiguration {
    /// Everything that the systems keep: what is compared, who is responsible for it, and the journal of
    /// the integration.
    static let entities = [
        "user", "counterparty", "contact", "product", "price", "stock", "order", "invoice",
        "payment", "operation",
    ]

    private let addresses: SandboxAddresses
    private let infobase: InfobaseConfiguration
    private let dataFolder: String
    private let language: String
    private let plantedErrors: String?
    private let hasRateLimit: Bool

    /// Makes a configuration.
    ///
    /// - Parameters:
    ///   - addresses: Where the sandbox listens.
    ///   - infobase: The configuration of 1C that it plays.
    ///   - dataFolder: Where Sverka's own things go, relative to the configuration.
    ///   - language: Of the reports.
    ///   - plantedErrors: A file of what is wrong on purpose, for the report; `nil` for none.
    ///   - hasRateLimit: Whether the portal limits requests as the cloud does.
    init(
        _ addresses: SandboxAddresses, infobase: InfobaseConfiguration,
        dataFolder: String = "data", language: String = "ru", plantedErrors: String? = nil,
        hasRateLimit: Bool = true
    ) {
        self.addresses = addresses
        self.infobase = infobase
        self.dataFolder = dataFolder
        self.language = language
        self.plantedErrors = plantedErrors
        self.hasRateLimit = hasRateLimit
    }

    private var limit: String { hasRateLimit ? "" : "\n    requests_per_second: 0" }

    /// The file's text; the sandbox's password is no secret, so that it may stand here.
    var yaml: String {
        """
        # Reads the sandbox that wrote this file, at the limits that it was started with.
        company: {name: "ООО «Песочница»", language: \(language)}
        data: \(dataFolder)
        sources:
          left:
            name: 1c
            title: \(language == "ru" ? "1С" : "1C")
            kind: 1c_odata
            url: "\(addresses.infobase)"
            user: "\(addresses.login)"
            password: "\(addresses.password)"
            mapping: onec-\(infobase.rawValue)
          right:
            name: bitrix24
            title: \(language == "ru" ? "Битрикс24" : "Bitrix24")
            kind: bitrix24
            url: "\(addresses.bitrixWebhook)"\(limit)
          journal:                     # what the exchange keeps in the portal's smart process 1042
            name: exchange
            kind: bitrix24
            url: "\(addresses.bitrixWebhook)"\(limit)
            mapping: bitrix24-journal
        entities: [\(Self.entities.joined(separator: ", "))]
        report: {recipients: []\(plantedErrors.map { ", planted_errors: \($0)" } ?? "")}

        """
    }
}
