import Sandbox

/// A configuration of Sverka that reads a sandbox.
struct SandboxConfiguration {
    private let addresses: SandboxAddresses
    private let dataFolder: String
    private let language: String

    /// Makes a configuration.
    ///
    /// - Parameters:
    ///   - addresses: Where the sandbox listens.
    ///   - dataFolder: Where Sverka's own things go, relative to the configuration.
    ///   - language: Of the reports.
    init(_ addresses: SandboxAddresses, dataFolder: String = "data", language: String = "ru") {
        self.addresses = addresses
        self.dataFolder = dataFolder
        self.language = language
    }

    /// The file's text; the sandbox's password is no secret, so that it may stand here.
    var yaml: String {
        """
        # Reads the sandbox that wrote this file. Its limits are those of the sandbox.
        company: {name: "ООО «Песочница»", language: \(language)}
        data: \(dataFolder)
        sources:
          left:
            name: 1c
            kind: 1c_odata
            url: "\(addresses.infobase)"
            user: "\(addresses.login)"
            password: "\(addresses.password)"
            mapping: onec-bp30
          right:
            name: bitrix24
            kind: bitrix24
            url: "\(addresses.bitrixWebhook)"
            requests_per_second: 0
        report: {recipients: []}

        """
    }
}
